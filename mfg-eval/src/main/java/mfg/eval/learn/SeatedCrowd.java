package mfg.eval.learn;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.LinkedHashMap;
import java.util.Map;
import mfg.core.Exploitability;
import mfg.core.MirrorMap;
import mfg.core.Policy;
import mfg.core.PopulationFlow;
import mfg.core.Streams;
import mfg.core.Tensors;
import mfg.core.catalogue.CrowdGame;
import mfg.core.symmetry.AnonymousGame;
import mfg.core.symmetry.Asymmetry;
import mfg.core.symmetry.InducedGame;
import mfg.envs.StateSimulator;
import mfg.envs.symmetry.CrowdExploitability;
import mfg.envs.symmetry.CrowdSimulation;
import mfg.envs.symmetry.CrowdSimulator;
import mfg.envs.symmetry.Plays;
import mfg.envs.symmetry.Policies;
import mfg.eval.io.Steps;
import mfg.eval.run.Context;
import org.jspecify.annotations.Nullable;

/** Players who differ: what they gain by leaving is measured player by player. */
final class SeatedCrowd extends Seated {

    /** Where configurations are sampled if the asymmetry cannot be had exactly. */
    private static final int CONFIGURATIONS = 1000;

    private final CrowdGame entry;
    private final AnonymousGame game;
    private final long seed;

    SeatedCrowd(CrowdGame entry, long seed) {
        super(entry);
        this.entry = entry;
        this.game = entry.crowd(seed);
        this.seed = seed;
    }

    @Override
    public StateSimulator simulator(long who) {
        return new CrowdSimulator(entry.crowd(who));
    }

    @Override
    public int players() {
        return game.players();
    }

    @Override
    Plays plays() {
        return new CrowdSimulation(game);
    }

    private CrowdExploitability.Plan plan(Learner.Measuring how, Context context) {
        return new CrowdExploitability.Plan(
                how.repetitions(), how.sample(), Streams.seed(seed, "measurement"), context.threads());
    }

    @Override
    double quick(Policies policies, Learner.Measuring how, Context context) {
        return CrowdExploitability.quick(game, policies, 0, plan(how, context));
    }

    @Override
    Map<String, @Nullable Object> measured(
            Policies average, @Nullable Policies last, double tau, Learner.Measuring how, Context context) {
        CrowdExploitability.Plan plan = plan(how, context);
        CrowdExploitability plain = measure("what was learned", average, 0, plan, context);
        Map<String, @Nullable Object> measured = new LinkedHashMap<>();
        measured.put("exploitability", plain.mean());
        if (last != null) {
            measured.put(
                    "lastExploitability",
                    measure("last policy", last, 0, plan, context).mean());
        }
        measured.put("maxExploitability", plain.max());
        measured.put("exploitabilityStandardError", plain.standardError());
        measured.put("maxExploitabilityStandardError", plain.maxStandardError());
        if (last != null) {
            measured.put(
                    "regularizedExploitability",
                    measure("with entropy", average, tau, plan, context).mean());
        }
        InducedGame induced = InducedGame.of(game);
        if (average.tables() == 1) {
            measured.put("inducedExploitability", inInduced(induced, average, tau));
        }
        Asymmetry asymmetry = Asymmetry.of(game, induced, CONFIGURATIONS, Streams.seed(seed, "asymmetry"));
        measured.put("alpha", asymmetry.alpha());
        measured.put("beta", asymmetry.beta());
        measured.put("asymmetry", asymmetry.statement());
        return measured;
    }

    private CrowdExploitability measure(
            String what, Policies policies, double tau, CrowdExploitability.Plan plan, Context context) {
        try (Steps progress = context.display().part(what, plan.repetitions())) {
            return CrowdExploitability.of(
                    game, policies, tau, plan, done -> progress.step(done, "plays against its best deviations"));
        }
    }

    /** What learning is still off: with entropy, in the induced game, where players do not differ. */
    private double inInduced(InducedGame induced, Policies policies, double tau) {
        try (NDManager scratch = NDManager.newBaseManager(Device.cpu())) {
            Policy policy = Policy.of(Tensors.create(
                    scratch,
                    DataType.FLOAT64,
                    policies.probabilities(),
                    game.shape().policy()));
            return Exploitability.regularized(PopulationFlow.of(induced, policy, new NDList()), tau, MirrorMap.ENTROPY);
        }
    }
}
