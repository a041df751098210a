package mfg.eval.learn;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mfg.eval.run.Metrics;
import mfg.eval.run.RunFolder;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;

/** How learning went, to look at. */
final class LearningCharts {

    private static final int COLUMNS = 3;

    /** What PPO tells, by column. */
    private static final Map<String, String> PANELS = new LinkedHashMap<>();

    static {
        PANELS.put("entropy", "entropy");
        PANELS.put("kl", "KL divergence of an epoch");
        PANELS.put("clipFraction", "share clipped");
        PANELS.put("explainedVariance", "explained variance");
        PANELS.put("valueLoss", "value loss");
        PANELS.put("gradientNorm", "gradient norm");
    }

    private LearningCharts() {}

    static void save(RunFolder files, String title, List<ObjectNode> rows, PlayView view) throws IOException {
        List<Charts.Series> rewards = new ArrayList<>();
        rewards.add(Metrics.broken("all", rows, "meanReturn"));
        rewards.addAll(view.rewards(rows));
        Charts.save(
                files.file("reward.png"), List.of(Charts.lines(title, "epoch", "mean reward of an episode", rewards)));
        panels(files, "learning.png", PANELS, rows);
    }

    /** A small chart for each column. */
    static void panels(RunFolder files, String name, Map<String, String> titles, List<ObjectNode> rows)
            throws IOException {
        List<Plot> panels = new ArrayList<>();
        titles.forEach((column, title) -> panels.add(panel(title, rows, column)));
        Charts.save(files.file(name), panels, panels.size() == 4 ? 2 : COLUMNS); // four are a square
    }

    private static Plot.Curves panel(String title, List<ObjectNode> rows, String column) {
        return Charts.lines(title, "epoch", "", List.of(Metrics.broken(title, rows, column)));
    }
}
