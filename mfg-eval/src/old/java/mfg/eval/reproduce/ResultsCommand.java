package mfg.eval.reproduce;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import mfg.core.AtomicFile;
import mfg.core.InvalidInputException;
import mfg.eval.compare.CompareBudget;
import mfg.eval.compare.CompareCommand;
import mfg.eval.compare.Comparison;
import mfg.eval.design.Setting;
import mfg.eval.io.Json;
import mfg.eval.io.RunFolder;
import mfg.eval.io.Yaml;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the page of measured results. */
@Command(
        name = "results",
        description = {
            "Every setting: AMID against its baselines, as a page.",
            "Compares them in every auction, designs the beach, has players who differ learn, and writes the tables.",
            "Comparisons and figures that are in the folder already stay as they are, whatever their budget: the page says each one's",
            "command."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Examples:",
            "  ./mfg reproduce results --settings A1,A2",
            "  ./mfg reproduce results --budget full --out runs/results --page docs/results.md",
            "  ./mfg compare A8 --iterations 20 --repetitions 1 --out runs/results/A8",
            "  ./mfg reproduce results --out runs/results --settings A8"
        })
final class ResultsCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--settings",
            split = ",",
            paramLabel = "NAME",
            description = "Which settings and symm-figures are on the page (all).")
    private @Nullable List<String> settings;

    @Option(names = "--budget", description = "Of comparisons to be made: quick or full (${DEFAULT-VALUE}).")
    private String budget = "quick";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder of the comparisons, one below it for each setting (runs/results-TIME).")
    private @Nullable Path out;

    @Option(names = "--page", paramLabel = "FILE", description = "The page (results.md in the folder).")
    private @Nullable Path page;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many runs at a time (as many as there are processors). Changes no number.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException {
        CompareBudget spend = CompareBudget.named(budget);
        List<Figure> figures = Figures.SYMM.stream()
                .filter(figure -> settings == null || settings.contains(figure.name()))
                .toList();
        List<Setting> chosen = settings == null
                ? Setting.ALL
                : settings.stream()
                        .filter(name -> Figures.SYMM.stream()
                                .noneMatch(figure -> figure.name().equals(name)))
                        .map(Setting::named)
                        .toList();
        Path folder = out != null ? out : RunFolder.fresh("results");
        Path file = page != null ? page : folder.resolve("results.md");
        Path beside = file.toAbsolutePath().resolveSibling("");
        Files.createDirectories(beside); // before the work
        List<Comparison.Plan> plans = new ArrayList<>();
        for (Setting setting : chosen) {
            if (setting.auction() != null) {
                plans.add(plan(setting, spend, folder.resolve(setting.name())));
            }
        }
        ResultsPage text = new ResultsPage();
        for (Comparison.Plan plan : plans) {
            text.add(
                    plan,
                    CompareCommand.compare(plan, folder.resolve(plan.setting()), threads)
                            .result());
        }
        if (plans.size() < chosen.size()) {
            text.add(BeachResults.of(budget, folder.resolve("beach-bar"), threads));
        }
        for (Figure figure : figures) {
            text.add(figure, figure(figure, folder));
        }
        for (Figure figure : figures) {
            byte[] chart = Files.readAllBytes(folder.resolve(figure.name()).resolve(figure.name() + ".png"));
            AtomicFile.write(beside.resolve(figure.name() + ".png"), stream -> stream.write(chart));
        }
        AtomicFile.write(file, text.markdown());
        PrintWriter stdout = spec.commandLine().getOut();
        stdout.printf("%s%n", file);
        stdout.flush();
        return 0;
    }

    /** A figure that is there already, else a new one. */
    private ObjectNode figure(Figure figure, Path folder) throws IOException {
        Path own = folder.resolve(figure.name());
        Path file = own.resolve(figure.name() + ".json");
        if (!Files.exists(file)) {
            Reproduction plan = new Reproduction(
                    own, folder.resolve("runs"), ReproduceOptions.budget(budget), null, List.of(), threads);
            plan.of(figure);
        }
        try {
            return Json.parse(Files.readString(file));
        } catch (JacksonException e) {
            throw new InvalidInputException("%s is damaged: %s".formatted(file, e.getOriginalMessage()), e);
        }
    }

    /** The plan of a comparison that was begun, else a new one. */
    private static Comparison.Plan plan(Setting setting, CompareBudget spend, Path folder) throws IOException {
        Path file = folder.resolve(CompareCommand.PLAN);
        if (!Files.exists(file)) {
            return new Comparison.Plan(setting.name(), spend, List.of(), true);
        }
        Comparison.Plan begun = Yaml.read(file, Comparison.Plan.class, Comparison.Plan.YOUNGER);
        if (!begun.setting().equals(setting.name())) {
            throw new InvalidInputException("%s holds a comparison of %s".formatted(folder, begun.setting()));
        }
        return begun;
    }
}
