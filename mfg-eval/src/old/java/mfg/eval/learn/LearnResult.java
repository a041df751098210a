package mfg.eval.learn;

import java.util.Locale;
import mfg.eval.io.Numbers;
import mfg.eval.io.Summary;

/**
 * What {@code learn} reports, by JSON name.
 *
 * @param exploitability plain, mean over players, of the averaged policy
 * @param lastExploitability the same of the last policy
 * @param maxExploitability the largest of a player, of the averaged policy
 * @param exploitabilityStandardError of {@code exploitability}; 0 where that is exact
 * @param maxExploitabilityStandardError of {@code maxExploitability}
 * @param regularizedExploitability with {@code tau} times the entropy, mean over players, of the averaged policy
 * @param alpha how different transitions are, measured
 * @param beta how different rewards are, measured
 * @param asymmetry whether these two are exact
 * @param playerStepsPerSecond players times rounds times trajectories, by the time to play and learn from them
 */
public record LearnResult(
        String game,
        String algorithm,
        int players,
        int epochs,
        double exploitability,
        double lastExploitability,
        double maxExploitability,
        double exploitabilityStandardError,
        double maxExploitabilityStandardError,
        double regularizedExploitability,
        double alpha,
        double beta,
        String asymmetry,
        double secondsLearning,
        double playerStepsPerSecond,
        String runDirectory)
        implements Summary {

    @Override
    public String summary() {
        return String.format(
                Locale.ROOT,
                """
                %s by %s, %d players, %d epochs
                  averaged policy   exploitability %s ± %s, of the worst-off player %s ± %s, regularized %s
                  last policy       exploitability %s
                  players differ by alpha = %.4g and beta = %.4g (%s)
                  learned in        %.1f s%s
                  all of it         %s
                """,
                game,
                algorithm,
                players,
                epochs,
                Numbers.positive(exploitability),
                Numbers.fixed(exploitabilityStandardError),
                Numbers.positive(maxExploitability),
                Numbers.fixed(maxExploitabilityStandardError),
                Numbers.positive(regularizedExploitability),
                Numbers.positive(lastExploitability),
                alpha,
                beta,
                asymmetry,
                secondsLearning,
                epochs > 0 && Double.isFinite(playerStepsPerSecond)
                        ? ", %s million player-steps a second".formatted(Numbers.fixed(playerStepsPerSecond * 1e-6, 1))
                        : "",
                runDirectory);
    }
}
