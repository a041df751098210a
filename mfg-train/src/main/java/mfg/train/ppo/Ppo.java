package mfg.train.ppo;

import ai.djl.ndarray.NDList;
import ai.djl.training.tracker.PolynomialDecayTracker;
import ai.djl.training.tracker.Tracker;
import java.util.Arrays;
import mfg.core.DivergedException;
import mfg.core.InvalidInputException;
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

    /** Returns whose variance is below this share of their square do not vary but by rounding. */
    private static final double ROUNDING = 1e-12;

    private final PpoOptions options;
    private final Backend backend;
    private final Rollout rollout;
    private final Tracker learningRate;
    private final long seed;
    private final State state;
    private int epoch;
    private RewardScale rewardScale;

    /**
     * What learning goes on from.
     *
     * @param theta parameters, whose manager is where all is computed; modified as learning goes on
     * @param adam how they follow gradients; modified, too
     * @param epoch how many epochs were learned from
     * @param rewardScale how rewards varied in them, where they are normalized
     */
    public record State(NDList theta, Adam adam, int epoch, RewardScale rewardScale) {

        /**
         * The start.
         *
         * @param theta parameters; modified as learning goes on
         */
        public State(NDList theta) {
            this(theta, new Adam(theta), 0, RewardScale.START);
        }
    }

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
     * @param explainedVariance of returns by the value network before the epoch's steps; 1 is all, and 0 where returns do not vary
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
     * @param threads how many chunks of a minibatch, or networks, at a time; changes no number
     * @throws InvalidInputException if many networks are to stop at a distance: they would take unlike numbers of steps
     */
    public Ppo(Simulator simulator, ActorCritic networks, PpoOptions options, State state, long seed, int threads) {
        if (options.targetKl() > 0 && networks.networks() > 1) {
            throw new InvalidInputException("a target of the distance is for one network, not for a network for each");
        }
        this.options = options;
        this.backend = Backend.of(simulator, networks, state.theta(), threads);
        this.rollout = new Rollout(simulator, backend);
        this.learningRate = PolynomialDecayTracker.builder()
                .setBaseValue((float) options.learningRate())
                .setEndLearningRate(0)
                .setDecaySteps(Math.max(1, options.epochs()))
                .build();
        this.seed = seed;
        this.state = state;
        this.epoch = state.epoch();
        this.rewardScale = state.rewardScale();
    }

    /**
     * Returns where learning is.
     *
     * @return the arrays are those that are modified by the next epoch
     */
    public State state() {
        return new State(state.theta(), state.adam(), epoch, rewardScale);
    }

    /**
     * Plays an episode and learns from it.
     *
     * @return what happened
     * @throws DivergedException if a gradient is not finite
     */
    public Epoch epoch() {
        long draw = Draws.at(seed, epoch);
        rollout.play(Draws.at(draw, 0));
        if (options.normalizeRewards()) {
            rewardScale = rewardScale.seen(rollout.rewards(), rollout.episodeReturns().length, options.gamma());
        }
        Samples samples = rollout.samples(options, options.normalizeRewards() ? rewardScale.deviation() : 1);
        float rate = learningRate.getNewValue(epoch);
        Steps steps = backend.learn(
                rollout.seen(),
                samples,
                new Backend.Lesson(options, options.valueClip(Math.sqrt(variance(samples.returns()))), rate, draw),
                state.adam());
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

    private Epoch report(Samples samples, Steps steps, double rate) {
        double[] returns = rollout.episodeReturns();
        PpoLoss loss = steps.loss();
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
                explained(samples),
                steps.norm(),
                rate);
    }

    private static double explained(Samples samples) {
        double all = variance(samples.returns());
        double mean = Arrays.stream(samples.returns()).average().orElseThrow();
        return all > ROUNDING * mean * mean ? 1 - variance(samples.advantages()) / all : 0;
    }

    private static double variance(double[] numbers) {
        double mean = Arrays.stream(numbers).average().orElseThrow();
        return Arrays.stream(numbers)
                .map(x -> (x - mean) * (x - mean))
                .average()
                .orElseThrow();
    }
}
