package mfg.envs.auction;

import com.google.auto.service.AutoService;
import java.util.Arrays;
import java.util.List;
import mfg.core.Constants;
import mfg.core.InvalidInputException;
import mfg.core.Mechanism;
import mfg.core.Terms;
import mfg.core.catalogue.MechanismFamily;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;

/**
 * Posted prices: in round h everybody who bids above 0 is offered a good, and pays {@code price_h} whatever the bid. Those to
 * whom a good is worth less bid 0. Where goods do not suffice for all, the highest bids get them, at the same price.
 */
public final class PostedPriceMechanism extends TermsMechanism {

    /**
     * Creates the mechanism.
     *
     * @param constants makes and owns the constants
     * @param bids the number of bids, on the grid {@code a / bids}
     * @param prices the price of each round, in [0, 1], on the grid or off it
     * @throws InvalidInputException if a price is out of range
     */
    public PostedPriceMechanism(Constants constants, int bids, double[] prices) {
        super(constants, terms(bids, prices));
    }

    private static Terms terms(int bids, double[] prices) {
        if (!Arrays.stream(prices).allMatch(price -> price >= 0 && price <= 1)) {
            throw new InvalidInputException("posted prices must be between 0 and 1, not " + Arrays.toString(prices));
        }
        double[][] payments =
                Arrays.stream(prices).mapToObj(price -> payments(bids, price)).toArray(double[][]::new);
        int[] served = new int[prices.length];
        Arrays.fill(served, 1);
        return Terms.following(payments, served);
    }

    private static double[] payments(int bids, double price) {
        double[] payments = new double[bids];
        Arrays.fill(payments, 1, bids, price);
        return payments;
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
