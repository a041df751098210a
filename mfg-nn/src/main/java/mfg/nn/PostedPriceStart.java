package mfg.nn;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mfg.core.ParameterSpec;

/**
 * Parameters of the {@link MechanismNetwork} at which it posts one price, and sells to nearly all who accept it: all bids but 0
 * pay the price, and the goods on offer are a little less than {@code m}, the mass of those bids, so that a bid of 0 wins next
 * to nothing. The share of the remaining goods r is a sigmoid, whose logit {@code log m - log(r - m)} the last hidden layer
 * interpolates between knots: a unit for each. The units that are not needed stay as drawn, and both heads ignore them, so that
 * training has something to take up.
 */
final class PostedPriceStart {

    /** Of m and of r - m, each half as large again as the one before. */
    private static final double[] KNOTS = knots();

    /** How many hidden units the start takes. */
    static final int UNITS = 2 * KNOTS.length;

    /** Keeps the offer below the demand in spite of interpolation. */
    private static final double MARGIN = 0.03;

    /** In the payments' head before the softplus: a hundredth of a usual increment, which the gradient still sees. */
    private static final double SMALL_INCREMENT = -5;

    private final Map<String, double[]> theta = new HashMap<>();
    private final int hidden;
    private final int rounds;
    private final int bids;

    /**
     * Prepares.
     *
     * @param theta the arrays of {@code specs}; modified by {@link #post}
     */
    PostedPriceStart(List<ParameterSpec> specs, List<double[]> theta, int hidden, int rounds, int bids) {
        for (int i = 0; i < specs.size(); i++) {
            this.theta.put(specs.get(i).name(), theta.get(i));
        }
        this.hidden = hidden;
        this.rounds = rounds;
        this.bids = bids;
    }

    private static double[] knots() {
        double[] knots = new double[18];
        for (int i = 0; i < knots.length; i++) {
            knots[i] = 2e-3 * Math.pow(1.5, i);
        }
        return knots;
    }

    private double[] array(String name) {
        double[] array = theta.get(name);
        if (array == null) {
            throw new IllegalArgumentException("no parameter " + name);
        }
        return array;
    }

    /** Writes the start. */
    void post(double price) {
        for (String head : List.of("wg", "W4")) {
            Arrays.fill(array(head), 0);
        }
        Arrays.fill(array("b4"), SMALL_INCREMENT);
        array("b4")[0] = inverseSoftplus(Math.max(price * bids, 1e-4));
        array("bg")[0] = -MARGIN;
        measure(0, 1, 0);
        measure(1, -1, 1);
        addLogarithm(0, 1);
        addLogarithm(1, -1);
    }

    /** Lets a unit of the second layer be a multiple of m plus a multiple of r. */
    private void measure(int unit, double accepted, double remaining) {
        Arrays.fill(array("W2"), unit * hidden, (unit + 1) * hidden, 0);
        array("b2")[unit] = 0;
        array("c2")[unit] = 0;
        int inputs = rounds + bids + 1;
        double[] skip = array("V2");
        int row = unit * inputs;
        Arrays.fill(skip, row, row + rounds + 1, 0); // the round, and the bid of 0
        Arrays.fill(skip, row + rounds + 1, row + rounds + bids, accepted);
        skip[row + rounds + bids] = remaining;
    }

    /** Adds the logarithm of a unit of the second layer to the logit of the share: linear between knots, constant below them. */
    private void addLogarithm(int unit, double sign) {
        array("bg")[0] += sign * Math.log(KNOTS[0]);
        double before = 0;
        for (int i = 0; i < KNOTS.length; i++) {
            int own = unit * KNOTS.length + i;
            Arrays.fill(array("W3"), own * hidden, (own + 1) * hidden, 0);
            array("W3")[own * hidden + unit] = 1;
            array("b3")[own] = -KNOTS[i];
            double slope =
                    i + 1 < KNOTS.length ? Math.log(KNOTS[i + 1] / KNOTS[i]) / (KNOTS[i + 1] - KNOTS[i]) : 1 / KNOTS[i];
            array("wg")[own] = sign * (slope - before);
            before = slope;
        }
    }

    private static double inverseSoftplus(double y) {
        return y + Math.log(-Math.expm1(-y));
    }
}
