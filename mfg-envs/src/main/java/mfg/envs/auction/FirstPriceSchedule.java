package mfg.envs.auction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import com.google.auto.service.AutoService;
import java.util.List;
import java.util.Map;
import mfg.core.Constants;
import mfg.core.InvalidInputException;
import mfg.core.Mechanism;
import mfg.core.MechanismKernel;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;
import mfg.core.catalogue.MechanismFamily;
import mfg.core.catalogue.Named;
import mfg.core.kernel.Kernels;

/**
 * First price, {@code p(a) = a}, with a schedule of offers to be designed: round h is offered the share {@code alphaMax *
 * softmax(theta)_h} of goods, over H + 1 logits of which the last is what is withheld. The best that {@link FirstPrice} can do,
 * found by training. Starts at random, so that another seed searches from elsewhere.
 */
public final class FirstPriceSchedule implements Mechanism {

    private final List<ParameterSpec> parameters;
    private final double alphaMax;
    private final NDArray payments;
    private final double[] grid;

    /**
     * Creates the mechanism.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon H
     * @param bids the number of bids, on the grid {@code a / bids}
     * @param alphaMax the goods in all, per capita, positive; where nature draws them, the most there can be
     * @throws InvalidInputException if there are no goods
     */
    public FirstPriceSchedule(Constants constants, int rounds, int bids, double alphaMax) {
        if (!(alphaMax > 0) || Double.isInfinite(alphaMax)) {
            throw new InvalidInputException("alphaMax must be positive, not " + alphaMax);
        }
        this.parameters = List.of(new ParameterSpec("schedule", new Shape(rounds + 1), 1));
        this.alphaMax = alphaMax;
        this.grid = FirstPrice.grid(bids);
        this.payments = constants.vector(grid);
    }

    @Override
    public List<ParameterSpec> parameters() {
        return parameters;
    }

    @Override
    public boolean seesBids() {
        return false;
    }

    @Override
    public Offer offer(int h, NDArray bids, NDArray remaining, NDList theta) {
        NDArray share = theta.head().softmax(0).get(h).reshape(1);
        return new Offer(Tensors.times(share, alphaMax), Tensors.copy(bids.getManager(), payments));
    }

    @Override
    public <F> MechanismKernel<F> kernel(Kernels<F> kernels, NDList theta) {
        return new ScheduleKernel<>(kernels, theta.head(), alphaMax, grid);
    }

    /** As auctions choose it. Logits of a few shares have a longer way to go than a network's weights. */
    @Named("schedule")
    @AutoService(MechanismFamily.class)
    public static final class Family implements MechanismFamily {
        @Override
        public String about() {
            return "first price; the share of the goods in each round is designed";
        }

        @Override
        public Map<String, String> defaults() {
            return Map.of("lr", "0.1", "init", "default"); // it starts from equal shares
        }

        @Override
        public Mechanism build(Constants constants, int rounds, int bids, double supply) {
            return new FirstPriceSchedule(constants, rounds, bids, supply);
        }
    }
}
