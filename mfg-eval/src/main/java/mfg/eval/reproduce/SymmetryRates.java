package mfg.eval.reproduce;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import mfg.core.catalogue.CrowdGame;
import mfg.eval.io.TextTable;
import mfg.eval.learn.LearnConfig;
import mfg.eval.learn.LearnResult;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;

/** Whether learning in a monotone game costs what theory allows, by N and by epsilon; and what it comes to at best. */
final class SymmetryRates {

    static final Figure RATES = new Figure(
            "symm-rates",
            "asymmetric-congestion: what learning costs, and its floor.\n"
                    + "Over N, over trajectories, over alpha, beta and tau. --players N is the most.",
            "from T ~ eps^-4 epochs of M ~ eps^-2 trajectories, whatever N, an equilibrium up to eps/tau + alpha/tau + beta/tau"
                    + " + 1/(tau sqrt(N)) + tau (SYMM Thm. 3).",
            "--iterations 20 -- --players 200",
            SymmetryRates::measure);

    private static final String FIGURE = "inducedExploitability";
    private static final String OVER_PLAYERS = "N";
    private static final String OVER_TRAJECTORIES = "T x M";

    /** {@code eps ~ (T M)^(-1/6)}. */
    private static final double BOUND = -1.0 / 6;

    /**
     * Whose data is learned from.
     *
     * @param name what it is called
     * @param options of {@code learn}
     * @param counts numbers of players to learn among, rising
     * @param players among whom trajectories are counted
     * @param epochs T, rising; M is its root, as in theory
     * @param times as many trajectories
     */
    private record Data(
            String name,
            Map<String, String> options,
            List<Integer> counts,
            int players,
            List<Integer> epochs,
            int times) {}

    /** Where players learn together their differences cancel out, so that these may be there. */
    private static final Data ALL = new Data(
            "all players' data",
            Map.of("td-data", "all", "alpha", "0.1", "beta", "0.1", "delta", "0.1"),
            List.of(100, 1000, 10_000, 100_000, 1_000_000),
            1000,
            List.of(16, 36, 64, 144, 256, 576),
            1);

    /** The paper's algorithm to the letter: a player alone needs hundreds of trajectories, and would learn its own taste. */
    private static final Data FIRST = new Data(
            "player 1's data",
            Map.of("td-data", "player-1", "alpha", "0", "beta", "0", "delta", "0.005"),
            List.of(10, 100, 1000),
            10,
            List.of(16, 36, 64, 144, 256),
            100);

    private static final Map<String, String> USUAL = Map.of("tau", "0.1", "xi0", "5");

    private SymmetryRates() {}

    private static Figure.Findings measure(Reproduction plan) throws IOException {
        LearnConfig usual = plan.learning(
                Map.of("players", plan.budget().of("100000", "1000000")), Map.of("game", CongestionFloor.GAME));
        int most = ((CrowdGame) usual.game()).crowd(1).players();
        int seeds = plan.budget().of(3, 10);
        List<ScalingLaw> laws = new ArrayList<>();
        for (Data data : List.of(ALL, FIRST)) {
            laws.add(overPlayers(plan, data, most, seeds));
        }
        for (Data data : List.of(ALL, FIRST)) {
            laws.add(overTrajectories(plan, data, most, seeds));
        }
        laws.addAll(new CongestionFloor(plan, most).laws(seeds));
        return new Figure.Findings(
                verdict(laws),
                TextTable.text(
                        List.of("over", "", "slope", "bound"),
                        laws.stream().map(ScalingLaw::line).toList()),
                laws.stream().flatMap(law -> law.rows().stream()).toList(),
                2,
                () -> List.of(
                        chart("Learning: over N", "players N", "exploitability", laws, List.of(OVER_PLAYERS)),
                        chart(
                                "Learning: over trajectories",
                                "T x M",
                                "exploitability",
                                laws,
                                List.of(OVER_TRAJECTORIES)),
                        chart(
                                "Floor: over alpha, beta, tau",
                                "alpha, beta or tau",
                                "mean exploitability",
                                laws,
                                CongestionFloor.VANISHING),
                        chart(
                                "Floor: over N",
                                "players N",
                                "mean exploitability",
                                laws,
                                List.of(CongestionFloor.PLAYERS))));
    }

    private static ScalingLaw overPlayers(Reproduction plan, Data data, int most, int seeds) throws IOException {
        double[] counts = CongestionFloor.counts(data.counts(), most);
        List<Learned> learned = new ArrayList<>();
        for (double n : counts) {
            learned.add(learned(plan, data, (int) n, data.epochs().get(1), seeds));
        }
        return law(OVER_PLAYERS, data, 0, counts, learned);
    }

    private static ScalingLaw overTrajectories(Reproduction plan, Data data, int most, int seeds) throws IOException {
        List<Learned> learned = new ArrayList<>();
        double[] trajectories = new double[data.epochs().size()];
        for (int k = 0; k < trajectories.length; k++) {
            int epochs = data.epochs().get(k);
            learned.add(learned(plan, data, Math.min(data.players(), most), epochs, seeds));
            trajectories[k] = (double) epochs(plan, epochs) * amount(data, epochs);
        }
        return law(OVER_TRAJECTORIES, data, BOUND, trajectories, learned);
    }

    private static int epochs(Reproduction plan, int epochs) {
        return Math.min(epochs, plan.iterations(epochs, epochs));
    }

    /** M. */
    private static int amount(Data data, int epochs) {
        return data.times() * (int) Math.round(Math.sqrt(epochs));
    }

    private static Learned learned(Reproduction plan, Data data, int players, int epochs, int seeds)
            throws IOException {
        String amount = String.valueOf(amount(data, epochs));
        return new Learned.Way(data.name(), data.options())
                .run(
                        plan,
                        "%s-%d-%d-%s".formatted(data.options().get("td-data"), players, epochs, amount),
                        USUAL,
                        Map.of(
                                "game", CongestionFloor.GAME,
                                "players", String.valueOf(players),
                                "epochs", String.valueOf(epochs(plan, epochs)),
                                "evaluate-every", String.valueOf(epochs),
                                "td-epochs", amount),
                        seeds);
    }

    private static ScalingLaw law(String over, Data data, double bound, double[] x, List<Learned> learned) {
        List<double[]> numbers = new ArrayList<>();
        for (int seed = 0; seed < learned.get(0).runs().size(); seed++) {
            int run = seed;
            numbers.add(learned.stream()
                    .map(Learned::runs)
                    .map(runs -> runs.get(run))
                    .mapToDouble(SymmetryRates::figure)
                    .toArray());
        }
        return new ScalingLaw(over, data.name(), bound, x, numbers);
    }

    private static double figure(LearnResult result) {
        return result.figure(FIGURE);
    }

    private static Plot.Curves chart(String title, String x, String y, List<ScalingLaw> laws, List<String> over) {
        List<ScalingLaw> shown =
                laws.stream().filter(law -> over.contains(law.over())).toList();
        return Charts.scalingBars(
                title,
                x,
                y,
                shown.stream().map(ScalingLaw::band).toList(),
                shown.stream().map(ScalingLaw::fit).toList());
    }

    /** No number of players or of trajectories may do worse than the bound, and no difference that vanishes. */
    static Verdict verdict(List<ScalingLaw> laws) {
        List<Boolean> parts = new ArrayList<>();
        Map<String, List<String>> why = new LinkedHashMap<>();
        for (ScalingLaw law : laws) {
            if (law.hasSlope()) {
                parts.add(
                        CongestionFloor.VANISHING.contains(law.over()) ? law.vanishesNoSlower() : law.growsNoFaster());
            }
            why.computeIfAbsent(law.over(), first -> new ArrayList<>()).add(law.text());
        }
        return Verdict.of(
                parts,
                "%s",
                why.entrySet().stream()
                        .map(over -> "over %s: %s".formatted(over.getKey(), String.join(", ", over.getValue())))
                        .collect(Collectors.joining("; ")));
    }
}
