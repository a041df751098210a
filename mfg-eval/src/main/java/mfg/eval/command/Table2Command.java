package mfg.eval.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import mfg.eval.io.Interruption;
import mfg.eval.io.Summary;
import mfg.eval.reproduce.Table2;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the cost of one gradient, beside the paper's. */
@Command(
        name = "table2",
        description = {
            "Time and memory of one gradient of A1 beside the paper's Table 2.",
            "Also how they grow with T. Each cell is measured in a process of its own; what would not fit the memory is not tried."
        },
        footer = {
            "",
            "Examples:",
            "  ./mfg reproduce table2",
            "  ./mfg reproduce table2 --budget full --out runs/table2",
            "  ./mfg reproduce table2 --horizons 50 --steps 400"
        })
final class Table2Command extends AnsweringCommand {

    @Option(
            names = "--budget",
            description = "quick (minutes: H up to 10, T up to 800) or full (about an hour: H up to 50, T up to 3200)"
                    + " (${DEFAULT-VALUE}).")
    private String budget = "quick";

    @Option(names = "--horizons", split = ",", paramLabel = "H", description = "The rounds, instead of the budget's.")
    private @Nullable List<Integer> horizons;

    @Option(
            names = "--steps",
            split = ",",
            paramLabel = "T",
            description = "The mirror-descent steps along which cost is seen to grow, instead of the budget's.")
    private @Nullable List<Integer> steps;

    @Option(names = "--inner-steps", paramLabel = "T", description = "The table's steps (${DEFAULT-VALUE}).")
    private int innerSteps = 400;

    @Option(names = "--values", paramLabel = "N", description = "Values and bids (${DEFAULT-VALUE}).")
    private int values = 100;

    @Mixin
    private Out out = new Out();

    @Override
    @SuppressWarnings("try") // the hint only has to be open
    Summary answer() throws IOException {
        Table2 usual = Table2.of(ReproducingCommand.budget(budget));
        Table2 table = new Table2(
                horizons != null ? horizons : usual.horizons(),
                steps != null ? steps : usual.steps(),
                innerSteps,
                values,
                usual.engine(),
                usual.fast());
        Path folder = out.folder(Table2.NAME);
        try (Interruption hint = Interruption.hint(folder.resolve(Table2.FILE), out.again(folder))) {
            return table.measure(folder);
        }
    }
}
