package mfg.eval.contest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.io.Csv;
import mfg.eval.io.Json;
import mfg.eval.io.Summary;
import mfg.eval.io.Text;
import mfg.eval.io.TextTable;
import mfg.eval.run.RunFolder;

/**
 * What tuning found, by JSON name.
 *
 * @param solvers one a solver
 */
public record TuningResult(List<Tuned> solvers, String runDirectory) implements Summary {

    private static final String TABLE = "tuning.csv";

    /**
     * One solver.
     *
     * @param options the best setting
     * @param tried so many settings
     * @param times what its exploitability is, at its least and on a geometric mean over games, of that with the usual setting
     * @param left what it is of that at the start
     */
    public record Tuned(String algorithm, Map<String, String> options, int tried, double times, double left) {

        private String setting() {
            return TuningResult.setting(options);
        }
    }

    /**
     * Tunes solvers on games, and leaves a table with a row for each of both.
     *
     * @param plan which games by which solvers, and the options that stay as they are
     * @param folder new or empty
     * @param threads how many runs at a time
     * @throws mfg.core.InvalidInputException if something is refused; nothing is left behind then
     */
    public static TuningResult of(Contest.Plan plan, Catalogue catalogue, Path folder, int threads) throws IOException {
        RunFolder.requireFree(folder);
        Catalogue all = plan.in(catalogue);
        Contest.cells(plan, all); // refuses what would fail later
        plan.algorithms().forEach(algorithm -> Tuning.check(all, algorithm, plan.options()));
        List<Catalogue.Named> games = new ArrayList<>();
        for (String game : plan.games()) {
            games.add(all.named(game));
        }
        List<Tuning.Found> found = new ArrayList<>();
        List<ObjectNode> rows = new ArrayList<>();
        for (String algorithm : plan.algorithms()) {
            found.add(Tuning.tune(games, algorithm, plan.options(), threads));
        }
        for (Tuning.Found one : found) {
            for (int game = 0; game < games.size(); game++) {
                Trial usual = one.usual().trials().get(game);
                Trial best = one.best().trials().get(game);
                ObjectNode row = Json.object()
                        .put("game", games.get(game).name())
                        .put("algorithm", one.algorithm())
                        .put("setting", setting(one.best().options()));
                Json.put(row, "usual", usual.least(Integer.MAX_VALUE - 1));
                Json.put(row, "tuned", best.least(Integer.MAX_VALUE - 1));
                rows.add(row.put("failure", best.failure()));
            }
        }
        RunFolder.make(folder);
        Csv.write(folder.resolve(TABLE), rows);
        List<Tuned> solvers = found.stream()
                .map(one -> new Tuned(
                        one.algorithm(),
                        one.best().options(),
                        one.tried(),
                        Math.pow(10, one.best().score() - one.usual().score()),
                        Math.pow(10, one.best().score())))
                .toList();
        return new TuningResult(solvers, folder.toString());
    }

    private static String setting(Map<String, String> options) {
        return options.isEmpty()
                ? "as usual"
                : options.entrySet().stream()
                        .map(option -> "--%s %s".formatted(option.getKey(), option.getValue()))
                        .collect(Collectors.joining(" "));
    }

    @Override
    public String summary() {
        Text text = new Text();
        text.line(
                "%s",
                TextTable.of(solvers)
                        .column("algorithm", Tuned::algorithm)
                        .column("best setting", Tuned::setting)
                        .column("of", solver -> Text.of("%d", solver.tried()))
                        .column("exploitability, of the start", solver -> Text.of("%.3g", solver.left()))
                        .column("of the usual setting", solver -> Text.of("%.3g", solver.times())));
        text.line("game by game in %s", Path.of(runDirectory).resolve(TABLE));
        return text.toString();
    }
}
