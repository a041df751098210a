package mfg.envs.auction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
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
 * Posted prices: in round h everybody who bids above 0 is offered a good, and pays {@code price_h} whatever the bid. Those to
 * whom a good is worth less bid 0. Where goods do not suffice for all, the highest bids get them, at the same price.
 */
public final class PostedPriceMechanism implements Mechanism {

    private final Admission admission;
    private final NDArray[] payments;
    private final double[][] prices;

    /**
     * Creates the mechanism.
     *
     * @param constants makes and owns the constants
     * @param bids the number of bids, on the grid {@code a / bids}
     * @param prices the price of each round, in [0, 1], on the grid or off it
     * @throws InvalidInputException if a price is out of range
     */
    public PostedPriceMechanism(Constants constants, int bids, double[] prices) {
        if (!Arrays.stream(prices).allMatch(price -> price >= 0 && price <= 1)) {
            throw new InvalidInputException("posted prices must be between 0 and 1, not " + Arrays.toString(prices));
        }
        double[] lowest = new double[prices.length];
        Arrays.fill(lowest, 1.0 / bids);
        this.admission = new Admission(constants, FirstPrice.grid(bids), lowest);
        this.prices =
                Arrays.stream(prices).mapToObj(price -> payments(bids, price)).toArray(double[][]::new);
        this.payments = Arrays.stream(this.prices).map(constants::vector).toArray(NDArray[]::new);
    }

    private static double[] payments(int bids, double price) {
        double[] payments = new double[bids];
        Arrays.fill(payments, 1, bids, price);
        return payments;
    }

    @Override
    public List<ParameterSpec> parameters() {
        return List.of();
    }

    @Override
    public Offer offer(int h, NDArray bids, NDArray remaining, NDList theta) {
        return new Offer(admission.goods(h, bids), Tensors.copy(bids.getManager(), payments[h]));
    }

    @Override
    public <F> MechanismKernel<F> kernel(Kernels<F> kernels, NDList theta) {
        return admission.kernel(kernels, h -> prices[h]);
    }

    /** As auctions choose it. */
    @Named("posted-price")
    @AutoService(MechanismFamily.class)
    public static final class Family implements MechanismFamily {
        @Parameter(about = "what a good costs in each round; one number holds for all")
        List<Double> price = List.of(0.5);

        @Override
        public String about() {
            return "a price for everybody who accepts it";
        }

        @Override
        public Mechanism build(Constants constants, int rounds, int bids, double supply) {
            return new PostedPriceMechanism(constants, bids, FirstPrice.perRound("price", price, rounds));
        }
    }
}
