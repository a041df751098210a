package mfg.eval.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mfg.core.InvalidInputException;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.contest.Contest;
import mfg.eval.contest.TuningResult;
import mfg.eval.grid.Place;
import mfg.eval.io.Interruption;
import mfg.eval.io.Summary;
import mfg.eval.run.RunFolder;
import mfg.eval.solve.SolveConfig;
import mfg.eval.solve.SolveKind;
import mfg.eval.solve.SolveResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Solves a game, or several games by several solvers. */
@Command(
        name = "solve",
        description = "Finds an equilibrium of a game, in double precision; or of several games by several solvers.",
        footer = {
            "",
            "Examples:",
            "  ./mfg solve mfglib-beach-bar",
            "  ./mfg solve crowd-modelling --algorithm fictitious-play --iterations 200",
            "  ./mfg solve sis crowd-motion --algorithm omd,fictitious-play,mf-omo --iterations 100",
            "  ./mfg solve beach-bar --eta 0.1 --tau 0.001 --iterations 2000 --json",
            "  ./mfg solve sis building --algorithm omd,prior-descent --tune --iterations 100",
            "  ./mfg solve four-rooms --eta 0.1 --tolerance 1 --iterations 1000",
            "  ./mfg solve RoadTolls.java --set congestion=0.5",
            "  ./mfg solve --resume runs/sis-20260101-120000 --iterations 1000"
        })
public final class SolveCommand extends RunCommand<SolveConfig, SolveResult> {

    private static final String ALGORITHM = "algorithm";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "GAME",
            description = "More games, by all the solvers named.")
    private List<String> more = new ArrayList<>();

    @Option(
            names = "--tune",
            description =
                    "Search the solvers' step sizes on the games named, by successive halving, and say by how much they are better.")
    private boolean tune;

    public SolveCommand() {
        super(SolveKind.SOLVE, "rps");
    }

    @Override
    @SuppressWarnings("try") // the hint only has to be open
    Summary answer() throws IOException {
        if (resume != null && Contest.isAt(resume)) {
            if (game != null || !options().isEmpty() || seeds != null) {
                throw new InvalidInputException(
                        "--resume takes everything from the runs; give no other option but --threads, --on and --json");
            }
            try (Place place = where.open();
                    Interruption hint = hint(resume)) {
                return Contest.resume(games.catalogue(), resume, place);
            }
        }
        String algorithms = options().getOrDefault(ALGORITHM, "");
        return resume == null && game != null && (tune || !more.isEmpty() || algorithms.contains(","))
                ? contest(game, algorithms)
                : super.answer();
    }

    private Map<String, String> options() {
        return ConfigOptions.given(spec.commandLine(), SolveKind.SOLVE.configuration());
    }

    @SuppressWarnings("try") // the hint only has to be open
    private Summary contest(String first, String algorithms) throws IOException {
        if (seeds != null) {
            throw new InvalidInputException("--seeds is for one game and one solver");
        }
        Catalogue all = games.catalogue();
        List<String> names = new ArrayList<>();
        Set<String> files = new LinkedHashSet<>();
        List<String> words = new ArrayList<>(List.of(first));
        words.addAll(more);
        Map<String, String> options = new LinkedHashMap<>(options());
        options.remove(ALGORITHM);
        for (String word : words) {
            Catalogue.Named named = all.named(word);
            options.putAll(parameters.texts(named, SolveKind.SOLVE.configuration()));
            names.add(named.name());
            all = named.catalogue();
            if (named.source() != null) {
                files.add(named.source().file());
            }
        }
        List<String> solvers = algorithms.isEmpty() ? List.of("omd") : List.of(algorithms.split(",", -1));
        if (tune && where.master != null) {
            throw new InvalidInputException("--tune searches in this process; --on is not for it");
        }
        Place place = where.open();
        Path folder = out != null ? out : RunFolder.fresh("solve");
        try (place;
                Interruption hint = hint(folder)) {
            Contest.Plan plan = new Contest.Plan(names, List.copyOf(files), solvers, options);
            return tune ? TuningResult.of(plan, all, folder, place.threads()) : Contest.start(plan, all, folder, place);
        } catch (IOException | RuntimeException | Error e) {
            if (out == null) {
                RunFolder.discard(folder);
            }
            throw e;
        }
    }

    private static Interruption hint(Path folder) {
        return Interruption.hint(Contest.plan(folder), List.of("solve", "--resume", folder.toString()));
    }
}
