package mfg.eval.taxi;

import java.util.Locale;
import mfg.eval.io.Summary;

/**
 * What {@code learn a-taxi} reports, by JSON name.
 *
 * @param meanReward what a taxi earned in an episode, mean over taxis and the last ten epochs
 * @param zone1Share the share of taxis that went to zone 1, mean over the last ten epochs
 * @param agentStepsPerSecond taxis times rounds times epochs, by the time to play and learn from them
 * @param secondsPerEpoch to play and learn
 */
public record TaxiResult(
        String game,
        String algorithm,
        String identity,
        int players,
        int epochs,
        double meanReward,
        double zone1Share,
        double agentStepsPerSecond,
        double secondsPerEpoch,
        String runDirectory)
        implements Summary {

    @Override
    public String summary() {
        return String.format(
                Locale.ROOT,
                """
                %s by %s, identity %s, %d players, %d epochs
                  a taxi earned     %.2f in an episode (mean of the last ten epochs)
                  in zone 1         %.3f of all taxis
                  learned in        %.2f s an epoch, %,.0f taxi-steps a second
                  all of it         %s
                """,
                game,
                algorithm,
                identity,
                players,
                epochs,
                meanReward,
                zone1Share,
                secondsPerEpoch,
                agentStepsPerSecond,
                runDirectory);
    }
}
