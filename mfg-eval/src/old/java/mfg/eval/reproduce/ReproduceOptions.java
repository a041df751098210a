package mfg.eval.reproduce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mfg.core.InvalidInputException;
import mfg.eval.design.DesignOptions;
import mfg.eval.io.Answer;
import mfg.eval.io.RunFolder;
import mfg.eval.io.Summary;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
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
                    "After --, options of design for every run, such as --values 20; for symm-figures --players N.")
    private List<String> options = new ArrayList<>();

    /** Whether results are printed as JSON. */
    boolean json() {
        return answer.json();
    }

    /** Prints a result; returns the exit code. */
    int print(Summary result) {
        return answer.print(result);
    }

    /** What is asked for. */
    Reproduction plan(String name) {
        if (threads < 1) {
            throw new InvalidInputException("--threads must be at least 1, not " + threads);
        }
        if (iterations != null && iterations < 1) {
            throw new InvalidInputException("--iterations must be at least 1, not " + iterations);
        }
        List<String> further = DesignOptions.joined(options);
        if (further.stream().anyMatch(option -> option.startsWith("--iterations"))) {
            throw new InvalidInputException("--iterations is an option of reproduce itself; give it before --");
        }
        Path folder = out != null ? out : RunFolder.fresh(name);
        return new Reproduction(folder, folder.resolve("runs"), budget(budget), iterations, further, threads);
    }

    static Reproduction.Budget budget(String name) {
        return switch (name) {
            case "quick" -> Reproduction.Budget.QUICK;
            case "full" -> Reproduction.Budget.FULL;
            default -> throw new InvalidInputException("--budget must be quick or full, not " + name);
        };
    }

    /** The arguments that go on in a folder. */
    String again(List<String> arguments, Path folder) {
        List<String> again = new ArrayList<>(arguments);
        if (out == null) {
            again.addAll(2, List.of("--out", folder.toString())); // behind: reproduce fig1
        }
        return String.join(" ", again);
    }
}
