package mfg.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import mfg.core.InvalidInputException;
import mfg.core.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PerceptronsTest {

    private static final int PLAYERS = 3;
    private static final int FEATURES = 4;
    private static final int ACTIONS = 5;
    private static final int BATCH = 6;
    private static final int HIDDEN = 7;

    private final SplittableRandom random = new SplittableRandom(5);

    private NDArray uniform(NDManager manager, Shape shape) {
        double[] numbers = random.doubles(shape.size()).map(x -> 2 * x - 1).toArray();
        return Tensors.create(manager, DataType.FLOAT64, numbers, shape);
    }

    private static ActorCritic networks(Identity identity) {
        return new ActorCritic(PLAYERS, FEATURES, ACTIONS, HIDDEN, identity);
    }

    private NDList anywhere(ActorCritic networks, NDManager manager) {
        NDList theta = new NDList();
        networks.parameters().forEach(spec -> theta.add(uniform(manager, spec.shape())));
        return theta;
    }

    private static NDArray who(NDManager manager) {
        return manager.create(new long[] {0, 1, 2, 2, 1, 0});
    }

    @ParameterizedTest
    @EnumSource(Identity.class)
    void theWayBackIsTheDerivativeOfTheWayForward(Identity identity) {
        try (NDManager manager = NDManager.newBaseManager()) {
            ActorCritic networks = networks(identity);
            NDList theta = networks.policyPart(anywhere(networks, manager));
            NDArray seen = uniform(manager, new Shape(networks.networks(), BATCH, FEATURES));
            NDArray bar = uniform(manager, new Shape(networks.networks(), BATCH, ACTIONS));
            NDList engine = Autodiff.differentiate(
                            manager,
                            theta,
                            leaves -> networks.policy()
                                    .pass(
                                            leaves,
                                            leaves.head()
                                                    .getManager()
                                                    .zeros(seen.getShape(), DataType.FLOAT64)
                                                    .add(seen),
                                            who(manager))
                                    .output()
                                    .mul(bar)
                                    .sum())
                    .gradients();
            Perceptrons.Pass pass = networks.policy().pass(theta, seen, who(manager));
            NDList written = networks.policy().pullback(theta, pass, who(manager), bar);
            for (int i = 0; i < theta.size(); i++) {
                assertEquals(theta.get(i).getShape(), written.get(i).getShape());
                assertArrayEquals(
                        engine.get(i).toDoubleArray(),
                        written.get(i).toDoubleArray(),
                        1e-12,
                        networks.policy().parameters().get(i).name());
            }
        }
    }

    /** Sample by sample, number by number, in loops. */
    @ParameterizedTest
    @EnumSource(Identity.class)
    void logitsAreThoseOfTheFormula(Identity identity) {
        try (NDManager manager = NDManager.newBaseManager()) {
            ActorCritic networks = networks(identity);
            NDList theta = anywhere(networks, manager);
            NDArray seen = uniform(manager, new Shape(networks.networks(), BATCH, FEATURES));
            double[] logits = networks.logits(theta, seen, who(manager)).toDoubleArray();
            long[] who = who(manager).toLongArray();
            for (int k = 0; k < networks.networks(); k++) {
                for (int b = 0; b < BATCH; b++) {
                    double[] x = seen.get(k, b).toDoubleArray();
                    double[] extra = new double[HIDDEN];
                    if (identity == Identity.NUMBER) {
                        x = Arrays.copyOf(x, FEATURES + 1);
                        x[FEATURES] = (double) who[b] / PLAYERS;
                    } else if (identity == Identity.ONE_HOT) {
                        extra = theta.get(6).get(who[b]).toDoubleArray();
                    }
                    double[] first =
                            leaky(layer(x, theta.get(0).get(k), theta.get(1).get(k), extra));
                    double[] second =
                            leaky(layer(first, theta.get(2).get(k), theta.get(3).get(k), new double[HIDDEN]));
                    double[] y = layer(second, theta.get(4).get(k), theta.get(5).get(k), new double[ACTIONS]);
                    for (int a = 0; a < ACTIONS; a++) {
                        assertEquals(y[a], logits[(k * BATCH + b) * ACTIONS + a], 1e-12);
                    }
                }
            }
        }
    }

    private static double[] layer(double[] x, NDArray weights, NDArray biases, double[] extra) {
        double[] y = biases.toDoubleArray();
        for (int j = 0; j < y.length; j++) {
            y[j] += extra[j];
            for (int i = 0; i < x.length; i++) {
                y[j] += x[i] * weights.getDouble(j, i);
            }
        }
        return y;
    }

    /** The engine takes the slope in single precision. */
    private static double[] leaky(double[] x) {
        return Arrays.stream(x).map(v -> v > 0 ? v : 0.01f * v).toArray();
    }

    @ParameterizedTest
    @EnumSource(Identity.class)
    void startsAreOrthogonalAndPlayersStartAlike(Identity identity) {
        try (NDManager manager = NDManager.newBaseManager()) {
            ActorCritic networks = networks(identity);
            NDList theta = networks.start(new SplittableRandom(1), manager, DataType.FLOAT64);
            NDArray square = theta.get(2).get(0);
            NDArray product = square.transpose().matMul(square);
            assertArrayEquals(
                    Tensors.times(manager.eye(HIDDEN).toType(DataType.FLOAT64, false), 2)
                            .toDoubleArray(),
                    product.toDoubleArray(),
                    1e-12);
            if (identity == Identity.ONE_HOT) {
                assertEquals(0, theta.get(6).abs().sum().getDouble());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Identity.class)
    void aPlayerAloneDoesAndExpectsTheSame(Identity identity) {
        try (NDManager manager = NDManager.newBaseManager()) {
            ActorCritic networks = networks(identity);
            ActorCritic one = new ActorCritic(1, FEATURES, ACTIONS, HIDDEN, Identity.NONE);
            NDList theta = anywhere(networks, manager);
            NDArray seen = uniform(manager, new Shape(networks.networks(), BATCH, FEATURES));
            NDArray nobody = manager.create(new long[1]);
            for (int player = 0; player < PLAYERS; player++) {
                int network = identity == Identity.INDEPENDENT ? player : 0;
                int place = identity == Identity.INDEPENDENT ? 4 : player; // where this player is in who
                NDArray row = seen.get(network, place).reshape(1, 1, FEATURES);
                NDList alone = networks.alone(theta, player);
                assertArrayEquals(
                        networks.logits(theta, seen, who(manager))
                                .get(network, place)
                                .toDoubleArray(),
                        one.logits(alone, row, nobody).toDoubleArray(),
                        1e-12);
                assertArrayEquals(
                        networks.values(theta, seen, who(manager))
                                .get(network, place)
                                .toDoubleArray(),
                        one.values(alone, row, nobody).toDoubleArray(),
                        1e-12);
            }
        }
    }

    @Test
    void snapshotsHoldTheNetworks(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("networks.npz");
        try (NDManager manager = NDManager.newBaseManager()) {
            ActorCritic networks = networks(Identity.ONE_HOT);
            NDList theta = networks.start(new SplittableRandom(1), manager, DataType.FLOAT32);
            Snapshot.save(file, theta);
            NDList again = Snapshot.load(file, networks.parameters(), manager, DataType.FLOAT32);
            for (int i = 0; i < theta.size(); i++) {
                assertArrayEquals(theta.get(i).toFloatArray(), again.get(i).toFloatArray());
            }
            assertThrows(
                    InvalidInputException.class,
                    () -> Snapshot.load(file, networks(Identity.NONE).parameters(), manager, DataType.FLOAT32));
        }
    }

    @Test
    void unknownIdentitiesAreRefused() {
        assertEquals(Identity.ONE_HOT, Identity.named("one-hot"));
        assertThrows(InvalidInputException.class, () -> Identity.named("name"));
        assertThrows(InvalidInputException.class, () -> new ActorCritic(1, 1, 2, 0, Identity.NONE));
    }
}
