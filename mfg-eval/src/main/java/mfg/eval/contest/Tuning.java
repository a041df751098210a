package mfg.eval.contest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import mfg.core.Algorithm;
import mfg.core.InvalidInputException;
import mfg.core.Parallel;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Described;
import mfg.eval.config.Given;
import mfg.eval.io.Progress;
import mfg.eval.io.Range;
import mfg.eval.solve.SolveConfig;

/**
 * Finds a solver's step sizes on a set of games by successive halving (Jamieson and Talwalkar 2016): all settings of a grid run for an
 * eighth of the iterations, the better half of them twice as long, and so on. A setting is as good as its mean of {@code log10(least
 * exploitability / exploitability at the start)} over games; one that fails in a game counts as no better than the start there.
 */
final class Tuning {

    /** What is tuned, and over which numbers. */
    private static final Map<String, List<String>> GRIDS = Map.of(
            "eta", List.of("0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "3", "10"),
            "lr", List.of("0.003", "0.01", "0.03", "0.1", "0.3"),
            "weight", List.of("0", "0.03", "0.1", "0.3"),
            "temperature", List.of("0", "0.01", "0.1", "1", "10"),
            "every", List.of("1", "5", "20"),
            "parameterized", List.of("false", "true"));

    /** So often the worse half is dropped before what is left runs for all iterations. */
    private static final int HALVINGS = 3;

    /** Exploitability below this is as good as none. */
    private static final double NONE = 1e-12;

    private static final String ITERATIONS = "iterations";

    private Tuning() {}

    /**
     * Refuses what leaves nothing to search.
     *
     * @throws InvalidInputException if no step is taken, or the solver has only one setting
     */
    static void check(Catalogue catalogue, String algorithm, Map<String, String> options) {
        Range.atLeast("--" + ITERATIONS, Integer.parseInt(options.getOrDefault(ITERATIONS, "1")), 1);
        if (settings(catalogue, algorithm, options).size() == 1) {
            throw new InvalidInputException("%s has nothing to tune that is not given; what is tuned is --%s"
                    .formatted(algorithm, String.join(" --", new TreeSet<>(GRIDS.keySet()))));
        }
    }

    /**
     * A setting and what it is worth.
     *
     * @param options that were tuned
     * @param score the mean logarithm, the less the better
     * @param trials one a game
     */
    record Setting(Map<String, String> options, double score, List<Trial> trials) {}

    /**
     * What was found for one solver.
     *
     * @param usual the settings as they are without tuning
     * @param best the best one
     * @param tried how many settings there were
     */
    record Found(String algorithm, Setting usual, Setting best, int tried) {}

    /**
     * Tunes a solver.
     *
     * @param games what it is tuned on
     * @param options that stay as they are, {@code iterations} among them; what is among these is not tuned
     * @param threads how many runs at a time
     */
    static Found tune(List<Catalogue.Named> games, String algorithm, Map<String, String> options, int threads) {
        List<Map<String, String>> left = settings(games.get(0).catalogue(), algorithm, options);
        int tried = left.size();
        int iterations = Integer.parseInt(options.getOrDefault(ITERATIONS, "100"));
        List<Setting> ranked = List.of();
        int halvings = tried == 1 ? 0 : HALVINGS;
        try (Progress progress = new Progress("tune " + algorithm, 0, runs(tried, halvings) + 1)) {
            for (int halving = halvings; halving >= 0; halving--) {
                int some = Math.max(1, iterations >> halving);
                ranked = Parallel.map(left, threads, setting -> {
                            Setting measured = measured(games, algorithm, options, setting, some);
                            progress.advance("%d iterations".formatted(some));
                            return measured;
                        })
                        .stream()
                        .sorted(Comparator.comparingDouble(Setting::score))
                        .toList();
                left = ranked.subList(0, half(ranked.size())).stream()
                        .map(Setting::options)
                        .toList();
            }
            Setting usual = measured(games, algorithm, options, Map.of(), iterations);
            progress.advance("the usual setting");
            Setting best = ranked.get(0);
            return new Found(algorithm, usual, best.score() < usual.score() ? best : usual, tried);
        }
    }

    private static int half(int settings) {
        return (settings + 1) / 2;
    }

    /** How many settings are measured, all in all. */
    private static int runs(int settings, int halvings) {
        return settings + (halvings == 0 ? 0 : runs(half(settings), halvings - 1));
    }

    /** All settings of the grid of those options that the solver has. */
    private static List<Map<String, String>> settings(
            Catalogue catalogue, String algorithm, Map<String, String> options) {
        List<Map<String, String>> settings = new ArrayList<>(List.of(Map.of()));
        for (Described described :
                Described.of(catalogue, catalogue.chosen(Algorithm.class, algorithm, "--algorithm"))) {
            String option = described.option();
            if (!GRIDS.containsKey(option) || options.containsKey(option)) {
                continue;
            }
            List<Map<String, String>> more = new ArrayList<>();
            for (Map<String, String> setting : settings) {
                for (String value : GRIDS.get(option)) {
                    Map<String, String> longer = new LinkedHashMap<>(setting);
                    longer.put(option, value);
                    more.add(longer);
                }
            }
            settings = more;
        }
        return settings;
    }

    private static Setting measured(
            List<Catalogue.Named> games,
            String algorithm,
            Map<String, String> options,
            Map<String, String> setting,
            int iterations) {
        List<Trial> trials = new ArrayList<>();
        double sum = 0;
        for (Catalogue.Named game : games) {
            Map<String, String> all = new LinkedHashMap<>(options);
            all.keySet().retainAll(Contest.known(game, algorithm));
            all.putAll(setting);
            all.put("game", game.name());
            all.put("algorithm", algorithm);
            all.put(ITERATIONS, Integer.toString(iterations));
            Trial trial;
            try {
                trial = Trial.run(Binder.bind(game.catalogue(), SolveConfig.KIND, Given.options(all)));
            } catch (InvalidInputException e) { // two options that do not go together
                trial = new Trial(List.of(), List.of(), String.valueOf(e.getMessage()));
            }
            trials.add(trial);
            sum += trial.failure().isEmpty() ? gain(trial) : 0;
        }
        return new Setting(setting, sum / games.size(), trials);
    }

    private static double gain(Trial trial) {
        double start = Math.max(NONE, trial.exploitability().get(0));
        return Math.log10(Math.max(NONE, trial.least(trial.exploitability().size())) / start);
    }
}
