package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import mfg.core.DivergedException;
import mfg.core.InvalidInputException;
import mfg.eval.io.Csv;
import mfg.eval.io.Interruption;
import mfg.eval.io.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reproduces every figure and table, one after the other. */
@Command(
        name = "all",
        description = {
            "Every figure and Table 2 of AMID, or what --only names.",
            "Each in a folder of its own.",
            "Leaves all verdicts in verdicts.csv. Designs that several figures need are trained once, in runs."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Examples:",
            "  ./mfg reproduce all",
            "  ./mfg reproduce all --budget full --out runs/paper",
            "  ./mfg reproduce all --only fig5,fig6,fig7"
        })
final class ReproduceAllCommand implements Callable<Integer> {

    private static final String TABLE2 = "table2";

    private static final List<String> NAMES = Stream.concat(Figures.ALL.stream().map(Figure::name), Stream.of(TABLE2))
            .toList();

    private static final List<String> USUAL = Stream.concat(
                    Figures.AMID.stream().map(Figure::name), Stream.of(TABLE2))
            .toList();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--only", split = ",", paramLabel = "NAME", description = "Some of them, such as fig5,table2.")
    private List<String> only = USUAL;

    @Mixin
    private ReproduceOptions options = new ReproduceOptions();

    /** What is reported. */
    private record Result(List<ObjectNode> verdicts, String runDirectory) {}

    @Override
    @SuppressWarnings("try") // the hint only has to be open
    public Integer call() throws IOException {
        for (String name : only) {
            if (!NAMES.contains(name)) {
                throw new InvalidInputException(
                        "--only takes some of %s, not '%s'".formatted(String.join(",", NAMES), name));
            }
        }
        Reproduction plan = options.plan("paper");
        String again = options.again(spec.root().commandLine().getParseResult().originalArgs(), plan.folder());
        PrintWriter stdout = spec.commandLine().getOut();
        List<ObjectNode> rows = new ArrayList<>();
        try (Interruption hint = Interruption.hint(plan.folder(), again)) {
            for (String name : NAMES.stream().filter(only::contains).toList()) {
                long start = System.nanoTime();
                Verdict verdict = reproduce(name, plan);
                rows.add(row(name, verdict, (System.nanoTime() - start) * 1e-9));
                Files.createDirectories(plan.folder());
                Csv.write(plan.folder().resolve("verdicts.csv"), rows);
                if (!options.json()) {
                    stdout.printf("%s %s%n", name, verdict);
                    stdout.flush();
                }
            }
        }
        if (options.json()) {
            stdout.println(Json.line(new Result(rows, plan.folder().toString())));
        } else {
            stdout.printf("all of it in %s%n", plan.folder());
        }
        stdout.flush();
        return 0;
    }

    /** One that comes to nothing does not keep the others from being measured. */
    private static Verdict reproduce(String name, Reproduction plan) throws IOException {
        Path folder = plan.folder().resolve(name);
        try {
            if (name.equals(TABLE2)) {
                return Table2Command.reproduce(plan.budget(), folder);
            }
            return plan.in(folder).of(figure(name)).verdict();
        } catch (DivergedException e) {
            return new Verdict(Verdict.Outcome.UNTOLD, String.valueOf(e.getMessage()));
        }
    }

    private static Figure figure(String name) {
        return Figures.ALL.stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ObjectNode row(String name, Verdict verdict, double seconds) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("figure", name)
                .put(
                        "claim",
                        name.equals(TABLE2) ? Table2Report.CLAIM : figure(name).claim())
                .put("verdict", verdict.outcome().toString())
                .put("why", verdict.why())
                .put("seconds", String.format(Locale.ROOT, "%.0f", seconds));
    }
}
