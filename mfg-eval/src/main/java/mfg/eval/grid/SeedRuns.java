package mfg.eval.grid;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mfg.core.AtomicFile;
import mfg.core.InvalidInputException;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.catalogue.Source;
import mfg.eval.config.Yaml;
import mfg.eval.io.Provenance;
import mfg.eval.run.Result;
import mfg.eval.run.RunFile;
import mfg.eval.run.RunFolder;
import mfg.eval.run.RunKind;
import mfg.eval.view.Charts;
import org.jspecify.annotations.Nullable;

/** The folder of runs that differ in nothing but their seed: {@code seeds.yaml} says which, and grows when seeds are added. */
public final class SeedRuns {

    private static final Grid.Purpose PURPOSE = new Grid.Purpose("seeds", RunFolder.SEEDS, "seeds.csv", true);
    private static final String SEEDS = "seeds";

    private SeedRuns() {}

    /** Whether a folder holds such runs. */
    public static boolean isAt(Path folder) {
        return PURPOSE.isAt(folder);
    }

    /** The first file in such a folder. */
    public static Path plan(Path folder) {
        return folder.resolve(PURPOSE.plan());
    }

    /**
     * Starts.
     *
     * @param folder new or empty
     * @param place where they are computed
     */
    public static <C extends Record, T extends Result> SeedsResult<T> start(
            RunKind<C, T> kind,
            C config,
            @Nullable Source source,
            Catalogue catalogue,
            List<Long> seeds,
            Path folder,
            Place place)
            throws IOException {
        RunFile file = RunFile.of(kind.command(), source, config);
        Grid<T> grid =
                new Grid<>(PURPOSE, Seeds.cells(kind, config, source, catalogue, seeds), catalogue, folder, place);
        return result(kind.name(config), grid.start(text(file, seeds)), folder);
    }

    private static String text(RunFile file, List<Long> seeds) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(SEEDS, seeds);
        tree.putAll(file.tree());
        return new RunFile(file.command(), file.source(), tree).text(Provenance.header());
    }

    /**
     * Goes on with the runs that are not finished.
     *
     * @param more seeds that are run, too
     */
    public static <C extends Record, T extends Result> SeedsResult<T> resume(
            RunKind<C, T> kind, Catalogue catalogue, Path folder, List<Long> more, Place place) throws IOException {
        Path plan = plan(folder);
        RunFile all = RunFile.read(plan);
        Map<String, Object> tree = new LinkedHashMap<>(all.tree());
        Object given = tree.remove(SEEDS);
        String list = given == null ? null : Yaml.scalar(given);
        if (list == null || !all.command().equals(kind.command())) {
            throw new InvalidInputException("%s does not hold runs of %s with seeds".formatted(folder, kind.command()));
        }
        RunFile file = new RunFile(all.command(), all.source(), tree);
        Catalogue games = file.catalogue(catalogue, folder);
        C config = file.config(games, kind.configuration(), plan);
        Set<Long> seeds;
        try {
            seeds = new LinkedHashSet<>(Seeds.list(list));
        } catch (InvalidInputException e) {
            throw Yaml.naming(plan, e);
        }
        if (seeds.addAll(more)) {
            AtomicFile.write(plan, text(RunFile.of(kind.command(), all.source(), config), List.copyOf(seeds)));
        }
        Grid<T> grid = new Grid<>(
                PURPOSE, Seeds.cells(kind, config, all.source(), games, List.copyOf(seeds)), games, folder, place);
        return result(kind.name(config), grid.resume(), folder);
    }

    private static <T extends Result> SeedsResult<T> result(String game, List<Outcome<T>> outcomes, Path folder)
            throws IOException {
        SeedsResult<T> result = SeedsResult.of(game, outcomes, folder);
        Charts.attempt(() -> SeedsChart.draw(result, folder));
        return result;
    }
}
