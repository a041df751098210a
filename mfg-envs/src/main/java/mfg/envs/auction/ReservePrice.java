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

/** First price with a reserve: in round h everybody who bids at least {@code r_h} is offered a good, and pays the bid. */
public final class ReservePrice extends TermsMechanism {

    /**
     * Creates the mechanism.
     *
     * @param constants makes and owns the constants
     * @param bids the number of bids, on the grid {@code a / bids}
     * @param reserves the reserve price of each round, in [0, 1]
     * @throws InvalidInputException if a reserve is out of range
     */
    public ReservePrice(Constants constants, int bids, double[] reserves) {
        super(constants, terms(FirstPrice.grid(bids), reserves));
    }

    static void checkReserves(double[] reserves) {
        if (!Arrays.stream(reserves).allMatch(reserve -> reserve >= 0 && reserve <= 1)) {
            throw new InvalidInputException("reserve prices must be between 0 and 1, not " + Arrays.toString(reserves));
        }
    }

    private static Terms terms(double[] grid, double[] reserves) {
        checkReserves(reserves);
        double[][] payments = new double[reserves.length][];
        Arrays.fill(payments, grid);
        int[] served = Arrays.stream(reserves)
                .mapToInt(reserve ->
                        (int) Arrays.stream(grid).filter(a -> a < reserve).count())
                .toArray();
        return Terms.following(payments, served);
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
