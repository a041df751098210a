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

/** First price, {@code p(a) = a}, with the offer of each round fixed in advance. */
public final class FirstPrice extends TermsMechanism {

    /**
     * Creates the mechanism.
     *
     * @param constants makes and owns the constants
     * @param bids the number of bids, on the grid {@code a / bids}
     * @param shares the goods offered in each round, per capita, nonnegative; their sum may stay below alphaMax
     * @throws InvalidInputException if a share is negative
     */
    public FirstPrice(Constants constants, int bids, double[] shares) {
        super(constants, terms(grid(bids), shares));
    }

    private static Terms terms(double[] grid, double[] shares) {
        checkShares(shares);
        double[][] payments = new double[shares.length][];
        Arrays.fill(payments, grid);
        return Terms.blind(payments, shares.clone());
    }

    static void checkShares(double[] shares) {
        if (!Arrays.stream(shares).allMatch(share -> share >= 0 && share < Double.POSITIVE_INFINITY)) {
            throw new InvalidInputException("shares must be nonnegative, not " + Arrays.toString(shares));
        }
    }

    /**
     * Returns equal shares of everything.
     *
     * @param rounds the horizon
     * @param alphaMax the goods in all, per capita
     * @return {@code alphaMax / rounds} in each round
     */
    public static double[] equalShares(int rounds, double alphaMax) {
        double[] shares = new double[rounds];
        Arrays.fill(shares, alphaMax / rounds);
        return shares;
    }

    /** The bids {@code a / n}. */
    static double[] grid(int n) {
        double[] grid = new double[n];
        for (int a = 0; a < n; a++) {
            grid[a] = (double) a / n;
        }
        return grid;
    }

    /** As auctions choose it. */
    @Named("first-price")
    @AutoService(MechanismFamily.class)
    public static final class Family implements MechanismFamily {
        @Parameter(about = "goods on offer per capita in each round; one number holds for all, none means equal shares")
        List<Double> shares = List.of();

        @Override
        public String about() {
            return "winners pay their bids";
        }

        @Override
        public Mechanism build(Constants constants, int rounds, int bids, double supply) {
            return new FirstPrice(constants, bids, shares(shares, rounds, supply));
        }
    }

    /** Shares by round; equal ones if none are given. */
    static double[] shares(List<Double> shares, int rounds, double supply) {
        return shares.isEmpty() ? equalShares(rounds, supply) : perRound("shares", shares, rounds);
    }

    /** Numbers by round, of which one holds for all. */
    static double[] perRound(String name, List<Double> numbers, int rounds) {
        if (numbers.size() != 1 && numbers.size() != rounds) {
            throw new InvalidInputException("%s needs one number, or one for each of the %d rounds, not %d"
                    .formatted(name, rounds, numbers.size()));
        }
        double[] all = new double[rounds];
        Arrays.setAll(all, h -> numbers.get(numbers.size() == 1 ? 0 : h));
        return all;
    }
}
