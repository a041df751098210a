package mfg.eval.command;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import mfg.core.InvalidInputException;
import mfg.eval.bench.GradientCost;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import mfg.eval.design.DesignConfig;
import mfg.eval.io.Answer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures one gradient. */
@Command(
        name = "gradient",
        description = "Measures the gradient of a game's design: time, memory, value.",
        mixinStandardHelpOptions = true,
        modelTransformer = BenchGradientCommand.DesignOptions.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Examples:",
            "  ./mfg bench gradient",
            "  ./mfg bench gradient --horizon 50 --repetitions 5 --json",
            "  ./mfg bench gradient --horizon 5 --step autodiff --adjoint sqrt",
            "  ./mfg bench gradient --setting A3 --threads 2",
            "  ./mfg bench gradient --setting RoadTolls.java --set congestion=2"
        })
final class BenchGradientCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--setting",
            paramLabel = "GAME",
            description = "The game, or a file such as RoadTolls.java (${DEFAULT-VALUE}).")
    private String setting = "A1";

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A parameter of the game (see: ./mfg games GAME).")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--threads", paramLabel = "N", description = "Threads for a game's draws (${DEFAULT-VALUE}).")
    private int threads = 1;

    @Option(names = "--repetitions", paramLabel = "N", description = "Gradients measured (${DEFAULT-VALUE}).")
    private int repetitions = 5;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Gradients before the first that is measured (as many as are measured).")
    private @Nullable Integer warmUp;

    @Mixin
    private Games games = new Games();

    @Mixin
    private Answer answer = new Answer();

    /** All of {@code design} that makes a difference to one gradient. */
    static final class DesignOptions implements IModelTransformer {
        private static final Set<String> BUT = Set.of(
                "game",
                "initial-values",
                "values-from",
                "iterations",
                "validate-every",
                "validation-steps",
                "long-steps",
                "lr",
                "schedule",
                "clip",
                "optimizer",
                "sigma");

        @Override
        public CommandSpec transform(CommandSpec command) {
            ConfigOptions.add(command, DesignConfig.KIND, BUT);
            return command;
        }
    }

    @Override
    public Integer call() throws IOException {
        atLeast("--threads", threads, 1);
        atLeast("--repetitions", repetitions, 1);
        int unmeasured = warmUp != null ? warmUp : repetitions;
        atLeast("--warm-up", unmeasured, 0);
        Catalogue.Named named = games.named(setting);
        Map<String, String> given = ConfigOptions.given(spec.commandLine(), DesignConfig.KIND, set);
        given.put("game", named.name());
        DesignConfig config = Binder.bind(named.catalogue(), DesignConfig.KIND, Given.options(given));
        return answer.print(GradientCost.measure(config, new GradientCost.Effort(threads, repetitions, unmeasured)));
    }

    private static void atLeast(String option, int number, int least) {
        if (number < least) {
            throw new InvalidInputException("%s must be at least %d, not %d".formatted(option, least, number));
        }
    }
}
