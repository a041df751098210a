package mfg.eval.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mfg.core.InvalidInputException;
import mfg.core.catalogue.SolvableGame;
import mfg.eval.bench.Peer;
import mfg.eval.bench.SolveCost;
import mfg.eval.bench.SolveCosts;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import mfg.eval.io.Csv;
import mfg.eval.io.Json;
import mfg.eval.io.Progress;
import mfg.eval.io.Summary;
import mfg.eval.solve.SolveConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures solvers. */
@Command(
        name = "solve",
        description = {
            "Measures an iteration of solve, a step and its exploitability, in double precision and one thread.",
            "A pass of so many iterations from the start is taken again and again, and the median reported."
        },
        modelTransformer = BenchSolveCommand.SolveOptions.class,
        footer = {
            "",
            "Examples:",
            "  ./mfg bench solve",
            "  ./mfg bench solve rps sis:horizon=100 --algorithm fictitious-play --json",
            "  ./mfg bench solve --peers zoo.csv --csv beside.csv"
        })
final class BenchSolveCommand extends AnsweringCommand {

    private static final double MOST_SECONDS = 3600;

    @Parameters(
            arity = "0..*",
            paramLabel = "GAME[:NAME=VALUE,..]",
            description = "Games or files such as RoadTolls.java, and parameters of theirs; all that can be solved, or"
                    + " with --peers those of its file.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "How long to warm up, and to measure after that, for each game (${DEFAULT-VALUE}).")
    private double seconds = 1;

    @Option(
            names = "--peers",
            paramLabel = "FILE",
            description =
                    "What others took (see: benchmarks/peers/README.md), to be held against: as many iterations as they.")
    private @Nullable Path peers;

    @Option(names = "--csv", paramLabel = "FILE", description = "Also write the result as a table.")
    private @Nullable Path csv;

    @Mixin
    private Games games = new Games();

    /** All of {@code solve} that makes a difference to an iteration. */
    static final class SolveOptions implements IModelTransformer {
        @Override
        public CommandSpec transform(CommandSpec command) {
            ConfigOptions.add(command, SolveCost.KIND, Set.of("game", "seed"));
            return command;
        }
    }

    /** A game to be measured, and who it is to be held against. */
    private record Case(
            String word, SolveConfig config, @Nullable Peer peer) {}

    @Override
    Summary answer() throws IOException {
        if (!(seconds >= 0 && seconds <= MOST_SECONDS)) {
            throw new InvalidInputException(
                    "--seconds must be between 0 and %.0f, not %s".formatted(MOST_SECONDS, seconds));
        }
        if (csv != null && Files.exists(csv)) {
            throw new InvalidInputException("%s exists already; nothing was overwritten".formatted(csv));
        }
        List<Case> cases = cases();
        List<SolveCost> costs = new ArrayList<>();
        try (Progress progress = Progress.patient("measuring", cases.size())) {
            for (Case one : cases) {
                costs.add(SolveCost.measure(one.word(), one.config(), seconds, one.peer()));
                progress.advance(one.word());
            }
        }
        if (csv != null) {
            Csv.write(csv, costs.stream().map(Json::fields).toList());
        }
        return new SolveCosts(costs);
    }

    private List<Case> cases() throws IOException {
        List<Peer> others = peers == null ? List.of() : Peer.read(peers);
        Set<String> asked = new LinkedHashSet<>(words);
        if (asked.isEmpty()) {
            others.forEach(other -> asked.add(other.game()));
        }
        if (asked.isEmpty()) {
            asked.addAll(games.catalogue().choices(SolvableGame.class).keySet());
        }
        List<Case> cases = new ArrayList<>();
        for (String word : asked) {
            List<Peer> same =
                    others.stream().filter(other -> other.game().equals(word)).toList();
            if (same.isEmpty()) {
                cases.add(new Case(word, config(word, Map.of()), null));
            }
            for (Peer other : same) {
                cases.add(new Case(word, config(word, Map.of("iterations", "" + other.iterations())), other));
            }
        }
        return cases;
    }

    private SolveConfig config(String word, Map<String, String> more) throws IOException {
        int colon = word.indexOf(':');
        Catalogue.Named named = games.named(colon < 0 ? word : word.substring(0, colon));
        List<String> set =
                colon < 0 ? List.of() : List.of(word.substring(colon + 1).split(",", -1));
        Given given = ConfigOptions.given(spec.commandLine(), SolveCost.KIND, named, new GameParameters(set))
                .with(more);
        SolveConfig config = Binder.bind(named.catalogue(), SolveCost.KIND, given);
        if (config.iterations() < 1) {
            throw new InvalidInputException("--iterations must be at least 1, not %d".formatted(config.iterations()));
        }
        return config;
    }
}
