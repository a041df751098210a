package mfg.eval.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
 * @param bySetting the combinations of each setting, the best first
 */
record Standings(Map<String, List<Standing>> bySetting) {

    /** Numbers that differ by less than this share are the same up to rounding. */
    private static final double ROUNDING = 1e-12;

    /** So many bars fit beside each other. */
    private static final int MOST_BARS = 12;

    /**
     * A combination.
     *
     * @param figure what it is compared by
     * @param name what tells it from the others of its setting
     * @param seeds that came to a result
     * @param worth over them
     * @param behind the best of its setting
     * @param standardError of that difference, over seeds; not a number where either has a single seed
     * @param freedom degrees of freedom of that error
     * @param isBest whether it is the first of its setting
     */
    record Standing(
            String setting,
            String figure,
            String name,
            int seeds,
            Spread worth,
            double behind,
            double standardError,
            int freedom,
            boolean isBest) {

        String verdict() {
            if (isBest) {
                return "best";
            }
            if (behind == 0) {
                return "as good";
            }
            if (Double.isNaN(standardError)) {
                return "no error is known";
            }
            return behind > telling(freedom) * standardError ? "worse" : "within noise";
        }

        ObjectNode row() {
            ObjectNode row = Json.object()
                    .put("setting", setting)
                    .put("combination", name)
                    .put("figure", figure)
                    .put("seeds", seeds);
            Json.put(row, "mean", worth.mean());
            Json.put(row, "deviation", worth.deviation());
            Json.put(row, "behindBest", behind);
            Json.put(row, "standardError", standardError);
            return row.put("verdict", verdict());
        }

        /** The runner-up in words. */
        private String words() {
            if (behind == 0) {
                return "%s is as good".formatted(name);
            }
            String next = "%s behind is %s".formatted(Numbers.positive(behind), name);
            if (Double.isNaN(standardError)) {
                return next + "; of single seeds no error is known";
            }
            return standardError == 0
                    ? next + "; all seeds agree"
                    : Text.of("%s, %.1f standard errors: %s", next, behind / standardError, verdict());
        }
    }

    /** More standard errors than this are more than noise: Student's t at 97.5 %, by its expansion around the normal. */
    static double telling(int freedom) {
        double z = 1.959964;
        double third = Math.pow(z, 3);
        double fifth = Math.pow(z, 5);
        double seventh = Math.pow(z, 7);
        return z
                + (third + z) / (4 * freedom)
                + (5 * fifth + 16 * third + 3 * z) / (96 * Math.pow(freedom, 2))
                + (3 * seventh + 19 * fifth + 17 * third - 15 * z) / (384 * Math.pow(freedom, 3));
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
        Map<String, List<Standing>> bySetting = new LinkedHashMap<>();
        results.forEach((setting, combinations) -> {
            if (combinations.size() > 1) {
                String figure = figure(combinations.values().iterator().next().get(0));
                bySetting.put(setting, ranked(setting, combinations, figure));
            }
        });
        return new Standings(bySetting);
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
            all.add(new Standing(
                    setting, figure, name, numbers.length, rounded(Spread.of(numbers)), 0, Double.NaN, 0, false));
        });
        double sign = sign(figure);
        all.removeIf(one -> Double.isNaN(one.worth().mean()));
        all.sort(Comparator.comparingDouble(one -> -sign * one.worth().mean()));
        return IntStream.range(0, all.size())
                .mapToObj(at -> behind(all.get(at), all.get(0), sign, at == 0))
                .toList();
    }

    /** Equal numbers have no deviation; adding them up leaves one. */
    private static Spread rounded(Spread spread) {
        return spread.deviation() <= ROUNDING * Math.abs(spread.mean()) ? new Spread(spread.mean(), 0) : spread;
    }

    private static Standing behind(Standing one, Standing best, double sign, boolean isBest) {
        double behind = sign * (best.worth().mean() - one.worth().mean());
        return new Standing(
                one.setting(),
                one.figure(),
                one.name(),
                one.seeds(),
                one.worth(),
                behind <= ROUNDING * Math.abs(best.worth().mean()) ? 0 : behind,
                Math.hypot(error(one), error(best)),
                one.seeds() + best.seeds() - 2,
                isBest);
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
        bySetting.forEach((setting, all) -> {
            String figure = all.get(0).figure();
            String words = figure.equals("longObjective") ? "objective at the long T" : Text.words(figure);
            int seeds = all.stream().mapToInt(Standing::seeds).max().orElse(1);
            String spread = seeds > 1 ? "mean ± sd over seeds" : "one seed";
            List<Standing> shown = all.subList(0, Math.min(MOST_BARS, all.size()));
            String left = shown.size() < all.size() ? ", the best %d of %d".formatted(shown.size(), all.size()) : "";
            charts.add(Charts.bars(
                    "%s: %s, %s%s".formatted(setting, words, spread, left),
                    words,
                    shown.stream().map(Standing::name).toList(),
                    shown.stream().map(Standing::worth).toList()));
        });
        return charts;
    }
}
