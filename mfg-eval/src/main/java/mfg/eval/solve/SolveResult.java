package mfg.eval.solve;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mfg.eval.io.Text;
import mfg.eval.run.Result;

/**
 * What {@code solve} reports, by JSON name.
 *
 * @param exploitability plain, after 0, 1, 2, .. iterations
 * @param value what the game is worth to a player under the last policy
 * @param status {@code finished}, or why the run ended early
 */
public record SolveResult(
        String game,
        String algorithm,
        int iterations,
        List<Double> exploitability,
        double value,
        String status,
        String runDirectory)
        implements Result {

    private static final int LINES = 10;

    @Override
    public Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("exploitability", exploitability.get(exploitability.size() - 1));
        figures.put("value", value);
        return figures;
    }

    @Override
    public String summary() {
        Text text = new Text();
        text.line("%s by %s", game, algorithm);
        text.line("%10s  %s", "iteration", "exploitability");
        int last = exploitability.size() - 1;
        for (int k = 0; k <= last; k++) {
            if (k == last || k % Math.max(1, last / LINES) == 0) {
                text.line("%10d  %.8g", k, exploitability.get(k));
            }
        }
        text.line("value of the last policy %.8g", value);
        text.line("all of it in %s", runDirectory);
        return text.toString();
    }
}
