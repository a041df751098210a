package mfg.envs.auction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import com.google.auto.service.AutoService;
import java.util.Arrays;
import java.util.List;
import mfg.core.Constants;
import mfg.core.InvalidInputException;
import mfg.core.Mechanism;
import mfg.core.MechanismKernel;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;
import mfg.core.Terms;
import mfg.core.catalogue.MechanismFamily;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;
import mfg.core.kernel.Kernels;

/** First price with a reserve: in round h everybody who bids at least {@code r_h} is offered a good, and pays the bid. */
public final class ReservePrice implements Mechanism {

    // a little less than is bid for: rounding could let bids just below the reserve win what is left otherwise
    private static final double SHARE_OF_DOUBLES = 1 - 1e-14;
    private static final double SHARE_OF_FLOATS = 1 - 1e-5;

    private final NDArray[] admitted;
    private final NDArray payments;
    private final double[] grid;
    private final double[] reserves;

    /**
     * Creates the mechanism.
     *
     * @param constants makes and owns the constants
     * @param bids the number of bids, on the grid {@code a / bids}
     * @param reserves the reserve price of each round, in [0, 1]
     * @throws InvalidInputException if a reserve is out of range
     */
    public ReservePrice(Constants constants, int bids, double[] reserves) {
        if (!Arrays.stream(reserves).allMatch(reserve -> reserve >= 0 && reserve <= 1)) {
            throw new InvalidInputException("reserve prices must be between 0 and 1, not " + Arrays.toString(reserves));
        }
        this.grid = FirstPrice.grid(bids);
        this.reserves = reserves.clone();
        this.payments = constants.vector(grid);
        this.admitted = Arrays.stream(reserves)
                .mapToObj(reserve -> constants.vector(
                        Arrays.stream(grid).map(a -> a >= reserve ? 1 : 0).toArray()))
                .toArray(NDArray[]::new);
    }

    @Override
    public List<ParameterSpec> parameters() {
        return List.of();
    }

    @Override
    public Terms terms() {
        double[][] payments = new double[reserves.length][];
        Arrays.fill(payments, grid);
        int[] served = Arrays.stream(reserves)
                .mapToInt(reserve ->
                        (int) Arrays.stream(grid).filter(a -> a < reserve).count())
                .toArray();
        return Terms.following(payments, served);
    }

    @Override
    public Offer offer(int h, NDArray bids, NDArray remaining, NDList theta) {
        double share = share(bids.getDataType() == DataType.FLOAT64);
        NDArray goods = Tensors.times(bids.mul(admitted[h]).sum(new int[] {0}, true), share);
        return new Offer(goods, Tensors.copy(bids.getManager(), payments));
    }

    /** How much of what is bid for is on offer. */
    static double share(boolean doubles) {
        return doubles ? SHARE_OF_DOUBLES : SHARE_OF_FLOATS;
    }

    @Override
    public <F> MechanismKernel<F> kernel(Kernels<F> kernels, NDList theta) {
        double share = share(kernels.bytes() == Double.BYTES);
        return new FixedPriceKernel<>(grid) {
            @Override
            double goods(int h, double[] bids) {
                double admitted = 0;
                for (int a = 0; a < bids.length; a++) {
                    admitted += share(h, a) * bids[a];
                }
                return admitted;
            }

            @Override
            void pullGoods(int h, double goodsBar, double[] bidsBar, boolean sums) {
                for (int a = 0; a < bidsBar.length; a++) {
                    bidsBar[a] += goodsBar * share(h, a);
                }
            }

            private double share(int h, int bid) {
                return grid[bid] >= reserves[h] ? share : 0;
            }
        };
    }

    /** As auctions choose it. */
    @Named("reserve")
    @AutoService(MechanismFamily.class)
    public static final class Family implements MechanismFamily {
        @Parameter(about = "the lowest bid that can win in each round; one number holds for all")
        List<Double> reserve = List.of(0.5);

        @Override
        public String about() {
            return "first price with a reserve price";
        }

        @Override
        public Mechanism build(Constants constants, int rounds, int bids, double supply) {
            return new ReservePrice(constants, bids, FirstPrice.perRound("reserve", reserve, rounds));
        }
    }
}
