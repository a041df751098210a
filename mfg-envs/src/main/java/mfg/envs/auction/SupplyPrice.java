package mfg.envs.auction;

import java.util.function.DoubleUnaryOperator;

/** The price of a good that a bound charges the auctioneer for, {@code lambda}: goods are short, and every price makes a bound. */
final class SupplyPrice {

    private static final int STEPS = 24;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private SupplyPrice() {}

    /**
     * Finds the least bound over prices between 0 and 1.
     *
     * @param bound the bound at a price; convex
     * @return the least that was found, itself a bound
     */
    static double least(DoubleUnaryOperator bound) {
        double free = bound.applyAsDouble(0);
        double from = 0;
        double to = 1;
        double left = to - GOLDEN;
        double right = from + GOLDEN;
        double atLeft = bound.applyAsDouble(left);
        double atRight = bound.applyAsDouble(right);
        double least = Math.min(free, Math.min(atLeft, atRight));
        for (int i = 0; i < STEPS; i++) {
            if (atLeft <= atRight) {
                to = right;
                right = left;
                atRight = atLeft;
                left = to - GOLDEN * (to - from);
                atLeft = bound.applyAsDouble(left);
            } else {
                from = left;
                left = right;
                atLeft = atRight;
                right = from + GOLDEN * (to - from);
                atRight = bound.applyAsDouble(right);
            }
            least = Math.min(least, Math.min(atLeft, atRight));
        }
        return least;
    }
}
