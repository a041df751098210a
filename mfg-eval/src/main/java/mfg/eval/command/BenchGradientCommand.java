package mfg.eval.command;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import mfg.eval.bench.GradientCost;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import mfg.eval.design.DesignConfig;
import mfg.eval.io.Failure;
import mfg.eval.io.Range;
import mfg.eval.io.Summary;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Measures one gradient. */
@Command(
        name = "gradient",
        description = "Measures the gradient of a game's design: time, memory, value.",
        modelTransformer = BenchGradientCommand.DesignOptions.class,
        footer = {
            "",
            "Examples:",
            "  ./mfg bench gradient",
            "  ./mfg bench gradient --horizon 50 --repetitions 5 --json",
            "  ./mfg bench gradient --horizon 5 --step autodiff --adjoint sqrt",
            "  ./mfg bench gradient --setting A3 --threads 2",
            "  ./mfg bench gradient --setting RoadTolls.java --set congestion=0.5"
        })
final class BenchGradientCommand extends AnsweringCommand implements Failure.Adviser {

    @Option(
            names = "--setting",
            paramLabel = "GAME",
            description = "The game, or a file such as RoadTolls.java (${DEFAULT-VALUE}).")
    private String setting = "A1";

    @Mixin
    private GameParameters parameters = new GameParameters();

    @Mixin
    private Threads threads = new Threads();

    @Option(names = "--repetitions", paramLabel = "N", description = "Gradients measured (${DEFAULT-VALUE}).")
    private int repetitions = 5;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Gradients before the first that is measured (as many as are measured).")
    private @Nullable Integer warmUp;

    @Mixin
    private Games games = new Games();

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
                "sigma",
                "yardsticks",
                "gap",
                "fall",
                "barrier");

        @Override
        public CommandSpec transform(CommandSpec command) {
            ConfigOptions.add(command, DesignConfig.PAPER, BUT);
            return command;
        }
    }

    @Override
    public String advice(List<String> unmatched) {
        return GameParameters.advice(games, setting, unmatched);
    }

    @Override
    Summary answer() throws IOException {
        Range.atLeast("--repetitions", repetitions, 1);
        int unmeasured = warmUp != null ? warmUp : repetitions;
        Range.atLeast("--warm-up", unmeasured, 0);
        Catalogue.Named named = games.named(setting);
        Given given = ConfigOptions.given(spec.commandLine(), DesignConfig.PAPER, named, parameters);
        DesignConfig config = Binder.bind(named.catalogue(), DesignConfig.PAPER, given);
        return GradientCost.measure(config, new GradientCost.Effort(threads.or(1), repetitions, unmeasured));
    }
}
