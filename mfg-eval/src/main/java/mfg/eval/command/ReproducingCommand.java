package mfg.eval.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mfg.core.InvalidInputException;
import mfg.eval.io.Answer;
import mfg.eval.io.Interruption;
import mfg.eval.io.Summary;
import mfg.eval.reproduce.Reproduction;
import mfg.eval.run.RunFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What all figures take. */
final class ReproduceOptions {

    @Option(
            names = "--budget",
            description = "quick (minutes) or full (hours: what the paper spent) (${DEFAULT-VALUE}).",
            defaultValue = "quick")
    private String budget = "quick";

    @Option(names = "--iterations", paramLabel = "N", description = "Training iterations, instead of the budget's.")
    private @Nullable Integer iterations;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many runs at a time (as many as there are processors). Changes no number.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The folder (runs/NAME-TIME); given again, it goes on where it stopped.")
    private @Nullable Path out;

    @Mixin
    private Answer answer = new Answer();

    @Parameters(
            paramLabel = "OPTION",
            description =
                    "After --, options of design for every run that has them, such as --values 20; for symm-figures --players N.")
    private List<String> options = new ArrayList<>();

    /** Whether results are printed as JSON. */
    boolean json() {
        return answer.json();
    }

    /** Prints a result; returns the exit code. */
    int print(Summary result) {
        return answer.print(result);
    }

    /** Work that is done in a folder. */
    interface Work<T> {
        T in(Reproduction plan) throws IOException;
    }

    /**
     * Does what is asked for; tells on Ctrl-C how to go on.
     *
     * @param name what a folder without a name of its own is called after
     * @param command that does it
     */
    @SuppressWarnings("try") // the hint only has to be open
    <T> T run(String name, CommandSpec command, Work<T> work) throws IOException {
        if (threads < 1) {
            throw new InvalidInputException("--threads must be at least 1, not " + threads);
        }
        if (iterations != null && iterations < 1) {
            throw new InvalidInputException("--iterations must be at least 1, not " + iterations);
        }
        Reproduction.Budget spend = budget(budget);
        Map<String, String> further = further();
        Path folder = out != null ? out : RunFolder.fresh(name);
        Reproduction plan =
                new Reproduction(folder, folder.resolve("runs"), spend, iterations, further, false, threads);
        try (Interruption hint = Interruption.hint(folder, again(command, out, folder))) {
            return work.in(plan);
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

    /** The arguments that go on in a folder. */
    static List<String> again(CommandSpec command, @Nullable Path out, Path folder) {
        List<String> again =
                new ArrayList<>(command.root().commandLine().getParseResult().originalArgs());
        if (out == null) {
            again.addAll(2, List.of("--out", folder.toString())); // behind: reproduce fig1
        }
        return again;
    }
}
