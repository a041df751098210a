package mfg.nn;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mfg.core.ParameterSpec;

/**
 * Parameters of the {@link MechanismNetwork} at which it posts a price in each round. The first hidden units, one a round,
 * carry the round through the trunk to both heads, which ignore all others; those stay as drawn, so that training has
 * something to take up. The first increment of the payments is the price; the others are small, so that all bids but 0 pay
 * about the same and the gradient still sees them.
 */
final class PostedPriceStart {

    /** In the payments' head before the softplus: a hundredth of a usual increment. */
    private static final double SMALL_INCREMENT = -5;

    /** How near the sigmoid of the share comes to 0 and 1, lest it lose its slope. */
    private static final double LEAST = 1e-4;

    private final Map<String, double[]> theta = new HashMap<>();
    private final int hidden;
    private final int inputs;

    /**
     * Prepares.
     *
     * @param theta the arrays of {@code specs}; modified by {@link #post}
     */
    PostedPriceStart(List<ParameterSpec> specs, List<double[]> theta, int hidden, int inputs) {
        for (int i = 0; i < specs.size(); i++) {
            this.theta.put(specs.get(i).name(), theta.get(i));
        }
        this.hidden = hidden;
        this.inputs = inputs;
    }

    private double[] array(String name) {
        double[] array = theta.get(name);
        if (array == null) {
            throw new IllegalArgumentException("no parameter " + name);
        }
        return array;
    }

    /** Writes the start; there are at least as many hidden units as rounds. */
    void post(double[] prices, double[] fractions, int bids) {
        for (String head : List.of("wg", "bg", "W4")) {
            Arrays.fill(array(head), 0);
        }
        Arrays.fill(array("b4"), SMALL_INCREMENT);
        array("b4")[0] = 0;
        for (int h = 0; h < prices.length; h++) {
            unit("W2", "b2", h, hidden, -1);
            unit("V2", "c2", h, inputs, h);
            unit("W3", "b3", h, hidden, h);
            double fraction = Math.min(Math.max(fractions[h], LEAST), 1 - LEAST);
            array("wg")[h] = Math.log(fraction / (1 - fraction));
            array("W4")[h] = inverseSoftplus(Math.max(prices[h] * bids, LEAST));
        }
    }

    /** Lets a unit copy one input of its layer, or none. */
    private void unit(String weights, String bias, int unit, int width, int copied) {
        Arrays.fill(array(weights), unit * width, (unit + 1) * width, 0);
        array(bias)[unit] = 0;
        if (copied >= 0) {
            array(weights)[unit * width + copied] = 1;
        }
    }

    private static double inverseSoftplus(double y) {
        return y + Math.log(-Math.expm1(-y));
    }
}
