package mfg.train.ppo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.BatchSampler;
import ai.djl.training.tracker.PolynomialDecayTracker;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.util.Arrays;
import mfg.core.DivergedException;
import mfg.core.Scope;
import mfg.core.Tensors;
import mfg.envs.Simulator;
import mfg.envs.players.Draws;
import mfg.nn.ActorCritic;
import mfg.train.Adam;

/**
 * Proximal policy optimization. An epoch: everybody plays one episode; how much better each action was than expected is estimated;
 * then the networks follow that advantage in small steps, several times through the episode, and no further than clipping allows.
 * The learning rate falls linearly to 0.
 *
 * <p>With one network all agents' samples are of one policy; with a network for each, everyone learns from its own, side by side:
 * its own minibatches, its own gradient norm. There an agent's minibatches are of the same rounds as everybody else's.
 */
public final class Ppo {

    private final ActorCritic networks;
    private final PpoOptions options;
    private final PpoGradient gradient;
    private final Rollout rollout;
    private final Tracker learningRate;
    private final long seed;
    private final State state;
    private final DataType type;
    private int epoch;

    /**
     * What learning goes on from.
     *
     * @param theta parameters, whose manager is where all is computed; modified as learning goes on
     * @param adam how they follow gradients; modified, too
     * @param epoch how many epochs were learned from
     */
    public record State(NDList theta, Adam adam, int epoch) {}

    /**
     * What happened in an epoch; what concerns steps is averaged over all of its steps.
     *
     * @param epoch from 1
     * @param meanReturn what an agent earned in the episode, averaged over agents
     * @param returnDeviation the standard deviation of that over agents
     * @param policyLoss the clipped loss
     * @param valueLoss half the squared error, without its weight
     * @param entropy of the policy where agents were
     * @param oldKl the simpler estimate of how far the policy moved
     * @param kl the better one
     * @param clipFraction the share of samples that moved further than clipping allows
     * @param explainedVariance of returns by the value network before the epoch's steps; 1 is all
     * @param gradientNorm before it is cut, averaged over networks
     * @param learningRate of this epoch
     */
    public record Epoch(
            int epoch,
            double meanReturn,
            double returnDeviation,
            double policyLoss,
            double valueLoss,
            double entropy,
            double oldKl,
            double kl,
            double clipFraction,
            double explainedVariance,
            double gradientNorm,
            double learningRate) {}

    /**
     * Prepares to learn, or to go on.
     *
     * @param simulator what is played
     * @param networks for its players, features and actions
     * @param options how to learn
     * @param state where from; its arrays are modified
     * @param seed decides all that is random
     * @param threads how many chunks of a minibatch at a time; changes no number
     */
    public Ppo(Simulator simulator, ActorCritic networks, PpoOptions options, State state, long seed, int threads) {
        this.networks = networks;
        this.options = options;
        this.gradient = new PpoGradient(networks, options, threads);
        this.rollout = new Rollout(simulator, networks, state.theta());
        this.learningRate = PolynomialDecayTracker.builder()
                .setBaseValue((float) options.learningRate())
                .setEndLearningRate(0)
                .setDecaySteps(Math.max(1, options.epochs()))
                .build();
        this.seed = seed;
        this.state = state;
        this.type = state.theta().head().getDataType();
        this.epoch = state.epoch();
    }

    /**
     * Returns where learning is.
     *
     * @return the arrays are those that are modified by the next epoch
     */
    public State state() {
        return new State(state.theta(), state.adam(), epoch);
    }

    /**
     * Plays an episode and learns from it.
     *
     * @return what happened
     * @throws DivergedException if a gradient is not finite
     */
    public Epoch epoch() {
        NDManager manager = state.theta().head().getManager();
        long draw = Draws.at(seed, epoch);
        rollout.play(Draws.at(draw, 0));
        Samples samples = rollout.samples(options);
        float rate = learningRate.getNewValue(epoch);
        Steps steps = new Steps();
        try (Scope scope = new Scope(manager)) {
            ArrayDataset data = new ArrayDataset.Builder()
                    .setData(rollout.seen(scope.manager()), rollout.who(scope.manager()))
                    .setSampling(1, false)
                    .build();
            int batch = Math.max(1, Math.min(rollout.items(), options.minibatch() / networks.networks()));
            for (int pass = 0; pass < options.passes(); pass++) {
                Shuffle shuffle = new Shuffle(Draws.at(draw, 1L + pass));
                for (Batch minibatch : data.getData(scope.manager(), new BatchSampler(shuffle, batch), null)) {
                    step(minibatch, samples, rate, steps);
                    minibatch.close();
                }
            }
        } catch (IOException | TranslateException e) {
            throw new IllegalStateException("data in memory can be read", e);
        }
        epoch++;
        return report(samples, steps, rate);
    }

    /**
     * Returns what each agent earned in the last epoch's episode.
     *
     * @return (agents); zeros before the first
     */
    public double[] episodeReturns() {
        return rollout.episodeReturns();
    }

    /** Sums over steps. */
    private static final class Steps {
        private PpoLoss loss = PpoLoss.ZERO;
        private double norm;
        private int count;
    }

    private void step(Batch minibatch, Samples all, double rate, Steps steps) {
        int[] items = minibatch.getIndices().stream()
                .mapToInt(index -> ((Number) index).intValue())
                .toArray();
        Samples samples = all.pick(items, networks.networks()).normalized(networks.networks());
        NDManager manager = minibatch.getManager();
        NDArray seen = Actor.byNetwork(minibatch.getData().get(0));
        NDArray who = minibatch.getData().get(1);
        PpoGradient.Result result = gradient.of(state.theta(), seen, who, samples, manager);
        steps.norm += cut(result.ascent());
        steps.loss = steps.loss.plus(result.loss(), 1);
        steps.count++;
        state.adam().ascend(state.theta(), result.ascent(), rate);
    }

    /** Cuts each network's gradient to the largest norm, in place; returns the mean norm before. */
    private double cut(NDList gradients) {
        int count = networks.networks();
        NDArray squares = gradients.head().getManager().zeros(new Shape(count), type);
        for (NDArray array : gradients) {
            squares.addi(array.square().reshape(count, -1).sum(new int[] {1}));
        }
        double[] norms = Tensors.toDoubles(squares.sqrt());
        double[] factors = Arrays.stream(norms)
                .map(norm -> Math.min(1, options.gradientNorm() / (norm + 1e-6)))
                .toArray();
        double mean = Arrays.stream(norms).average().orElseThrow();
        if (!Double.isFinite(mean)) {
            throw new DivergedException(
                    "the gradient of epoch %d is not finite; a smaller learning rate may help".formatted(epoch + 1));
        }
        NDArray factor = Tensors.create(squares.getManager(), type, factors, new Shape(count, 1));
        for (NDArray array : gradients) {
            array.reshape(count, -1).muli(factor);
        }
        return mean;
    }

    private Epoch report(Samples samples, Steps steps, double rate) {
        double[] returns = rollout.episodeReturns();
        PpoLoss loss = PpoLoss.ZERO.plus(steps.loss, 1.0 / steps.count);
        return new Epoch(
                epoch,
                Arrays.stream(returns).average().orElseThrow(),
                Math.sqrt(variance(returns)),
                loss.policy(),
                loss.value(),
                loss.entropy(),
                loss.oldKl(),
                loss.kl(),
                loss.clipped(),
                1 - variance(samples.advantages()) / variance(samples.returns()),
                steps.norm / steps.count,
                rate);
    }

    private static double variance(double[] numbers) {
        double mean = Arrays.stream(numbers).average().orElseThrow();
        return Arrays.stream(numbers)
                .map(x -> (x - mean) * (x - mean))
                .average()
                .orElseThrow();
    }
}
