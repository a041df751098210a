package mfg.eval.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import mfg.eval.design.DesignResult;
import mfg.eval.grid.Outcome;
import mfg.eval.io.Fact;
import mfg.eval.io.Json;
import mfg.eval.io.Numbers;
import mfg.eval.io.Spread;
import mfg.eval.io.Text;
import mfg.eval.run.Result;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;

/**
 * What the combinations of a sweep are worth beside each other, and which of their differences are more than noise.
 *
 * @param figure what they are compared by
 * @param bySetting the combinations of each setting, the best first
 */
record Standings(String figure, Map<String, List<Standing>> bySetting) {

    /** So many standard errors are more than noise. */
    private static final double TELLING = 2;

    /** So many bars fit beside each other. */
    private static final int MOST_BARS = 12;

    /**
     * A combination.
     *
     * @param name what tells it from the others of its setting
     * @param seeds that came to a result
     * @param worth over them
     * @param behind the best of its setting
     * @param standardError of that difference, over seeds; not a number where either has a single seed
     */
    record Standing(String setting, String name, int seeds, Spread worth, double behind, double standardError) {

        String verdict() {
            if (behind == 0) {
                return "best";
            }
            if (Double.isNaN(standardError)) {
                return "no error is known";
            }
            return behind > TELLING * standardError ? "worse" : "within noise";
        }

        ObjectNode row() {
            ObjectNode row = Json.object()
                    .put("setting", setting)
                    .put("combination", name)
                    .put("seeds", seeds);
            Json.put(row, "mean", worth.mean());
            Json.put(row, "deviation", worth.deviation());
            Json.put(row, "behindBest", behind);
            Json.put(row, "standardError", standardError);
            return row.put("verdict", verdict());
        }

        /** The runner-up in words. */
        private String words() {
            String next = "%s behind is %s".formatted(Numbers.fixed(behind), name);
            if (Double.isNaN(standardError)) {
                return next + "; of single seeds no error is known";
            }
            return standardError == 0
                    ? next + "; all seeds agree"
                    : Text.of("%s, %.1f standard errors: %s", next, behind / standardError, verdict());
        }
    }

    static Standings of(List<? extends Outcome<?>> outcomes) {
        Map<String, Map<String, List<Result>>> results = new LinkedHashMap<>();
        List<String> others = Sweep.varied(outcomes);
        others.remove("setting");
        for (Outcome<?> outcome : outcomes) {
            if (outcome.result() != null) {
                String name = others.stream()
                        .map(label -> Sweep.text(label, outcome.cell().labels().path(label)))
                        .collect(Collectors.joining(", "));
                results.computeIfAbsent(outcome.cell().labels().path("setting").asText(), at -> new LinkedHashMap<>())
                        .computeIfAbsent(name, at -> new ArrayList<>())
                        .add(outcome.result());
            }
        }
        String figure = results.values().stream()
                .flatMap(all -> all.values().stream())
                .map(all -> figure(all.get(0)))
                .findFirst()
                .orElse("");
        Map<String, List<Standing>> bySetting = new LinkedHashMap<>();
        results.forEach((setting, combinations) -> {
            if (combinations.size() > 1) {
                bySetting.put(setting, ranked(setting, combinations, figure));
            }
        });
        return new Standings(figure, bySetting);
    }

    private static String figure(Result result) {
        return result instanceof DesignResult
                ? "longObjective"
                : result.figures().keySet().iterator().next();
    }

    /** Exploitability and what one gains by leaving are better low. */
    private static double sign(String figure) {
        String words = figure.toLowerCase(Locale.ROOT);
        return words.contains("exploitability") || words.contains("gain") ? -1 : 1;
    }

    private static List<Standing> ranked(String setting, Map<String, List<Result>> combinations, String figure) {
        List<Standing> all = new ArrayList<>();
        combinations.forEach((name, results) -> {
            double[] numbers = results.stream()
                    .mapToDouble(result -> result.figures().getOrDefault(figure, Double.NaN))
                    .toArray();
            all.add(new Standing(setting, name, numbers.length, Spread.of(numbers), 0, Double.NaN));
        });
        double sign = sign(figure);
        all.removeIf(one -> Double.isNaN(one.worth().mean()));
        all.sort(Comparator.comparingDouble(one -> -sign * one.worth().mean()));
        return all.stream().map(one -> behind(one, all.get(0), sign)).toList();
    }

    private static Standing behind(Standing one, Standing best, double sign) {
        return new Standing(
                one.setting(),
                one.name(),
                one.seeds(),
                one.worth(),
                sign * (best.worth().mean() - one.worth().mean()),
                Math.hypot(error(one), error(best)));
    }

    private static double error(Standing one) {
        return one.worth().deviation() / Math.sqrt(one.seeds());
    }

    List<ObjectNode> rows() {
        return bySetting.values().stream()
                .flatMap(List::stream)
                .map(Standing::row)
                .toList();
    }

    /** The best of each setting, and whether it is really better than the next. */
    List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        bySetting.forEach((setting, all) -> {
            if (all.size() > 1) {
                Standing best = all.get(0);
                facts.add(new Fact(
                        "Best of " + setting,
                        best.worth().text(4),
                        "%s (%s). %s"
                                .formatted(
                                        best.name(),
                                        Text.count(best.seeds(), "seeds"),
                                        all.get(1).words())));
            }
        });
        return facts;
    }

    /** Bars, the best first. */
    List<Plot> charts() {
        List<Plot> charts = new ArrayList<>();
        String words = figure.equals("longObjective") ? "objective at the long T" : Text.words(figure);
        bySetting.forEach((setting, all) -> {
            List<Standing> shown = all.subList(0, Math.min(MOST_BARS, all.size()));
            String left = shown.size() < all.size() ? ", the best %d of %d".formatted(shown.size(), all.size()) : "";
            charts.add(Charts.bars(
                    "%s: %s, mean ± sd over seeds%s".formatted(setting, words, left),
                    words,
                    shown.stream().map(Standing::name).toList(),
                    shown.stream().map(Standing::worth).toList()));
        });
        return charts;
    }
}
