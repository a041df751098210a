package mfg.eval.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import mfg.core.DivergedException;
import mfg.core.InvalidInputException;
import mfg.eval.io.Csv;
import mfg.eval.io.Json;
import mfg.eval.io.Summary;
import mfg.eval.reproduce.Figure;
import mfg.eval.reproduce.Figures;
import mfg.eval.reproduce.Reproduction;
import mfg.eval.reproduce.Table2;
import mfg.eval.reproduce.Verdict;
import mfg.eval.run.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reproduces every figure and table, one after the other. */
@Command(
        name = "all",
        description = {
            "Every figure and Table 2 of AMID, or what --only names.",
            "Each in a folder of its own.",
            "Leaves all verdicts in verdicts.csv. Designs that several figures need are trained once, in runs."
        },
        footer = {
            "",
            "Examples:",
            "  ./mfg reproduce all",
            "  ./mfg reproduce all --budget full --out runs/paper",
            "  ./mfg reproduce all --only fig5,fig6,fig7"
        })
final class ReproduceAllCommand extends ReproducingCommand {

    private static final List<String> NAMES = Stream.concat(
                    Figures.ALL.stream().map(Figure::name), Stream.of(Table2.NAME))
            .toList();

    private static final List<String> USUAL = Stream.concat(
                    Figures.AMID.stream().map(Figure::name), Stream.of(Table2.NAME))
            .toList();

    private List<String> only = USUAL;

    @Option(names = "--only", split = ",", paramLabel = "NAME", description = "Some of them, such as fig5,table2.")
    void only(List<String> names) {
        for (String name : names) {
            if (!NAMES.contains(name)) {
                throw new InvalidInputException(
                        "--only takes some of %s, not '%s'".formatted(String.join(",", NAMES), name));
            }
        }
        only = names;
    }

    /** What is reported. */
    private record Told(List<ObjectNode> verdicts, String runDirectory) implements Summary {
        @Override
        public String summary() {
            return "all of it in %s%n".formatted(runDirectory);
        }
    }

    @Override
    String name() {
        return "paper";
    }

    @Override
    Summary reproduced(Reproduction plan) throws IOException {
        PrintWriter stdout = spec.commandLine().getOut();
        List<ObjectNode> rows = new ArrayList<>();
        for (String name : NAMES.stream().filter(only::contains).toList()) {
            long start = System.nanoTime();
            Verdict verdict = verdict(name, plan);
            rows.add(row(name, verdict, (System.nanoTime() - start) * 1e-9));
            RunFolder.make(plan.folder());
            Csv.write(plan.folder().resolve("verdicts.csv"), rows);
            if (!json) {
                stdout.printf("%s %s%n", name, verdict);
                stdout.flush();
            }
        }
        return new Told(rows, plan.folder().toString());
    }

    /** One that comes to nothing does not keep the others from being measured. */
    private static Verdict verdict(String name, Reproduction plan) throws IOException {
        try {
            return name.equals(Table2.NAME)
                    ? Table2.of(plan.budget())
                            .measure(plan.folder().resolve(name))
                            .verdict()
                    : plan.in(name).of(Figures.named(name)).verdict();
        } catch (DivergedException e) {
            return new Verdict(Verdict.Outcome.UNTOLD, String.valueOf(e.getMessage()));
        }
    }

    private static ObjectNode row(String name, Verdict verdict, double seconds) {
        return Json.object()
                .put("figure", name)
                .put(
                        "claim",
                        name.equals(Table2.NAME)
                                ? Table2.CLAIM
                                : Figures.named(name).claim())
                .put("verdict", verdict.outcome().toString())
                .put("why", verdict.why())
                .put("seconds", String.format(Locale.ROOT, "%.0f", seconds));
    }
}
