package mfg.train.ppo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mfg.core.Tensors;
import mfg.nn.ActorCritic;
import mfg.nn.Autodiff;
import mfg.nn.Identity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The written-out gradient against the engine's, of the formula in array operations, and against differences of the loss. */
final class PpoGradientTest {

    private static final int PLAYERS = 3;
    private static final int FEATURES = 4;
    private static final int ACTIONS = 5;

    private final SplittableRandom random = new SplittableRandom(9);
    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    /** A minibatch, and networks that moved since it was played. */
    private final class Problem {

        private final ActorCritic networks;
        private final PpoOptions options;
        private final int batch;
        private final NDList theta = new NDList();
        private final NDArray seen;
        private final NDArray who;
        private final Samples samples;

        private final Backend.Lesson lesson;

        Problem(Identity identity, int batch, boolean clipValues) {
            this.batch = batch;
            networks = new ActorCritic(PLAYERS, FEATURES, ACTIONS, 6, identity);
            options = new PpoOptions(
                    1,
                    0.1,
                    0.9,
                    0.9,
                    0.3,
                    0.7,
                    0.5,
                    0.2,
                    clipValues ? PpoOptions.ValueClipping.ABSOLUTE : PpoOptions.ValueClipping.NONE,
                    false,
                    0,
                    1,
                    batch,
                    PpoOptions.CLEAN_RL);
            lesson = new Backend.Lesson(options, options.valueClip(1), 0.1f, 0);
            networks.parameters().forEach(spec -> theta.add(array(spec.shape(), -1, 1)));
            int count = networks.networks();
            seen = array(new Shape(count, batch, FEATURES), -1, 1);
            who = manager.create(random.longs(batch, 0, PLAYERS).toArray());
            int size = count * batch;
            int[] actions = random.ints(size, 0, ACTIONS).toArray();
            double[] logits = networks.logits(theta, seen, who).toDoubleArray();
            double[] values = networks.values(theta, seen, who).toDoubleArray();
            Categorical pi = new Categorical(ACTIONS);
            double[] logs = new double[size];
            for (int k = 0; k < size; k++) {
                pi.read(logits, k * ACTIONS);
                logs[k] = pi.log(actions[k]) + random.nextDouble(-0.5, 0.5);
                values[k] += random.nextDouble(-0.5, 0.5);
            }
            double[] advantages = random.doubles(size, -2, 2).toArray();
            double[] returns = random.doubles(size, -2, 2).toArray();
            samples = new Samples(actions, logs, advantages, returns, values);
        }

        PpoGradient.Result result(NDList at) {
            return new PpoGradient(networks, lesson).of(at, seen, who, samples, manager);
        }

        /** The sum over networks of their losses, by {@link PpoLoss}. */
        double loss(NDList at) {
            PpoLoss loss = result(at).loss();
            double one = loss.policy() + options.valueLoss() * loss.value() - options.entropy() * loss.entropy();
            return networks.networks() * one;
        }

        /** The same as one expression of arrays. */
        NDArray plain(NDList at) {
            NDManager own = at.head().getManager();
            NDArray x = Tensors.copy(own, seen);
            NDArray logs = networks.policy()
                    .pass(networks.policyPart(at), x, who)
                    .output()
                    .logSoftmax(-1);
            NDArray value = networks.value()
                    .pass(networks.valuePart(at), x, who)
                    .output()
                    .squeeze(2);
            Shape shape = value.getShape();
            NDArray chosen =
                    manager.create(samples.actions(), shape).oneHot(ACTIONS).toType(DataType.FLOAT64, false);
            NDArray logRatio = logs.mul(chosen).sum(new int[] {2}).sub(array(samples.logProbabilities(), shape));
            NDArray ratio = logRatio.exp();
            NDArray advantages = array(samples.advantages(), shape);
            NDArray clipped = clip(ratio, 1 - options.clip(), 1 + options.clip());
            NDArray policy = NDArrays.minimum(ratio.mul(advantages), clipped.mul(advantages))
                    .neg();
            NDArray entropy = logs.exp().mul(logs).sum(new int[] {2}).neg();
            NDArray returns = array(samples.returns(), shape);
            NDArray old = array(samples.values(), shape);
            NDArray error = value.sub(returns).square();
            if (Double.isFinite(lesson.valueClip())) {
                NDArray held =
                        clip(value.sub(old), -options.clip(), options.clip()).add(old);
                error = NDArrays.maximum(error, held.sub(returns).square());
            }
            NDArray all = policy.add(Tensors.times(error, options.valueLoss() / 2))
                    .sub(Tensors.times(entropy, options.entropy()));
            return Tensors.times(all.sum(), 1.0 / batch);
        }

        private NDArray clip(NDArray x, double from, double to) {
            NDArray low = array(
                    IntStream.range(0, (int) x.size()).mapToDouble(k -> from).toArray(), x.getShape());
            NDArray high = array(
                    IntStream.range(0, (int) x.size()).mapToDouble(k -> to).toArray(), x.getShape());
            return NDArrays.minimum(NDArrays.maximum(x, low), high);
        }
    }

    private NDArray array(Shape shape, double from, double to) {
        return array(random.doubles(shape.size(), from, to).toArray(), shape);
    }

    private NDArray array(double[] numbers, Shape shape) {
        return Tensors.create(manager, DataType.FLOAT64, numbers, shape);
    }

    @ParameterizedTest
    @CsvSource({"NONE, true", "NONE, false", "ONE_HOT, true", "NUMBER, true", "INDEPENDENT, true", "INDEPENDENT, false"
    })
    void agreesWithTheEngine(Identity identity, boolean clipValues) {
        Problem problem = new Problem(identity, 50, clipValues);
        Autodiff.Differentiated plain = Autodiff.differentiate(manager, problem.theta, problem::plain);
        NDList ascent = problem.result(problem.theta).ascent();
        assertEquals(plain.value().getDouble(), problem.loss(problem.theta), 1e-12);
        for (int i = 0; i < ascent.size(); i++) {
            assertArrayEquals(
                    plain.gradients().get(i).neg().toDoubleArray(),
                    ascent.get(i).toDoubleArray(),
                    1e-12);
        }
    }

    @ParameterizedTest
    @EnumSource(Identity.class)
    void agreesWithDifferencesOfTheLoss(Identity identity) {
        Problem problem = new Problem(identity, 50, true);
        NDList ascent = problem.result(problem.theta).ascent();
        for (int i = 0; i < ascent.size(); i++) {
            int one = i;
            NDArray direction = array(ascent.get(i).getShape(), -1, 1);
            double slope = -ascent.get(i).mul(direction).sum().getDouble();
            double step = 1e-6;
            double[] beside = IntStream.of(1, -1)
                    .mapToDouble(sign -> {
                        NDList moved = new NDList(problem.theta);
                        moved.set(one, problem.theta.get(one).add(direction.mul(sign * step)));
                        return problem.loss(moved);
                    })
                    .toArray();
            assertEquals(slope, (beside[0] - beside[1]) / (2 * step), 1e-6 * (1 + Math.abs(slope)));
        }
    }
}
