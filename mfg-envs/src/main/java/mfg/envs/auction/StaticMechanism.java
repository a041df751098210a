package mfg.envs.auction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import com.google.auto.service.AutoService;
import java.util.List;
import mfg.core.Constants;
import mfg.core.Mechanism;
import mfg.core.MechanismKernel;
import mfg.core.ParameterSpec;
import mfg.core.Terms;
import mfg.core.catalogue.MechanismFamily;
import mfg.core.catalogue.Named;
import mfg.core.kernel.Kernels;

/**
 * A mechanism blind to the bids (AMID App. F, A10): {@code p_h(a) = a * sigmoid(theta1[h,a])}, so never above the bid, and
 * an offer of {@code r_h * sigmoid(theta2[h])} of the remaining goods {@code r_h}. Starts at one half of everything.
 */
public final class StaticMechanism implements Mechanism {

    /** From 0 and 1, so that a sigmoid keeps a slope; a bid that pays so much less moves no worth by more. */
    private static final double LEAST = 1e-4;

    /** Where offers should follow the bids and cannot: goods left over would make it pay to bid next to nothing. */
    private static final double SHORTAGE = 0.97;

    private final List<ParameterSpec> parameters;
    private final NDArray grid;
    private final double[] bids;

    /**
     * Creates the mechanism.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon H
     * @param bids the number of bids, on the grid {@code a / bids}
     */
    public StaticMechanism(Constants constants, int rounds, int bids) {
        this.parameters = List.of(
                new ParameterSpec("payments", new Shape(rounds, bids), 0),
                new ParameterSpec("goods", new Shape(rounds), 0));
        this.bids = FirstPrice.grid(bids);
        this.grid = constants.vector(this.bids);
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
        NDArray fraction = Activation.sigmoid(theta.get(0).get(h));
        NDArray share = Activation.sigmoid(theta.get(1).get(h).reshape(1));
        return new Offer(share.mul(remaining), fraction.mul(grid));
    }

    @Override
    public <F> MechanismKernel<F> kernel(Kernels<F> kernels, NDList theta) {
        return new StaticKernel<>(kernels, theta, parameters, bids);
    }

    /** Of payments above the bid, the bid; of offers, their share of what remained, on average. */
    @Override
    public boolean imitate(Terms terms, List<Terms.Sale> sales, List<double[]> theta) {
        for (int h = 0; h < terms.served().length; h++) {
            for (int a = 1; a < bids.length; a++) {
                theta.get(0)[h * bids.length + a] = logit(terms.payments()[h][a] / bids[a]);
            }
            int round = h;
            double part = terms.served()[h] < bids.length ? SHORTAGE : 1;
            theta.get(1)[h] = logit(sales.stream()
                    .mapToDouble(sale -> share(part * sale.offered()[round], sale.remaining()[round]))
                    .average()
                    .orElseThrow());
        }
        return true;
    }

    private static double share(double offered, double remaining) {
        return remaining > 0 ? offered / remaining : 0;
    }

    /** The inverse of the sigmoid, not so near to 0 and 1 that it loses its slope. */
    private static double logit(double probability) {
        double p = Math.min(Math.max(probability, LEAST), 1 - LEAST);
        return Math.log(p / (1 - p));
    }

    /** As auctions choose it. */
    @Named("static")
    @AutoService(MechanismFamily.class)
    public static final class Family implements MechanismFamily {
        @Override
        public String about() {
            return "payments and goods fixed in advance, blind to the bids";
        }

        @Override
        public Mechanism build(Constants constants, int rounds, int bids, double supply) {
            return new StaticMechanism(constants, rounds, bids);
        }
    }
}
