package mfg.eval.grid;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mfg.eval.io.Text;
import mfg.eval.run.Metrics;
import mfg.eval.view.Band;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;

/** How runs that differ in their seed went: a line for each seed where they are few, so that one that collapsed is seen; else mean and spread. */
final class SeedsChart {

    /** Figures that metrics have and results, too. */
    private static final List<String> FIGURES =
            List.of("objective", "validationObjective", "exploitability", "meanReturn");

    private static final int CHARTS = 2;

    /** So many lines can be told apart. */
    private static final int FEW = 6;

    private SeedsChart() {}

    static void draw(SeedsResult<?> result, Path folder) throws IOException {
        List<Plot> charts = new ArrayList<>();
        String first = "";
        for (String figure : FIGURES) {
            List<Charts.Series> lines = new ArrayList<>();
            for (long seed : result.seeds()) {
                lines.add(Metrics.series("seed " + seed, Seeds.folder(folder, seed), figure));
            }
            if (lines.get(0).x().length > 0 && charts.size() < CHARTS) {
                charts.add(chart(result.setting(), figure, lines));
                first = first.isEmpty() ? figure : first;
            }
        }
        if (!charts.isEmpty()) {
            Charts.save(folder.resolve(first + ".png"), charts);
        }
    }

    private static Plot chart(String setting, String figure, List<Charts.Series> seeds) {
        String words = Text.words(figure);
        if (seeds.size() <= FEW || !alike(seeds)) {
            return Charts.lines("%s: %s, seed by seed".formatted(setting, words), "step", words, seeds);
        }
        return Charts.bands(
                "%s: %s, mean ± sd of %s".formatted(setting, words, Text.count(seeds.size(), "seeds")),
                "step",
                words,
                List.of(Band.of(words, seeds)));
    }

    /** Runs that ended early have fewer rows. */
    private static boolean alike(List<Charts.Series> lines) {
        return lines.stream()
                .allMatch(line -> Arrays.equals(line.x(), lines.get(0).x()));
    }
}
