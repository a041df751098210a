package mfg.eval.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import mfg.core.InvalidInputException;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import mfg.eval.design.BidLogOptions;
import mfg.eval.grid.Place;
import mfg.eval.grid.SeedRuns;
import mfg.eval.grid.Seeds;
import mfg.eval.io.Failure;
import mfg.eval.io.Interruption;
import mfg.eval.io.Range;
import mfg.eval.io.Shell;
import mfg.eval.io.Summary;
import mfg.eval.run.Context;
import mfg.eval.run.Display;
import mfg.eval.run.Result;
import mfg.eval.run.Run;
import mfg.eval.run.RunFolder;
import mfg.eval.run.RunKind;
import mfg.eval.sweep.Sweep;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * A command that runs something: starts a run of a game, goes on with one, or has several with different seeds.
 *
 * @param <C> its configuration, whose slots are options
 * @param <T> its result
 */
@Command(modelTransformer = RunCommand.Options.class)
abstract class RunCommand<C extends Record, T extends Result> extends AnsweringCommand implements Failure.Adviser {

    private static final Set<String> WITH_RESUME =
            Set.of("--resume", "--json", "--threads", "--on", "--checkpoint-every", "--games", "--seeds");

    /** More options that are not of the configuration of a run. */
    private static final Set<String> AROUND_RUNS = Set.of("out", "help", "version");

    private final RunKind<C, T> kind;
    private final String example;

    @Parameters(
            arity = "0..1",
            paramLabel = "GAME",
            description = "Its name (see: ./mfg games), or a file such as RoadTolls.java.")
    @Nullable
    String game;

    @Mixin
    GameParameters parameters = new GameParameters();

    @Option(
            names = "--seeds",
            paramLabel = "LIST",
            description = "Several runs side by side, such as 1..8 or 1,3,7; with --resume, more of them.")
    @Nullable
    String seeds;

    @Mixin
    Where where = new Where();

    @Option(
            names = "--checkpoint-every",
            paramLabel = "N",
            description = "Steps between two checkpoints; there is one every 10 seconds, too (${DEFAULT-VALUE}).")
    private int checkpointEvery = Context.CHECKPOINT_EVERY;

    @Option(names = "--out", paramLabel = "DIR", description = "The run's folder, new or empty (runs/GAME-TIME).")
    @Nullable
    Path out;

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description =
                    "Go on with the run in DIR, by its configuration; with more steps it goes further than it was to.")
    @Nullable
    Path resume;

    @Mixin
    Games games = new Games();

    /**
     * Describes the command.
     *
     * @param kind what it runs
     * @param example a game that it can do something with
     */
    RunCommand(RunKind<C, T> kind, String example) {
        this.kind = kind;
        this.example = example;
    }

    /** Adds the options of the configuration. */
    static class Options implements IModelTransformer {
        @Override
        public CommandSpec transform(CommandSpec command) {
            RunCommand<?, ?> run = (RunCommand<?, ?>) command.userObject();
            Set<String> but = new HashSet<>(BidLogOptions.ESTIMATED);
            but.add("game");
            ConfigOptions.add(command, run.kind.configuration(), but);
            return command;
        }
    }

    /** What else was given, or what was given in other words. */
    Given completed(Binder.Kind<C> kind, Catalogue catalogue, Given given) throws IOException {
        return given;
    }

    @Override
    Summary answer() throws IOException {
        Range.atLeast("--checkpoint-every", checkpointEvery, 1);
        return resume != null ? resumed(resume) : started();
    }

    private Context context() {
        return new Context(where.threads(), checkpointEvery, Display.ALONE);
    }

    @SuppressWarnings("try") // the hint only has to be open
    private Summary resumed(Path folder) throws IOException {
        String stepsOption = "--" + kind.stepsOption();
        boolean others = game != null
                || spec.commandLine().getParseResult().matchedOptions().stream()
                        .map(option -> option.longestName())
                        .anyMatch(name -> !WITH_RESUME.contains(name) && !name.equals(stepsOption));
        if (others) {
            throw new InvalidInputException(
                    "--resume takes everything from the run; give no other option but %s, --threads and --json"
                            .formatted(stepsOption));
        }
        Map<String, String> given = ConfigOptions.given(spec.commandLine(), kind.configuration());
        String steps = given.get(kind.stepsOption());
        boolean several = SeedRuns.isAt(folder);
        try (Interruption hint = hint(folder, several)) {
            if (several) {
                if (steps != null) {
                    throw new InvalidInputException(
                            "%s is for one run; go on with each of %s by itself".formatted(stepsOption, folder));
                }
                List<Long> more = seeds == null ? List.of() : Seeds.list(seeds);
                try (Place place = where.open()) {
                    return SeedRuns.resume(kind, games.catalogue(), folder, more, place);
                }
            }
            if (Sweep.isAt(folder)) {
                throw new InvalidInputException("%s is a sweep; go on with it by ./mfg %s"
                        .formatted(folder, Shell.line(List.of("sweep", "--resume", folder.toString()))));
            }
            if (seeds != null || where.master != null) {
                throw new InvalidInputException("%s is one run; --seeds and --on are for several".formatted(folder));
            }
            return Run.resume(kind, games.catalogue(), folder, steps, context());
        }
    }

    @SuppressWarnings("try") // the hint only has to be open
    private Summary started() throws IOException {
        if (game == null) {
            throw new InvalidInputException("say what to %s, as in: ./mfg %s %s (see: ./mfg games)"
                    .formatted(kind.command(), kind.command(), example));
        }
        Catalogue.Named named = games.named(game);
        Given given = given(named);
        if (given.texts().containsKey("seed") && seeds != null) {
            throw new InvalidInputException("--seed is for one run and --seeds for several; give one of them");
        }
        if (seeds == null && where.master != null) {
            throw new InvalidInputException("--on is for several runs; give --seeds, too");
        }
        C config = Binder.bind(named.catalogue(), kind.configuration(), given);
        Place place = where.open();
        Path folder = out != null ? out : RunFolder.fresh(kind.name(config));
        try (place;
                Interruption hint = hint(folder, seeds != null)) {
            return seeds == null
                    ? Run.start(kind, config, named.source(), folder, context())
                    : SeedRuns.start(kind, config, named.source(), named.catalogue(), Seeds.list(seeds), folder, place);
        } catch (IOException | RuntimeException | Error e) {
            if (out == null) {
                RunFolder.discard(folder);
            }
            throw e;
        }
    }

    /** What was given of a configuration, the game among it. */
    private Given given(Catalogue.Named named) throws IOException {
        Binder.Kind<C> configuration = kind.configuration();
        Given given = ConfigOptions.given(spec.commandLine(), configuration, named, parameters);
        return completed(configuration, named.catalogue(), given);
    }

    /**
     * Reads options of runs that another command has.
     *
     * @param arguments as on a command line of this one
     * @param taken options that the other command sees to
     * @return texts by name, without the game
     */
    Map<String, String> read(List<String> arguments, Catalogue.Named named, Set<String> taken) throws IOException {
        CommandLine line = new CommandLine(this);
        try {
            line.parseArgs(arguments.toArray(String[]::new));
        } catch (CommandLine.ParameterException e) {
            throw new InvalidInputException(Failure.sentence(e), e);
        }
        if (game != null) {
            throw new InvalidInputException("'%s' is not understood".formatted(game));
        }
        Map<String, String> given = new LinkedHashMap<>(given(named).texts());
        given.remove("game");
        Stream<String> all = line.getParseResult().matchedOptions().stream()
                .map(option -> option.longestName().substring(2));
        Stream.concat(all, given.keySet().stream())
                .filter(name -> taken.contains(name) || WITH_RESUME.contains("--" + name) || AROUND_RUNS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new InvalidInputException(
                            "--%s is not for the runs of ./mfg compare, which sees to it".formatted(name));
                });
        return given;
    }

    @Override
    public String advice(List<String> unmatched) {
        return game == null ? "" : GameParameters.advice(games, game, unmatched);
    }

    private Interruption hint(Path folder, boolean several) {
        List<String> again = new ArrayList<>(List.of(kind.command(), "--resume", folder.toString()));
        return Interruption.hint(several ? SeedRuns.plan(folder) : folder.resolve(RunFolder.CONFIG), again);
    }
}
