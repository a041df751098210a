package mfg.eval.learn;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import mfg.core.Algorithm;
import mfg.core.Constants;
import mfg.core.Exploitability;
import mfg.core.Iteration;
import mfg.core.MeanFieldGame;
import mfg.core.Objective;
import mfg.core.ParameterSpec;
import mfg.core.Policy;
import mfg.core.PopulationFlow;
import mfg.core.Round;
import mfg.core.Scope;
import mfg.core.Streams;
import mfg.core.Tensors;
import mfg.core.catalogue.DesignableGame;
import mfg.core.catalogue.Parameter;
import mfg.core.catalogue.SolvableGame;
import mfg.envs.StateSimulator;
import mfg.envs.auction.AuctionGame;
import mfg.envs.players.Actions;
import mfg.envs.players.IndependentPlayers;
import mfg.envs.players.NPlayerEvaluation;
import mfg.envs.players.NPlayerGame;
import mfg.envs.players.PlayedGame;
import mfg.envs.symmetry.Plays;
import mfg.envs.symmetry.Policies;
import mfg.envs.symmetry.StatePlays;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import mfg.eval.io.Steps;
import mfg.eval.run.Context;
import org.jspecify.annotations.Nullable;

/**
 * Players of a game whose mean field is known, all alike; a design, where there is one, is theta = 0. They learn from plays alone. What they have
 * learned is then held against the mean field: how much there is to gain by leaving, there and among N, and how far it is from an
 * equilibrium that a solver finds.
 *
 * @param <R> the game's kind of round
 */
final class SeatedField<R extends Round> extends Seated {

    private final SolvableGame<R> entry;
    private final NDManager manager;
    private final MeanFieldGame<R> game;
    private final Objective<R> objective;
    private final NDList theta = new NDList();
    private final NPlayerGame seated;
    private final long seed;

    SeatedField(SolvableGame<R> entry, int players, long seed) {
        super(entry);
        this.seed = seed;
        this.entry = entry;
        this.manager = NDManager.newBaseManager(Device.cpu());
        try {
            this.game = entry.build(new Constants(manager, DataType.FLOAT64));
            for (ParameterSpec parameter : game.parameters()) {
                theta.add(manager.zeros(parameter.shape(), DataType.FLOAT64));
            }
            if (entry instanceof DesignableGame<R> designable) {
                this.objective = designable.objective();
                this.seated = PlayedGame.seat(designable, game, objective, theta, players, manager);
            } else {
                this.objective = SeatedField::reward;
                this.seated = new IndependentPlayers<>(game, theta, objective, players, manager);
            }
        } catch (RuntimeException | Error e) {
            manager.close();
            throw e;
        }
    }

    /** What a player earns on average. */
    private static NDArray reward(PopulationFlow<?> flow, NDList theta) {
        NDArray sum = flow.at(0).mul(flow.rounds().get(0).reward()).sum();
        for (int h = 1; h < flow.rounds().size(); h++) {
            sum = sum.add(flow.at(h).mul(flow.rounds().get(h).reward()).sum());
        }
        return sum;
    }

    @Override
    public StateSimulator simulator(long seed) {
        return seated.simulator();
    }

    @Override
    public int players() {
        return seated.players();
    }

    @Override
    Plays plays() {
        return new StatePlays(seated.simulator());
    }

    /** In the mean field. */
    @Override
    double quick(Policies policies, Learner.Measuring how, Context context) {
        try (Scope scope = new Scope(manager)) {
            return Exploitability.plain(flow(policies, scope));
        }
    }

    private PopulationFlow<R> flow(Policies policies, Scope scope) {
        double[] played = seated.legal(policies.mean());
        NDArray pi = Tensors.create(
                scope.manager(), DataType.FLOAT64, played, game.shape().policy());
        return PopulationFlow.of(game, Policy.of(pi), scope.in(theta));
    }

    @Override
    Map<String, @Nullable Object> measured(
            Policies average, @Nullable Policies last, double tau, Learner.Measuring how, Context context) {
        Map<String, @Nullable Object> measured = new LinkedHashMap<>();
        try (Scope scope = new Scope(manager)) {
            PopulationFlow<R> learned = flow(average, scope);
            double worth = Tensors.toDouble(objective.of(learned, scope.in(theta)));
            NPlayerEvaluation among = among(average, worth, how, context);
            measured.put("exploitability", among.exploitability());
            measured.put("exploitabilityStandardError", among.exploitabilityError());
            measured.put("meanFieldExploitability", Exploitability.plain(learned));
            if (last != null) {
                measured.put("lastMeanFieldExploitability", quick(last, how, context));
            }
            measured.put("meanReward", among.reward());
            measured.put("objective", among.objective());
            measured.put("objectiveStandardError", among.standardError());
            measured.putAll(besideEquilibrium(learned, scope, context));
        }
        return measured;
    }

    private NPlayerEvaluation among(Policies policies, double worth, Learner.Measuring how, Context context) {
        NPlayerEvaluation.Plan plan =
                new NPlayerEvaluation.Plan(how.repetitions(), Streams.seed(seed, "measurement"), context.threads());
        Actions everybody = Actions.tabular(game.shape(), seated.legal(policies.mean()));
        AtomicInteger done = new AtomicInteger();
        try (Steps progress = context.display().part("among N players", plan.plays())) {
            return NPlayerEvaluation.of(
                    List.of(new NPlayerEvaluation.Prediction(seated, everybody, worth)),
                    plan,
                    more -> progress.step(done.addAndGet(more), "plays"));
        }
    }

    // ---- the equilibrium ----

    /** What finds it: what {@code solve} would take. */
    private record Solving(
            @Parameter(about = "the solver", value = "omd") Algorithm algorithm,

            @Parameter(about = "its steps", value = "1000", min = 0)
            int iterations) {}

    private Map<String, @Nullable Object> besideEquilibrium(PopulationFlow<R> learned, Scope scope, Context context) {
        Map<String, String> suiting = new LinkedHashMap<>(entry.defaults());
        suiting.keySet().retainAll(List.of("eta", "tau", "map"));
        Solving solving = Binder.bind(
                Catalogue.builtIn(), new Binder.Kind<>("solve", Solving.class, suiting), Given.options(Map.of()));
        double[] best = {};
        double least = Double.POSITIVE_INFINITY;
        try (Iteration iteration = solving.algorithm().iteration(game, theta, manager, DataType.FLOAT64, 1);
                Steps progress = context.display().part("the mean field's equilibrium", solving.iterations())) {
            iteration.start();
            for (int k = 0; k <= solving.iterations(); k++) {
                double now = iteration.measure().exploitability();
                if (now < least) {
                    least = now;
                    best = iteration.numbers();
                }
                iteration.step();
                progress.step(k, "steps");
            }
            NDArray state = iteration.state(scope.manager());
            NDArray kept = Tensors.create(scope.manager(), DataType.FLOAT64, best, state.getShape());
            PopulationFlow<R> equilibrium = PopulationFlow.of(game, iteration.policy(kept), scope.in(theta));
            Map<String, @Nullable Object> beside = new LinkedHashMap<>();
            beside.put("equilibriumExploitability", least);
            beside.put("equilibriumObjective", Tensors.toDouble(objective.of(equilibrium, scope.in(theta))));
            beside.put("flowDistance", distance(learned, equilibrium, false));
            beside.put("actionDistance", distance(learned, equilibrium, true));
            if (entry instanceof AuctionGame auction) {
                beside.put("bidDistance", bidDistance(learned, equilibrium, auction.grid()));
            }
            return beside;
        }
    }

    /** Half the l1 distance of flows or, summed over states, of what is done; averaged over rounds. */
    private double distance(PopulationFlow<R> one, PopulationFlow<R> other, boolean overStates) {
        NDArray apart = one.stacked().sub(other.stacked()); // (H, S, A)
        NDArray counted = overStates ? apart.sum(new int[] {1}) : apart;
        return Tensors.toDouble(counted.abs().sum()) / 2 / game.shape().rounds();
    }

    /**
     * How much bids must be moved to become those of the equilibrium: the earth mover's distance of the two distributions of bids at a
     * value in a round, averaged over who bids in equilibrium.
     *
     * @param bids ascending, of bidders with a value; the last state is that of all others
     */
    private static double bidDistance(PopulationFlow<?> learned, PopulationFlow<?> equilibrium, double[] bids) {
        double moved = 0;
        double bidders = 0;
        for (int h = 0; h < learned.rounds().size(); h++) {
            double[] one = Tensors.toDoubles(learned.policy(h));
            double[] other = Tensors.toDoubles(equilibrium.policy(h));
            double[] mass = Tensors.toDoubles(equilibrium.states(h));
            for (int s = 0; s < bids.length; s++) {
                double ahead = 0; // how much more of one than of the other lies below
                bidders += mass[s];
                for (int a = 0; a < bids.length - 1; a++) {
                    ahead += one[s * bids.length + a] - other[s * bids.length + a];
                    moved += mass[s] * Math.abs(ahead) * (bids[a + 1] - bids[a]);
                }
            }
        }
        return moved / bidders;
    }

    @Override
    public void close() {
        manager.close();
    }
}
