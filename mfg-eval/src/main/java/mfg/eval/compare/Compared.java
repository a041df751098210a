package mfg.eval.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mfg.eval.design.DesignResult;
import mfg.eval.view.Band;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;

/**
 * What came of a comparison.
 *
 * @param entries one for each contender
 * @param result what is told
 */
public record Compared(List<Entry> entries, ComparisonResult result) {

    /** Validation along training of those who learn at T. */
    public List<Band> bands() throws IOException {
        List<Band> bands = new ArrayList<>();
        for (Entry entry : atT(Contender.Kind.LEARNED).toList()) {
            bands.add(DesignResult.training(entry.contender().name(), entry.training()));
        }
        return bands;
    }

    /** What the best rules of a search at T are worth. */
    public List<Plot.Level> levels() {
        return atT(Contender.Kind.SEARCHED)
                .map(entry -> new Plot.Level(
                        entry.contender().name(), entry.runs().get(0).result().validationObjective()))
                .toList();
    }

    /** Those with a result. */
    private Stream<Entry> atT(Contender.Kind kind) {
        return entries.stream()
                .filter(entry -> entry.contender().kind() == kind
                        && !entry.contender().atLongT()
                        && !entry.runs().isEmpty());
    }

    /** Validation along training, and what needs none as levels. */
    public Plot.Curves chart() throws IOException {
        return chart(levels());
    }

    private Plot.Curves chart(List<Plot.Level> levels) throws IOException {
        int repetitions =
                entries.stream().mapToInt(entry -> entry.runs().size()).max().orElseThrow();
        return Charts.bands(
                        "%s, %s".formatted(result.setting(), Band.words(repetitions)),
                        "iteration, two evaluations of the objective each",
                        "objective at T = " + result.validationSteps(),
                        bands())
                .withLevels(levels);
    }

    /** All levels: also the design by default, the best that was searched for the long T, and what no mechanism earns more than. */
    private List<Plot.Level> allLevels() {
        List<Plot.Level> levels = new ArrayList<>(levels());
        bestAtLongT(true).ifPresent(levels::add);
        bestAtLongT(false).ifPresent(levels::add);
        if (result.bound() != null) {
            levels.add(new Plot.Level("bound, of bidders who do not err", result.bound()));
        }
        return levels;
    }

    private Optional<Plot.Level> bestAtLongT(boolean isDefault) {
        return entries.stream()
                .filter(entry -> entry.contender().atLongT()
                        && entry.contender().isDefault() == isDefault
                        && !entry.runs().isEmpty())
                .map(ComparisonResult.Row::of)
                .max(Comparator.comparingDouble(row -> row.longObjective().mean()))
                .map(row ->
                        new Plot.Level(row.method(), row.validationObjective().mean()));
    }

    /** What each is worth at the long T, the best first, beside what no mechanism earns more than. */
    private Plot worth() {
        List<ComparisonResult.Row> ranked = result.rows().stream()
                .filter(row -> row.repetitions() > 0)
                .sorted(Comparator.comparingDouble((ComparisonResult.Row row) ->
                                row.longObjective().mean())
                        .reversed())
                .toList();
        Plot.Bars bars = Charts.bars(
                "%s: what each is worth at T = %d, ± sd".formatted(result.setting(), result.longSteps()),
                "objective",
                ranked.stream().map(ComparisonResult.Row::method).toList(),
                ranked.stream().map(ComparisonResult.Row::longObjective).toList());
        return result.bound() == null ? bars : bars.withLevels(List.of(new Plot.Level("bound", result.bound())));
    }

    /** Draws what each is worth, and how those learned that do. */
    void draw(Path file) throws IOException {
        Charts.save(file, bands().isEmpty() ? List.of(worth()) : List.of(worth(), chart(allLevels())));
    }
}
