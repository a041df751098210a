package mfg.envs.auction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import com.google.auto.service.AutoService;
import java.util.Arrays;
import java.util.List;
import mfg.core.Constants;
import mfg.core.InvalidInputException;
import mfg.core.Mechanism;
import mfg.core.MechanismKernel;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;
import mfg.core.catalogue.MechanismFamily;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;
import mfg.core.kernel.Kernels;

/**
 * One price for all winners of a round, set by the bid at which the goods run out: what second price means in a mean field.
 *
 * <p>In round h the offer is {@code min(share_h, mass of the bids from r_h up)}; without a reserve {@code r_h} it is the share. With
 * {@code g} goods sold, {@code tail(a) = sum_{a' >= a} nu(a')}, and a sliver of mass {@code e} that is too little to set a
 * price, winners pay {@code max(r_h, m)}, never more than their bid, where {@code m} is
 * <ul>
 *   <li>the lowest bid that wins, {@code max {a: tail(a) >= (1 - e) g}}, or
 *   <li>the highest bid that loses, {@code max {a: tail(a) > (1 + 2e) g}}, else 0: the (N g + 1)-th price of N bidders.
 * </ul>
 * The bids of a continuum tie at the margin: where some of those who bid {@code m} win and others lose, both are {@code m}, and who
 * sets the price is marginal. They differ where the goods run out exactly between two bids, or suffice for all. Nobody alone moves the
 * price, which is piecewise constant in the bids: its derivative is 0.
 */
public final class UniformPrice implements Mechanism {

    /** Which bid sets the price. */
    public enum Pays {
        /** The lowest bid that wins. */
        LOWEST_WINNING,
        /** The highest bid that loses. */
        HIGHEST_LOSING;

        /** How much of the goods sold must be bid for at the price and above. */
        double reach(double share) {
            return this == LOWEST_WINNING ? share : 1 + 2 * (1 - share);
        }
    }

    private final Admission admission;
    private final Pays pays;
    private final double[] grid;
    private final double[] shares;
    private final double[] reserves;
    private final NDArray payments;
    /** Entry (a', a) is 1 where a' is at least a. */
    private final NDArray tail;

    private final NDArray[] least;

    /**
     * Creates the mechanism.
     *
     * @param constants makes and owns the constants
     * @param bids the number of bids, on the grid {@code a / bids}
     * @param shares the goods on offer in each round, per capita, nonnegative; their sum may exceed what there is
     * @param reserves the lowest bid that can win in each round, in [0, 1]
     * @param pays which bid sets the price
     * @throws InvalidInputException if a share or reserve is out of range
     */
    public UniformPrice(Constants constants, int bids, double[] shares, double[] reserves, Pays pays) {
        FirstPrice.checkShares(shares);
        ReservePrice.checkReserves(reserves);
        this.pays = pays;
        this.grid = FirstPrice.grid(bids);
        this.shares = shares.clone();
        this.reserves = reserves.clone();
        this.admission = new Admission(constants, grid, reserves);
        this.payments = constants.vector(grid);
        double[][] from = new double[bids][bids];
        for (int a = 0; a < bids; a++) {
            Arrays.fill(from[a], 0, a + 1, 1);
        }
        this.tail = constants.matrix(from);
        this.least = Arrays.stream(reserves).mapToObj(constants::vector).toArray(NDArray[]::new);
    }

    @Override
    public List<ParameterSpec> parameters() {
        return List.of();
    }

    @Override
    public Offer offer(int h, NDArray bids, NDArray remaining, NDList theta) {
        NDArray goods = Tensors.create(bids.getManager(), bids.getDataType(), new double[] {shares[h]}, new Shape(1));
        if (reserves[h] > 0) {
            goods = NDArrays.minimum(goods, admission.goods(h, bids));
        }
        return new Offer(goods, price(h, bids, NDArrays.minimum(goods, remaining)));
    }

    /** What each bid pays: a comparison knows no derivative. */
    private NDArray price(int h, NDArray bids, NDArray supply) {
        NDArray sold = NDArrays.minimum(supply, bids.sum(new int[] {0}, true));
        NDArray enough = Tensors.times(sold, pays.reach(Admission.share(bids.getDataType())));
        NDArray tails = bids.matMul(tail);
        NDArray reached = pays == Pays.LOWEST_WINNING ? tails.gte(enough) : tails.gt(enough);
        NDArray margin = reached.toType(bids.getDataType(), false).mul(payments).max(new int[] {0}, true);
        return NDArrays.minimum(NDArrays.maximum(margin, least[h]), payments);
    }

    @Override
    public <F> MechanismKernel<F> kernel(Kernels<F> kernels, NDList theta) {
        return new UniformPriceKernel<>(this, Admission.share(kernels));
    }

    /** The goods on offer. */
    double goods(int h, double[] bids, double share) {
        return reserves[h] > 0 ? Math.min(shares[h], admission.goods(h, bids, share)) : shares[h];
    }

    /** Adds the cotangent of the goods to that of the bids, where these limit the offer. */
    void pullGoods(int h, double[] bids, double goodsBar, double[] bidsBar, double share) {
        if (goods(h, bids, share) < shares[h]) {
            admission.pullGoods(h, goodsBar, bidsBar, share);
        }
    }

    /** Puts down what each bid pays. */
    void price(int h, double[] bids, double supply, double share, double[] payments) {
        double sold = Math.min(supply, Arrays.stream(bids).sum());
        double enough = sold * pays.reach(share);
        double tail = 0;
        int margin = bids.length;
        do {
            margin--;
            tail += bids[margin];
        } while (margin > 0 && (pays == Pays.LOWEST_WINNING ? tail < enough : tail <= enough));
        double price = Math.max(grid[margin], reserves[h]);
        for (int a = 0; a < payments.length; a++) {
            payments[a] = Math.min(grid[a], price);
        }
    }

    /** As auctions choose it. */
    @Named("uniform-price")
    @AutoService(MechanismFamily.class)
    public static final class Family implements MechanismFamily {
        @Parameter(about = "goods on offer per capita in each round; one number holds for all, none means equal shares")
        List<Double> shares = List.of();

        @Parameter(about = "the lowest bid that can win in each round; one number holds for all")
        List<Double> reserve = List.of(0.0);

        @Parameter(about = "which bid sets the price")
        Pays pays = Pays.LOWEST_WINNING;

        @Override
        public String about() {
            return "all winners pay the lowest bid that wins";
        }

        @Override
        public Mechanism build(Constants constants, int rounds, int bids, double supply) {
            return new UniformPrice(
                    constants,
                    bids,
                    FirstPrice.shares(shares, rounds, supply),
                    FirstPrice.perRound("reserve", reserve, rounds),
                    pays);
        }
    }
}
