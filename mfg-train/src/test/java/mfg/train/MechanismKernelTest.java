package mfg.train;

import static mfg.envs.auction.UniformPrice.Pays.HIGHEST_LOSING;
import static mfg.envs.auction.UniformPrice.Pays.LOWEST_WINNING;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import mfg.core.Constants;
import mfg.core.Mechanism;
import mfg.core.MechanismKernel;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;
import mfg.core.kernel.Kernels;
import mfg.envs.auction.FirstPrice;
import mfg.envs.auction.FirstPriceSchedule;
import mfg.envs.auction.PostedPriceMechanism;
import mfg.envs.auction.ReservePrice;
import mfg.envs.auction.StaticMechanism;
import mfg.envs.auction.UniformPrice;
import mfg.nn.Autodiff;
import mfg.nn.NeuralMechanism;
import mfg.nn.Theta;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Mechanisms on primitive arrays make the engine's offers, and pull back what its automatic differentiation does. */
class MechanismKernelTest {

    @Property(tries = 80, edgeCases = EdgeCasesMode.NONE)
    void offersAndPullbacksAreTheEngines(
            @ForAll Problems.Kind kind,
            @ForAll boolean vectors,
            @ForAll @IntRange(min = 1, max = 4) int rounds,
            @ForAll @IntRange(min = 2, max = 40) int bids,
            @ForAll @IntRange(min = 1, max = 40) int hidden,
            @ForAll @IntRange(min = 1, max = 20) int offers,
            @ForAll long seed) {
        check(Kernels.allDoubles().get(vectors ? 1 : 0), kind, rounds, bids, hidden, offers, seed, 1e-12, 1e-10);
        check(Kernels.allFloats().get(vectors ? 1 : 0), kind, rounds, bids, hidden, offers, seed, 2e-5, 1e-4);
    }

    /** More of a round than are multiplied at once, or exactly as many. */
    @Property(tries = 8, edgeCases = EdgeCasesMode.NONE)
    void longSumsOfPullbacksAreTheEngines(
            @ForAll boolean vectors, @ForAll @IntRange(min = 1, max = 3) int blocks, @ForAll long seed) {
        Kernels<double[]> kernels = Kernels.allDoubles().get(vectors ? 1 : 0);
        check(kernels, Problems.Kind.NEURAL, 1, 9, 11, 16 * blocks, seed, 1e-12, 1e-10);
        check(kernels, Problems.Kind.NEURAL, 11, 9, 11, 64 * blocks, seed, 1e-12, 1e-10);
    }

    private static <F> void check(
            Kernels<F> kernels,
            Problems.Kind kind,
            int rounds,
            int bids,
            int hidden,
            int offers,
            long seed,
            double close,
            double slopesClose) {
        DataType type = kernels.bytes() == Double.BYTES ? DataType.FLOAT64 : DataType.FLOAT32;
        SplittableRandom random = new SplittableRandom(seed);
        try (NDManager manager = NDManager.newBaseManager();
                Constants constants = new Constants(manager, type)) {
            double[] perRound = random.doubles(rounds).toArray();
            Mechanism mechanism =
                    switch (kind) {
                        case NEURAL -> new NeuralMechanism(constants, rounds, bids, hidden);
                        case STATIC -> new StaticMechanism(constants, rounds, bids);
                        case FIRST_PRICE -> new FirstPrice(constants, bids, perRound);
                        case SCHEDULE -> new FirstPriceSchedule(constants, rounds, bids, 0.8);
                        case RESERVE -> new ReservePrice(constants, bids, perRound);
                        case POSTED_PRICE -> new PostedPriceMechanism(constants, bids, perRound);
                        case UNIFORM_PRICE -> uniformPrice(constants, bids, perRound, random, LOWEST_WINNING);
                        case SECOND_PRICE -> uniformPrice(constants, bids, perRound, random, HIGHEST_LOSING);
                    };
            // not so large that the engine's softplus takes its shortcut for x above 20
            List<ParameterSpec> specs = mechanism.parameters().stream()
                    .map(spec ->
                            new ParameterSpec(spec.name(), spec.shape(), spec.spread() > 0 ? 1.2 * spec.spread() : 1))
                    .toList();
            NDList theta = Theta.uniform(specs, random, manager, type);
            Offers asked = Offers.draw(offers, rounds, bids, random, type);
            compare(mechanism, kernels, theta, asked, manager, close, slopesClose);
        }
    }

    /** Sometimes without a reserve. */
    private static UniformPrice uniformPrice(
            Constants constants, int bids, double[] shares, SplittableRandom random, UniformPrice.Pays pays) {
        double[] reserves =
                random.doubles(shares.length, -0.5, 1).map(x -> Math.max(0, x)).toArray();
        return new UniformPrice(constants, bids, shares, reserves, pays);
    }

    /** Offers to be made, and cotangents of what was offered. */
    private record Offers(
            DataType type,
            int[] rounds,
            double[][] bids,
            double[] remaining,
            double[] goodsBars,
            double[][] paymentsBars) {

        static Offers draw(int count, int rounds, int bids, SplittableRandom random, DataType type) {
            double[][] distributions = new double[count][];
            double[][] paymentsBars = new double[count][];
            for (int i = 0; i < count; i++) {
                // masses below 1 in all, some nobody, one next to nobody
                distributions[i] = random.doubles(bids)
                        .map(x -> x < 0.3 ? 0 : x / bids)
                        .map(x -> type == DataType.FLOAT64 ? x : (float) x)
                        .toArray();
                distributions[i][random.nextInt(bids)] = 0x1p-110;
                paymentsBars[i] = random.doubles(bids, -1, 1).toArray();
            }
            return new Offers(
                    type,
                    random.ints(count, 0, rounds).toArray(),
                    distributions,
                    random.doubles(count)
                            .map(x -> type == DataType.FLOAT64 ? x : (float) x)
                            .toArray(),
                    random.doubles(count, -1, 1).toArray(),
                    paymentsBars);
        }

        int count() {
            return rounds.length;
        }

        NDArray bids(int i, NDManager manager) {
            return vector(manager, bids[i]);
        }

        NDArray remaining(int i, NDManager manager) {
            return vector(manager, remaining[i]);
        }

        NDArray vector(NDManager manager, double... numbers) {
            return Tensors.create(manager, type, numbers, new Shape(numbers.length));
        }
    }

    private static <F> void compare(
            Mechanism mechanism,
            Kernels<F> kernels,
            NDList theta,
            Offers asked,
            NDManager manager,
            double close,
            double slopesClose) {
        MechanismKernel<F> kernel = Objects.requireNonNull(mechanism.kernel(kernels, theta));
        int count = asked.count();
        int length = kernel.tapeLength();
        F tape = kernels.array(count * length);
        for (int i = 0; i < count; i++) {
            double[] bids = asked.bids[i].clone();
            double[] payments = new double[bids.length];
            double goods = kernel.offer(asked.rounds[i], bids, asked.remaining[i], payments, tape, i * length);
            Mechanism.Offer expected =
                    mechanism.offer(asked.rounds[i], asked.bids(i, manager), asked.remaining(i, manager), theta);
            assertEquals(Tensors.toDouble(expected.goods()), goods, close, "goods");
            assertArrayEquals(Tensors.toDoubles(expected.payments()), payments, close, "payments");
            assertArrayEquals(asked.bids[i], bids, "the bids were modified");
        }

        NDList expected = differentiated(mechanism, theta, asked, manager);
        for (int i = count - 1; i >= 0; i--) {
            double[] bidsBar = new double[asked.bids[i].length];
            Arrays.fill(bidsBar, 0.25); // is added to
            double[] sameBar = bidsBar.clone();
            double remainingBar = pullback(kernel, asked, i, bidsBar, tape, true);
            assertEquals(remainingBar, pullback(kernel, asked, i, sameBar, tape, false), "without sums");
            assertArrayEquals(bidsBar, sameBar, "without sums");
            double[] slopes = Tensors.toDoubles(expected.get(theta.size() + i));
            double[] added = Arrays.stream(bidsBar).map(bar -> bar - 0.25).toArray();
            assertArrayEquals(slopes, added, slopesClose * (1 + Problems.norm(slopes)), "by the bids");
            double slope = Tensors.toDouble(expected.get(theta.size() + count + i));
            assertEquals(slope, remainingBar, slopesClose * (1 + Math.abs(slope)), "by what remains");
        }
        NDList gradient = kernel.gradient(manager);
        assertEquals(theta.size(), gradient.size());
        for (int i = 0; i < theta.size(); i++) {
            assertEquals(theta.get(i).getShape(), gradient.get(i).getShape());
            assertEquals(theta.get(i).getDataType(), gradient.get(i).getDataType());
            double[] slopes = Tensors.toDoubles(expected.get(i));
            assertArrayEquals(
                    slopes,
                    Tensors.toDoubles(gradient.get(i)),
                    slopesClose * (1 + Problems.norm(slopes)),
                    "by " + mechanism.parameters().get(i).name());
        }
    }

    private static <F> double pullback(
            MechanismKernel<F> kernel, Offers asked, int i, double[] bidsBar, F tape, boolean sums) {
        return kernel.pullback(
                asked.rounds[i],
                asked.bids[i],
                asked.remaining[i],
                asked.goodsBars[i],
                asked.paymentsBars[i],
                bidsBar,
                tape,
                i * kernel.tapeLength(),
                sums);
    }

    /** The engine's derivatives by theta, by the bids of each offer and by what remains before each. */
    private static NDList differentiated(Mechanism mechanism, NDList theta, Offers asked, NDManager manager) {
        NDList arguments = new NDList(theta);
        for (int i = 0; i < asked.count(); i++) {
            arguments.add(asked.bids(i, manager));
        }
        for (int i = 0; i < asked.count(); i++) {
            arguments.add(asked.remaining(i, manager));
        }
        return Autodiff.differentiate(manager, arguments, leaves -> {
                    NDList parameters = leaves.subNDList(0, theta.size());
                    // keeps the graph connected where an offer is constant
                    NDArray sum = Tensors.times(leaves.get(leaves.size() - 1).sum(), 0);
                    for (int i = 0; i < asked.count(); i++) {
                        NDArray bids = leaves.get(theta.size() + i);
                        NDArray remaining = leaves.get(theta.size() + asked.count() + i);
                        Mechanism.Offer offer = mechanism.offer(asked.rounds[i], bids, remaining, parameters);
                        NDArray bars = asked.vector(sum.getManager(), asked.paymentsBars[i]);
                        sum = sum.add(offer.payments().mul(bars).sum())
                                .add(Tensors.times(offer.goods().sum(), asked.goodsBars[i]));
                    }
                    return sum;
                })
                .gradients();
    }
}
