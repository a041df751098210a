package mfg.eval.reproduce;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import mfg.core.AtomicFile;
import mfg.core.InvalidInputException;
import mfg.envs.auction.AuctionSetting;
import mfg.eval.compare.CompareBudget;
import mfg.eval.compare.Comparison;
import mfg.eval.compare.ComparisonPlan;
import mfg.eval.compare.ComparisonResult;
import mfg.eval.compare.ComparisonResult.Row;
import mfg.eval.config.Described;
import mfg.eval.design.BestSimple;
import mfg.eval.io.Json;
import mfg.eval.io.Provenance;
import mfg.eval.io.Text;
import mfg.eval.io.TextTable;

/** Comparisons as a page in Markdown. */
public final class ResultsPage {

    private static final List<String> HEADER = List.of(
            "setting",
            "first price, equal shares",
            "first price, best shares",
            "best baseline",
            "AMID",
            "best by gradients",
            "lead");

    /** All that can be on the page: every game of AMID, then what SYMM shows. */
    public static final List<String> ALL = Stream.of(
                    AuctionSetting.ALL.stream().map(AuctionSetting::name),
                    Stream.of(BeachSection.GAME),
                    Figures.SYMM.stream().map(Figure::name))
            .flatMap(names -> names)
            .toList();

    private final Path folder;
    private final Reproduction.Budget budget;
    private final int threads;
    private final List<List<String>> overview = new ArrayList<>();
    private final Text behind = new Text();
    private final Text sections = new Text();

    private ResultsPage(Path folder, Reproduction.Budget budget, int threads) {
        this.folder = folder;
        this.budget = budget;
        this.threads = threads;
    }

    /**
     * Measures what is not there yet, and writes the page.
     *
     * @param file the page; charts lie beside it
     * @param names what is on it, some of {@link #ALL}
     * @param folder of all runs, one below it for each name
     */
    public static void write(Path file, List<String> names, Path folder, Reproduction.Budget budget, int threads)
            throws IOException {
        for (String name : names) {
            if (!ALL.contains(name)) {
                throw new InvalidInputException(
                        "--settings takes some of %s, not '%s'".formatted(String.join(",", ALL), name));
            }
        }
        ResultsPage page = new ResultsPage(folder, budget, threads);
        List<ComparisonPlan> plans = new ArrayList<>();
        for (AuctionSetting setting : AuctionSetting.ALL) {
            if (names.contains(setting.name())) {
                plans.add(page.comparison(setting.name()));
            }
        }
        Path beside = file.toAbsolutePath().resolveSibling("");
        Files.createDirectories(beside); // before the work
        for (ComparisonPlan plan : plans) {
            page.add(plan);
        }
        if (names.contains(BeachSection.GAME)) {
            page.sections.add(BeachSection.text(page.in(BeachSection.GAME, BeachSection.GAME)));
        }
        for (Figure figure : Figures.SYMM) {
            if (names.contains(figure.name())) {
                page.add(figure, beside);
            }
        }
        AtomicFile.write(file, page.markdown());
    }

    /** The plan of a comparison that was begun, else a new one. */
    private ComparisonPlan comparison(String setting) throws IOException {
        Path file = folder.resolve(setting).resolve(ComparisonPlan.FILE);
        if (!Files.exists(file)) {
            return new ComparisonPlan(setting, CompareBudget.named(budget.toString()), Map.of(), true);
        }
        ComparisonPlan begun = ComparisonPlan.read(file);
        if (!begun.setting().equals(setting)) {
            throw new InvalidInputException(
                    "%s holds a comparison of %s".formatted(folder.resolve(setting), begun.setting()));
        }
        return begun;
    }

    private Reproduction in(String below, String runs) {
        return new Reproduction(folder.resolve(below), folder.resolve(runs), budget, null, Map.of(), false, threads);
    }

    /** Compares, or goes on, and adds what came of it. */
    private void add(ComparisonPlan plan) throws IOException {
        String setting = plan.setting();
        ComparisonResult result =
                Comparison.compare(plan, folder.resolve(setting), threads).result();
        Optional<Row> baseline = best(result, row -> row.method().equals(result.bestBaseline()));
        Optional<Row> amid = best(result, row -> row.method().equals(ComparisonResult.AMID));
        Optional<Row> bestAmid = best(result, row -> row.method().equals(result.bestAmid()));
        overview.add(List.of(
                setting,
                text(best(result, row -> row.method().equals(BestSimple.EQUAL_SHARES))),
                text(best(result, row -> isFirstPrice(row) && !row.method().equals(BestSimple.EQUAL_SHARES))),
                named(baseline),
                text(amid),
                named(bestAmid),
                Text.of("%+.4f", result.margin())));
        addBehind(setting, amid, baseline);
        if (!bestAmid.equals(amid)) {
            addBehind(setting, bestAmid, baseline);
        }
        String about = Described.blank(
                        Objects.requireNonNull(Reproduction.CATALOGUE.games().get(setting)))
                .about();
        sections.line("%n## %s: %s%n", setting, about);
        sections.line("`./mfg compare %s%s`%n", setting, plan.arguments());
        sections.line("%s", result.table());
        sections.line("%s", result.verdict());
        sections.line("%n<details><summary>options</summary>%n");
        for (Row row : result.rows()) {
            sections.line("- %s: `./mfg design %s %s`", row.method(), setting, row.options());
        }
        sections.line("%n</details>");
    }

    private static boolean isFirstPrice(Row row) {
        return row.method().startsWith("first price");
    }

    /** What is worth most at the long T, of some methods that came to a result. */
    private static Optional<Row> best(ComparisonResult result, Predicate<Row> which) {
        return result.rows().stream()
                .filter(which)
                .filter(row -> row.repetitions() > 0)
                .max(Comparator.comparingDouble(row -> row.longObjective().mean()));
    }

    private static String text(Optional<Row> row) {
        return row.map(Row::longText).orElse("diverged");
    }

    private static String named(Optional<Row> row) {
        return row.map(some -> "%s, %s".formatted(some.longText(), some.method()))
                .orElse("diverged");
    }

    /** Notes it if a method is worth less than a baseline. */
    private void addBehind(String setting, Optional<Row> method, Optional<Row> baseline) {
        if (method.isEmpty() || baseline.isEmpty()) {
            return;
        }
        double gap = baseline.get().longObjective().mean()
                - method.get().longObjective().mean();
        if (gap > 0) {
            behind.line(
                    "- %s: %s by %.4f, behind %s",
                    setting, method.get().method(), gap, baseline.get().method());
        }
    }

    /** Adds a figure of players who differ, made now if it is not there; its chart lies beside the page. */
    private void add(Figure figure, Path beside) throws IOException {
        String name = figure.name();
        Path own = folder.resolve(name);
        Path file = own.resolve(name + ".json");
        if (!Files.exists(file)) {
            in(name, "runs").of(figure);
        }
        ObjectNode result;
        try {
            result = Json.parse(Files.readString(file));
        } catch (JacksonException e) {
            throw new InvalidInputException("%s is damaged: %s".formatted(file, e.getOriginalMessage()), e);
        }
        sections.line("%n## %s: %s%n", name, figure.about().replaceFirst("\\R", " "));
        sections.line("`%s`%n", result.path("command").asText());
        sections.line("The paper: %s%n", figure.claim());
        sections.line(
                "Here this %s: %s.",
                result.path("verdict").asText(), result.path("why").asText());
        String details = result.path("details").asText();
        if (!details.isEmpty()) {
            sections.add(System.lineSeparator() + details);
        }
        sections.line("%n![%1$s](%1$s.png)", name);
        byte[] chart = Files.readAllBytes(own.resolve(name + ".png"));
        AtomicFile.write(beside.resolve(name + ".png"), stream -> stream.write(chart));
    }

    private String markdown() {
        String nowhere = "- nowhere" + System.lineSeparator();
        return """
                # Measured results

                Written by `./mfg reproduce results`, not by hand: AMID against its baselines in each setting, every method
                tuned and with the same number of evaluations of the objective where it learns at T. Each section names its
                command, and with it how much was spent. Mean ± standard deviation over seeds; what was searched is a single
                best. Exploitabilities are those at the long T: how much a bidder could still gain, plain and with entropy.
                Seconds are those of one training on one core that had company, of taxis those of one run at a time on all cores,
                now and then with company, too.

                Two rows go by gradients: AMID, at T from a random start as in the paper, and the gradient at the equilibrium,
                from the best simple mechanism that a search finds. All that the search finds are among the baselines
                ("searched"), so that training is credited only with what it adds. The bound is one for bidders in an exact
                equilibrium: bidders err a little, and may pay more.

                Versions and machine: %s
                ## At the long T

                What each is worth where bidders have all but finished learning. The lead is that of the best design by
                gradients over the best baseline.

                %s
                ## Where gradients are behind

                At the long T:

                %s
                %s""".formatted(
                        String.join(", ", Provenance.lines()) + ".",
                        TextTable.text(HEADER, overview),
                        behind.toString().isEmpty() ? nowhere : behind,
                        sections);
    }
}
