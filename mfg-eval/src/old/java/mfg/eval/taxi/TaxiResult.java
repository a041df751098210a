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
        StringBuilder text = new StringBuilder();
        line(text, "%s by %s, identity %s, %d players, %d epochs", game, algorithm, identity, players, epochs);
        if (epochs > 0) {
            line(text, "  a taxi earned     %.2f in an episode (mean of the last ten epochs)", meanReward);
            line(text, "  in zone 1         %.3f of all taxis", zone1Share);
            line(
                    text,
                    "  learned in        %.2f s an epoch, %,.0f taxi-steps a second",
                    secondsPerEpoch,
                    agentStepsPerSecond);
        }
        line(text, "  all of it         %s", runDirectory);
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append(System.lineSeparator());
    }
}
