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

/** How runs that differ in their seed went: what their metrics have of the figures of their results, mean and spread. */
final class SeedsChart {

    private SeedsChart() {}

    static void draw(SeedsResult<?> result, Path folder) throws IOException {
        List<Band> bands = new ArrayList<>();
        for (String figure : List.of("objective", "validationObjective", "exploitability", "meanReturn")) {
            List<Charts.Series> lines = new ArrayList<>();
            for (long seed : result.seeds()) {
                lines.add(Metrics.series(figure, Seeds.folder(folder, seed), figure));
            }
            if (lines.get(0).x().length > 0 && bands.size() < 2 && alike(lines)) {
                bands.add(Band.of(figure, lines));
            }
        }
        if (!bands.isEmpty()) {
            String name = bands.get(0).name();
            Charts.save(
                    folder.resolve(name + ".png"),
                    List.of(Charts.bands(
                            "%s of %s, mean ± sd of %s"
                                    .formatted(
                                            name,
                                            result.setting(),
                                            Text.count(result.seeds().size(), "seeds")),
                            "step",
                            name,
                            bands)));
        }
    }

    /** Runs that ended early have fewer rows. */
    private static boolean alike(List<Charts.Series> lines) {
        return lines.stream()
                .allMatch(line -> Arrays.equals(line.x(), lines.get(0).x()));
    }
}
