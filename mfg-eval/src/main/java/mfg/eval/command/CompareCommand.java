package mfg.eval.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mfg.core.catalogue.DesignableGame;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.compare.CompareBudget;
import mfg.eval.compare.Comparison;
import mfg.eval.compare.ComparisonPlan;
import mfg.eval.design.DesignConfig;
import mfg.eval.grid.Place;
import mfg.eval.io.Failure;
import mfg.eval.io.Interruption;
import mfg.eval.io.Summary;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares AMID with its baselines. */
@Command(
        name = "compare",
        description = {
            "Designs a game by AMID and by its baselines, and compares what they are worth.",
            "Each is tuned and has the same number of iterations, which are two evaluations of the objective (for ANNEAL one",
            "more in all; three in A3). They are compared at T, T_val and the long T.",
            "The baselines: 0-SGD, 0-ADAM and ANNEAL; in auctions first price with equal shares, with the best shares for T",
            "and the posted-price start before any training, too; and shares, reserves, posted and uniform prices by round",
            "at the best for the long T that a search finds.",
            "All of them and AMID are in the paper's experiment. The gradient at the equilibrium, as design has it by",
            "default, stands beside them."
        },
        footer = {
            "",
            "Examples:",
            "  ./mfg compare A1",
            "  ./mfg compare A1 --budget full --out runs/compare-A1",
            "  ./mfg compare A2 --iterations 100 --repetitions 3 --json",
            "  ./mfg compare A3 --iterations 20 -- --draws 2 --validation-draws 4"
        })
public final class CompareCommand extends AnsweringCommand implements Failure.Adviser {

    @Parameters(
            index = "0",
            paramLabel = "GAME",
            description = "Its name (see: ./mfg games), or the file that it is in.")
    private String game = "";

    @Parameters(
            index = "1..*",
            paramLabel = "OPTION",
            description = "After --, options of design for every run that has them, such as --values 20.")
    private List<String> options = new ArrayList<>();

    @Option(
            names = "--budget",
            description =
                    "quick (about a minute for A1: few iterations, thin grids) or full (hours: the paper's grids, 1000"
                            + " iterations, ten repetitions) (${DEFAULT-VALUE}).")
    private String budget = "quick";

    @Option(names = "--iterations", paramLabel = "N", description = "Training iterations, instead of the budget's.")
    private @Nullable Integer iterations;

    @Option(names = "--repetitions", paramLabel = "R", description = "Seeds, instead of the budget's.")
    private @Nullable Integer repetitions;

    @Mixin
    private Where where = new Where();

    @Mixin
    private Out out = new Out();

    @Mixin
    private Games games = new Games();

    @Override
    public String advice(List<String> unmatched) {
        return ConfigOptions.advice(DesignConfig.KIND, unmatched);
    }

    @Override
    @SuppressWarnings("try") // the hint only has to be open
    Summary answer() throws IOException {
        Catalogue.Named named = games.named(game);
        named.catalogue().chosen(DesignableGame.class, named.name(), "game");
        CompareBudget spend = CompareBudget.named(budget);
        spend = iterations == null ? spend : spend.withIterations(iterations);
        spend = repetitions == null ? spend : spend.withRepetitions(repetitions);
        Map<String, String> ofRuns = new DesignCommand().read(options, named, Comparison.OURS);
        ComparisonPlan plan = new ComparisonPlan(named.name(), spend, ofRuns, true);
        try (Place place = where.open()) {
            Path folder = out.folder("compare-" + plan.setting());
            try (Interruption hint = Interruption.hint(folder.resolve(ComparisonPlan.FILE), out.again(folder))) {
                return Comparison.compare(plan, named.catalogue(), folder, place)
                        .result();
            }
        }
    }
}
