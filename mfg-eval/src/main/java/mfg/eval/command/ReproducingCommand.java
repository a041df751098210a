package mfg.eval.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mfg.core.InvalidInputException;
import mfg.eval.design.DesignConfig;
import mfg.eval.grid.Place;
import mfg.eval.io.Failure;
import mfg.eval.io.Interruption;
import mfg.eval.io.Range;
import mfg.eval.io.Summary;
import mfg.eval.learn.LearnConfig;
import mfg.eval.reproduce.Reproduction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What all figures take. */
abstract class ReproducingCommand extends AnsweringCommand implements Failure.Adviser {

    @Option(
            names = "--budget",
            description = "quick (minutes) or full (hours: what the paper spent) (${DEFAULT-VALUE}).",
            defaultValue = "quick")
    private String budget = "quick";

    @Option(names = "--iterations", paramLabel = "N", description = "Training iterations, instead of the budget's.")
    private @Nullable Integer iterations;

    @Mixin
    private Where where = new Where();

    @Mixin
    private Out out = new Out();

    @Parameters(
            paramLabel = "OPTION",
            description =
                    "After --, options of design for every run that has them, such as --values 20; for symm-figures and rates --players N.")
    private List<String> options = new ArrayList<>();

    /** What a folder without a name of its own is called after. */
    abstract String name();

    /** Does what is asked for. */
    abstract Summary reproduced(Reproduction plan) throws IOException;

    @Override
    public String advice(List<String> unmatched) {
        String ofDesign = ConfigOptions.advice(DesignConfig.KIND, unmatched);
        return ofDesign.isEmpty() ? ConfigOptions.advice(LearnConfig.KIND, unmatched) : ofDesign;
    }

    @Override
    @SuppressWarnings("try") // the hint only has to be open
    final Summary answer() throws IOException {
        if (iterations != null) {
            Range.atLeast("--iterations", iterations, 1);
        }
        Reproduction.Budget spend = budget(budget);
        Map<String, String> further = further();
        try (Place place = where.open()) {
            Path folder = out.folder(name());
            Reproduction plan =
                    new Reproduction(folder, folder.resolve("runs"), spend, iterations, further, false, place);
            try (Interruption hint = Interruption.hint(folder, out.again(folder))) {
                return reproduced(plan);
            }
        }
    }

    static Reproduction.Budget budget(String name) {
        return Arrays.stream(Reproduction.Budget.values())
                .filter(budget -> budget.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("--budget must be quick or full, not " + name));
    }

    /** What stands behind {@code --}, by option. */
    private Map<String, String> further() {
        Map<String, String> further = new LinkedHashMap<>();
        for (int i = 0; i < options.size(); i++) {
            String option = options.get(i);
            int equals = option.indexOf('=');
            boolean alone =
                    equals < 0 && (i + 1 == options.size() || options.get(i + 1).startsWith("--"));
            if (!option.startsWith("--")) {
                throw new InvalidInputException("behind -- are options such as --values 20, not " + option);
            }
            String name = option.substring(2, equals < 0 ? option.length() : equals);
            String text = equals >= 0 ? option.substring(equals + 1) : alone ? "true" : options.get(++i);
            if (name.equals("iterations")) {
                throw new InvalidInputException("--iterations is an option of reproduce itself; give it before --");
            }
            if (further.put(name, text) != null) {
                throw new InvalidInputException("--%s is given twice".formatted(name));
            }
        }
        return further;
    }
}
