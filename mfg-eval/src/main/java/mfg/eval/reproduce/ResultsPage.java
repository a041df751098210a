package mfg.eval.reproduce;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
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
import mfg.eval.grid.Place;
import mfg.eval.io.Json;
import mfg.eval.io.Provenance;
import mfg.eval.io.Text;
import mfg.eval.io.TextTable;
import org.jspecify.annotations.Nullable;

/** Comparisons as a page in Markdown. */
public final class ResultsPage {

    private static final List<String> AT_LONG_T = List.of(
            "setting",
            "first price",
            "the best other",
            "design",
            "ahead by",
            "standard errors",
            "of the bound",
            "exploitability");

    private static final List<String> AT_T =
            List.of("setting", "AMID", "first price", "0-SGD", "0-ADAM", "ANNEAL", "AMID is ahead by", "of all");

    private static final List<String> VERDICTS = List.of("", "the paper", "here", "why");

    /** All that can be on the page: every game of AMID, what the papers show, and what readers asked for. */
    public static final List<String> ALL = Stream.of(
                    AuctionSetting.ALL.stream().map(AuctionSetting::name),
                    Stream.of(BeachSection.GAME),
                    Figures.AMID.stream().map(Figure::name),
                    Stream.of(Table2.NAME),
                    Figures.CHECKS.stream().map(Figure::name),
                    Figures.SYMM.stream().map(Figure::name))
            .flatMap(names -> names)
            .toList();

    private final Path folder;
    private final Reproduction.Budget budget;
    private final Place place;
    private final List<List<String>> atLongT = new ArrayList<>();
    private final List<List<String>> atT = new ArrayList<>();
    private final List<List<String>> verdicts = new ArrayList<>();
    private final Text sections = new Text();

    private ResultsPage(Path folder, Reproduction.Budget budget, Place place) {
        this.folder = folder;
        this.budget = budget;
        this.place = place;
    }

    /**
     * Measures what is not there yet, and writes the page.
     *
     * @param file the page; charts lie beside it
     * @param names what is on it, some of {@link #ALL}
     * @param folder of all runs, one below it for each name
     */
    public static void write(Path file, List<String> names, Path folder, Reproduction.Budget budget, Place place)
            throws IOException {
        for (String name : names) {
            if (!ALL.contains(name)) {
                throw new InvalidInputException(
                        "--settings takes some of %s, not '%s'".formatted(String.join(",", ALL), name));
            }
        }
        ResultsPage page = new ResultsPage(folder, budget, place);
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
        for (Figure figure : Figures.AMID) {
            if (names.contains(figure.name())) {
                page.addVerdict(figure);
            }
        }
        if (names.contains(Table2.NAME)) {
            Verdict verdict =
                    Table2.of(budget).measure(folder.resolve(Table2.NAME)).verdict();
            page.verdicts.add(
                    List.of(Table2.NAME, Table2.CLAIM, verdict.outcome().toString(), verdict.why()));
        }
        for (Figure figure :
                Stream.concat(Figures.CHECKS.stream(), Figures.SYMM.stream()).toList()) {
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
        return new Reproduction(folder.resolve(below), folder.resolve(runs), budget, null, Map.of(), false, place);
    }

    /** Compares, or goes on, and adds what came of it. */
    private void add(ComparisonPlan plan) throws IOException {
        String setting = plan.setting();
        ComparisonResult result =
                Comparison.compare(plan, folder.resolve(setting), place).result();
        Map<String, Row> rows = new LinkedHashMap<>();
        result.rows().stream().filter(row -> row.repetitions() > 0).forEach(row -> rows.put(row.method(), row));
        addAtLongT(result, rows);
        addAtT(setting, rows);
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

    /** The design of the default against the best of all others. */
    private void addAtLongT(ComparisonResult result, Map<String, Row> rows) {
        Row best = rows.get(String.valueOf(result.bestBaseline()));
        Row design = rows.get(String.valueOf(result.bestAmid()));
        Row firstPrice = rows.get(BestSimple.EQUAL_SHARES);
        if (best == null || design == null) {
            atLongT.add(List.of(result.setting(), "", "no result", "no result", "", "", "", ""));
            return;
        }
        Double bound = result.bound();
        double error = result.standardError();
        atLongT.add(List.of(
                result.setting(),
                firstPrice == null ? "" : firstPrice.longObjective().text(4),
                "%s, %s".formatted(best.longObjective().text(5), best.method()),
                "%s, %s".formatted(design.longObjective().text(5), design.method()),
                Text.of("%+.5f", result.margin()),
                Double.isNaN(error) ? "" : Text.of("%+.1f", result.margin() / error),
                bound == null
                        ? ""
                        : Text.of("%.1f %%", 100 * design.longObjective().mean() / bound),
                Text.of("%.4f", Math.max(0, design.longExploitability().mean()))));
    }

    /** What the paper claims: AMID against its own baselines at T. */
    private void addAtT(String setting, Map<String, Row> rows) {
        List<String> baselines = List.of(BestSimple.EQUAL_SHARES, "0-SGD", "0-ADAM", "ANNEAL");
        List<String> line = new ArrayList<>(List.of(setting, textAtT(rows.get(ComparisonResult.AMID))));
        baselines.forEach(name -> line.add(textAtT(rows.get(name))));
        OptionalDouble best = baselines.stream()
                .map(rows::get)
                .filter(Objects::nonNull)
                .mapToDouble(row -> row.objective().mean())
                .max();
        Row amid = rows.get(ComparisonResult.AMID);
        if (amid == null || best.isEmpty()) {
            line.addAll(List.of("", ""));
        } else {
            double lead = amid.objective().mean() - best.getAsDouble();
            line.addAll(List.of(Text.of("%+.4f", lead), lead > 0 ? "holds" : "does not hold"));
        }
        atT.add(line);
    }

    private static String textAtT(@Nullable Row row) {
        return row == null ? "no result" : row.objective().text(4);
    }

    /** Adds how a claim of the paper stands. */
    private void addVerdict(Figure figure) throws IOException {
        ObjectNode result = result(figure);
        verdicts.add(List.of(
                figure.name(),
                figure.claim(),
                result.path("verdict").asText(),
                "%s (`%s`)"
                        .formatted(
                                result.path("why").asText(),
                                result.path("command").asText())));
    }

    /** What came of a figure, made now if it is not there. */
    private ObjectNode result(Figure figure) throws IOException {
        String name = figure.name();
        Path file = folder.resolve(name).resolve(name + ".json");
        if (!Files.exists(file)) {
            in(name, "runs").of(figure);
        }
        try {
            return Json.parse(Files.readString(file));
        } catch (JacksonException e) {
            throw new InvalidInputException("%s is damaged: %s".formatted(file, e.getOriginalMessage()), e);
        }
    }

    /** Adds a figure with its details; its chart lies beside the page. */
    private void add(Figure figure, Path beside) throws IOException {
        String name = figure.name();
        ObjectNode result = result(figure);
        sections.line("%n## %s: %s%n", name, figure.about().replaceFirst("\\R", " "));
        sections.line("`%s`%n", result.path("command").asText());
        String why = result.path("why").asText();
        if (figure.claim().isEmpty()) {
            sections.line("Here %s.", why);
        } else {
            sections.line("Claim: %s%n", figure.claim());
            sections.line("Here this %s: %s.", result.path("verdict").asText(), why);
        }
        String details = result.path("details").asText();
        if (!details.isEmpty()) {
            sections.line("%n<details><summary>in numbers</summary>%n%n%s%n</details>", details);
        }
        sections.line("%n![%1$s](%1$s.png)", name);
        byte[] chart = Files.readAllBytes(folder.resolve(name).resolve(name + ".png"));
        AtomicFile.write(beside.resolve(name + ".png"), stream -> stream.write(chart));
    }

    private String markdown() {
        Text text = new Text();
        text.add("""
                # Measured results

                Written by `./mfg reproduce results`, not by hand. Each section names its command, and with it how much was
                spent. Mean ± standard deviation over seeds; what was searched is a single best. Exploitability is what a bidder
                could still gain.

                Versions and machine: %s
                """.formatted(String.join(", ", Provenance.lines()) + "."));
        if (!atLongT.isEmpty()) {
            text.add("""

                    ## What counts: at the long T

                    What `./mfg design` finds by default, where bidders have all but finished learning, against the best of all
                    others: simple mechanisms at the best that a search finds, and the paper's baselines, tuned. The bound is what
                    no mechanism earns more than from bidders who do not err; those here err a little, and may pay more. All seeds
                    of a default that starts from the best simple mechanism start from the same, so that standard errors are those
                    of what training adds. A mechanism that sees no bids, as in A10, is held against those that see none.

                    The leads are over bidders of tau = 0.001, who now and then bid more than is good for them, and a design takes what
                    they give. From bidders without entropy the same design may earn less than a simple mechanism: check2 below has both.

                    %s
                    ## What the paper claims: at T

                    AMID from a random start against first price with equal shares and the paper's baselines, all tuned and with
                    the same number of evaluations.

                    %s""".formatted(TextTable.text(AT_LONG_T, atLongT), TextTable.text(AT_T, atT)));
        }
        if (!verdicts.isEmpty()) {
            text.add("""

                    ## The paper's figures

                    %s""".formatted(TextTable.text(VERDICTS, verdicts)));
        }
        text.add(sections.toString());
        return text.toString();
    }
}
