package mfg.eval.reproduce;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import mfg.core.Exploitability;
import mfg.core.OnlineMirrorDescent;
import mfg.core.Parallel;
import mfg.core.Policy;
import mfg.core.PopulationFlow;
import mfg.core.Solution;
import mfg.core.Tensors;
import mfg.core.catalogue.CrowdGame;
import mfg.core.symmetry.AnonymousGame;
import mfg.core.symmetry.InducedGame;
import mfg.envs.symmetry.CrowdExploitability;
import mfg.envs.symmetry.Policies;
import mfg.eval.io.Progress;
import mfg.eval.learn.LearnConfig;

/**
 * What the exact equilibrium of the induced game is worth to the players of the asymmetric congestion game, computed without
 * chance: the floor of all that is learned in the induced game. One thing is swept at a time; the others are nothing.
 */
final class CongestionFloor {

    static final String GAME = "asymmetric-congestion";

    private static final String ALPHA = "alpha";
    private static final String BETA = "beta";
    private static final String TAU = "tau";

    /** With these the floor vanishes, and there is a law over each. */
    static final List<String> VANISHING = List.of(ALPHA, BETA, TAU);

    /** What two more laws are over. */
    static final String PLAYERS = "N, floor";

    private static final double[] DIFFERENCES = {0.01, 0.02, 0.05, 0.1, 0.2, 0.4};
    private static final double[] ENTROPIES = {0.01, 0.03, 0.1, 0.3};
    private static final List<Integer> COUNTS = List.of(10, 100, 1000, 10000);

    /** The players whose alpha and beta are swept. */
    private static final int SOME = 1000;

    /** How different those are whose N is swept. */
    private static final double DIFFERENT = 0.1;

    /** How mirror descent comes to an equilibrium, with and without entropy: by steps as large as it bears. */
    private static final double ETA = 2;

    private static final double ETA_TAU = 0.1;
    private static final int STEPS = 6000;
    private static final int STEPS_TAU = 600;
    private static final double TOLERANCE = 5e-7;
    private static final int EVERY = 100;

    private final Reproduction plan;
    private final int most;

    /**
     * Prepares to measure.
     *
     * @param most the most players
     */
    CongestionFloor(Reproduction plan, int most) {
        this.plan = plan;
        this.most = most;
    }

    /** The laws, each from all seeds. */
    List<ScalingLaw> laws(int seeds) {
        List<List<ScalingLaw>> bySeed;
        try (Progress progress = new Progress("floor", 0, seeds)) {
            bySeed = Parallel.map(LongStream.rangeClosed(1, seeds).boxed().toList(), plan.threads(), seed -> {
                List<ScalingLaw> laws = laws((long) seed);
                progress.advance("game " + seed);
                return laws;
            });
        }
        return IntStream.range(0, bySeed.get(0).size())
                .mapToObj(k -> {
                    ScalingLaw law = bySeed.get(0).get(k);
                    List<double[]> numbers = bySeed.stream()
                            .flatMap(laws -> laws.get(k).numbers().stream())
                            .toList();
                    return new ScalingLaw(law.over(), law.name(), law.bound(), law.x(), numbers);
                })
                .toList();
    }

    private List<ScalingLaw> laws(long seed) {
        double[] counts = counts(COUNTS, most);
        int some = Math.min(SOME, most);
        AnonymousGame alike = game(some, 0, 0, 0, seed);
        double[] equilibrium =
                equilibrium(InducedGame.ofAlike(alike), 0); // of all that is linear: it depends on nothing below
        List<ScalingLaw> laws = new ArrayList<>();
        laws.add(law(ALPHA, ALPHA, 1, DIFFERENCES, alpha -> among(game(some, alpha, 0, 0, seed), equilibrium)));
        laws.add(law(BETA, BETA, 1, DIFFERENCES, beta -> among(game(some, 0, beta, 0, seed), equilibrium)));
        laws.add(law(TAU, TAU, 1, ENTROPIES, tau -> among(alike, equilibrium(InducedGame.ofAlike(alike), tau))));
        laws.add(law(PLAYERS, "all alike, convex", -0.5, counts, n -> {
            AnonymousGame convex = game((int) n.doubleValue(), 0, 0, 1, seed);
            return exploitability(InducedGame.ofIndependent(convex), equilibrium(InducedGame.ofAlike(convex), 0));
        }));
        laws.add(law(
                PLAYERS,
                "alpha = beta = " + DIFFERENT,
                0,
                counts,
                n -> among(game((int) n.doubleValue(), DIFFERENT, DIFFERENT, 0, seed), equilibrium)));
        return laws;
    }

    private static ScalingLaw law(String over, String name, double bound, double[] x, Function<Double, Double> floor) {
        double[] y = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            y[k] = floor.apply(x[k]);
        }
        return new ScalingLaw(over, name, bound, x, List.of(y));
    }

    /** Those of the usual numbers of players that are not too many, or else the most. */
    static double[] counts(List<Integer> usual, int most) {
        return usual.stream().mapToDouble(n -> Math.min(n, most)).distinct().toArray();
    }

    private AnonymousGame game(int players, double alpha, double beta, double convexity, long seed) {
        LearnConfig config = plan.learning(
                Map.of(),
                Map.of(
                        "game", GAME,
                        "players", String.valueOf(players),
                        "alpha", String.valueOf(alpha),
                        "beta", String.valueOf(beta),
                        "convexity", String.valueOf(convexity)));
        return ((CrowdGame) config.game()).crowd(seed);
    }

    private double[] equilibrium(InducedGame induced, double tau) {
        OnlineMirrorDescent solver = new OnlineMirrorDescent(tau > 0 ? Math.min(ETA, ETA_TAU / tau) : ETA, tau);
        int steps = tau > 0 ? STEPS_TAU : STEPS;
        steps = Math.min(steps, plan.iterations(steps, steps));
        try (NDManager manager = NDManager.newBaseManager()) {
            Solution solution = Solution.find(
                    induced,
                    new NDList(),
                    solver,
                    new Solution.Stopping(steps, TOLERANCE, EVERY),
                    manager,
                    DataType.FLOAT64,
                    Solution.Listener.NONE);
            return Tensors.toDoubles(solver.policy(solution.state()).probabilities());
        }
    }

    /** Among players who do not notice each other's moves, in rewards that are linear: exact. */
    private static double among(AnonymousGame game, double[] policy) {
        CrowdExploitability.Plan all = new CrowdExploitability.Plan(2, game.players(), 1, 1);
        return CrowdExploitability.quick(game, new Policies(game.shape(), 1, policy), 0, all);
    }

    private static double exploitability(InducedGame game, double[] policy) {
        try (NDManager manager = NDManager.newBaseManager()) {
            Policy played = Policy.of(Tensors.create(
                    manager, DataType.FLOAT64, policy, game.shape().policy()));
            return Exploitability.plain(PopulationFlow.of(game, played, new NDList()));
        }
    }
}
