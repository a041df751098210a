package mfg.envs.auction;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mfg.core.Mechanism;
import mfg.core.Tensors;
import mfg.envs.Bench;

/** Random policies and auctioneers, the latter for the engine and in plain doubles. */
final class Samples {

    /** The kinds of {@link #market}. */
    enum Kind {
        FIRST_PRICE,
        RESERVE,
        STATIC
    }

    /** One auctioneer, written twice, with the static one's parameters. */
    record Market(Mechanism mechanism, ReferenceAuction.Seller seller, NDList theta) {}

    private Samples() {}

    /** A policy, (H, n + 1, n), about every fourth entry exactly 0; no bid exceeds the value if cautious. */
    static double[][][] policy(int rounds, int n, boolean cautious, SplittableRandom random) {
        double[][][] policy = new double[rounds][n + 1][n];
        for (double[][] round : policy) {
            for (int s = 0; s <= n; s++) {
                int bids = cautious && s < n ? s + 1 : n;
                double[] row = round[s];
                for (int a = 0; a < bids; a++) {
                    row[a] = random.nextInt(4) == 0 ? 0 : random.nextDouble();
                }
                row[random.nextInt(bids)] += 0.1;
                double total = Arrays.stream(row).sum();
                for (int a = 0; a < bids; a++) {
                    row[a] /= total;
                }
            }
        }
        return policy;
    }

    /** Mixes a little of the uniform policy in, so that no bid is empty. */
    static void fill(double[][][] policy) {
        for (double[][] round : policy) {
            for (double[] row : round) {
                for (int a = 0; a < row.length; a++) {
                    row[a] = 0.9 * row[a] + 0.1 / row.length;
                }
            }
        }
    }

    static double[] flat(double[][][] policy) {
        return Arrays.stream(policy)
                .map(Samples::flat)
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    static double[] flat(double[][] matrix) {
        return Arrays.stream(matrix).flatMapToDouble(Arrays::stream).toArray();
    }

    static Market market(Kind kind, Bench bench, int rounds, int n, double alphaMax, SplittableRandom random) {
        return switch (kind) {
            case FIRST_PRICE -> firstPrice(bench, n, draws(rounds, random, 0, 2 * alphaMax / rounds));
            case RESERVE -> reserve(bench, n, draws(rounds, random, 0, 1));
            case STATIC -> fixed(bench, rounds, n, draws(rounds * n, random, -2, 2), draws(rounds, random, -2, 2));
        };
    }

    private static double[] draws(int count, SplittableRandom random, double from, double to) {
        return IntStream.range(0, count)
                .mapToDouble(i -> random.nextDouble(from, to))
                .toArray();
    }

    static Market firstPrice(Bench bench, int n, double[] shares) {
        ReferenceAuction.Seller seller = new ReferenceAuction.Seller() {
            @Override
            public double goods(int h, double[] nu, double remaining) {
                return shares[h];
            }

            @Override
            public double payment(int h, int a) {
                return (double) a / n;
            }
        };
        return new Market(new FirstPrice(bench.constants, n, shares), seller, Bench.NO_THETA);
    }

    private static Market reserve(Bench bench, int n, double[] reserves) {
        ReferenceAuction.Seller seller = new ReferenceAuction.Seller() {
            @Override
            public double goods(int h, double[] nu, double remaining) {
                return IntStream.range(0, n)
                        .filter(a -> (double) a / n >= reserves[h])
                        .mapToDouble(a -> nu[a])
                        .sum();
            }

            @Override
            public double payment(int h, int a) {
                return (double) a / n;
            }
        };
        return new Market(new ReservePrice(bench.constants, n, reserves), seller, Bench.NO_THETA);
    }

    private static Market fixed(Bench bench, int rounds, int n, double[] payments, double[] goods) {
        ReferenceAuction.Seller seller = new ReferenceAuction.Seller() {
            @Override
            public double goods(int h, double[] nu, double remaining) {
                return remaining * sigmoid(goods[h]);
            }

            @Override
            public double payment(int h, int a) {
                return a * sigmoid(payments[h * n + a]) / n;
            }
        };
        NDList theta = new NDList(
                Tensors.create(bench.manager, bench.type, payments, new Shape(rounds, n)),
                Tensors.create(bench.manager, bench.type, goods, new Shape(rounds)));
        return new Market(new StaticMechanism(bench.constants, rounds, n), seller, theta);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
