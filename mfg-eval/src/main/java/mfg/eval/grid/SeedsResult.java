package mfg.eval.grid;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import mfg.core.DivergedException;
import mfg.eval.config.Tree;
import mfg.eval.io.Fact;
import mfg.eval.io.Numbers;
import mfg.eval.io.Spread;
import mfg.eval.io.Summary;
import mfg.eval.io.Text;
import mfg.eval.io.TextTable;
import mfg.eval.run.Result;
import mfg.eval.run.Run;

/**
 * What several runs report that differ in their seed, by JSON name.
 *
 * @param <T> the result of each
 * @param setting what was run
 * @param seeds those that came to a result
 * @param runs the result of each, in the order of the seeds
 * @param mean of the figures over runs
 * @param standardDeviation of the same, that of a sample; not a number for a single run
 * @param failed why the others have none, by their seed's name
 */
public record SeedsResult<T extends Result>(
        String setting,
        List<Long> seeds,
        List<T> runs,
        Map<String, Double> mean,
        Map<String, Double> standardDeviation,
        Map<String, String> failed,
        String runDirectory)
        implements Summary {

    /**
     * Gathers outcomes.
     *
     * @throws DivergedException if none has a result
     */
    static <T extends Result> SeedsResult<T> of(String game, List<Outcome<T>> outcomes, Path folder) {
        Map<String, String> failed = new LinkedHashMap<>();
        for (Outcome<T> outcome : outcomes) {
            if (outcome.result() == null) {
                failed.put(outcome.cell().name(), outcome.status());
            }
        }
        List<Outcome<T>> ended =
                outcomes.stream().filter(outcome -> outcome.result() != null).toList();
        List<T> runs = ended.stream()
                .map(outcome -> Objects.requireNonNull(outcome.result()))
                .toList();
        if (runs.isEmpty()) {
            throw new DivergedException("no seed came to a result; " + told(failed));
        }
        List<Long> seeds = ended.stream()
                .map(outcome -> Long.valueOf(Objects.requireNonNull(
                        Tree.flat(outcome.cell().config()).get("seed"))))
                .toList();
        Set<String> figures = runs.get(0).figures().keySet();
        Map<String, Double> mean = new LinkedHashMap<>();
        Map<String, Double> deviation = new LinkedHashMap<>();
        for (String figure : figures) {
            Spread spread = Spread.of(
                    runs.stream().mapToDouble(run -> number(run, figure)).toArray());
            mean.put(figure, spread.mean());
            deviation.put(figure, spread.deviation());
        }
        return new SeedsResult<>(game, seeds, runs, mean, deviation, failed, folder.toString());
    }

    private static double number(Result run, String figure) {
        return run.figures().getOrDefault(figure, Double.NaN);
    }

    private static String told(Map<String, String> failed) {
        return failed.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("; "));
    }

    @Override
    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        mean.forEach((figure, number) -> facts.add(new Fact(
                Text.words(figure),
                number(number),
                "± %s, standard deviation over %s"
                        .formatted(
                                number(standardDeviation.getOrDefault(figure, Double.NaN)),
                                Text.count(seeds.size(), "seeds")))));
        return facts;
    }

    @Override
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            if (!runs.get(i).status().equals(Run.FINISHED)) {
                warnings.add("seed %d ended early: %s"
                        .formatted(seeds.get(i), runs.get(i).status()));
            }
        }
        failed.forEach((run, why) -> warnings.add(run + ": " + why));
        return warnings;
    }

    @Override
    public String summary() {
        List<List<String>> rows = mean.keySet().stream()
                .map(figure -> List.of(
                        figure,
                        number(Objects.requireNonNull(mean.get(figure))),
                        number(Objects.requireNonNull(standardDeviation.get(figure)))))
                .toList();
        StringBuilder text = new StringBuilder("%s, %s%n".formatted(setting, Text.count(seeds.size(), "seeds")));
        text.append(TextTable.text(List.of("figure", "mean", "sd over seeds"), rows));
        for (int i = 0; i < runs.size(); i++) {
            if (!runs.get(i).status().equals(Run.FINISHED)) {
                text.append("seed %d ended early: %s%n"
                        .formatted(seeds.get(i), runs.get(i).status()));
            }
        }
        if (!failed.isEmpty()) {
            text.append(told(failed)).append(System.lineSeparator());
        }
        return text.append("all of it in %s%n".formatted(runDirectory)).toString();
    }

    private static String number(double x) {
        return Double.isNaN(x) ? "" : Numbers.fixed(x);
    }
}
