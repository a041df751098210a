package mfg.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mfg.core.InvalidInputException;
import mfg.core.ParameterSpec;
import mfg.core.Terms;

/**
 * Parameters of the {@link MechanismNetwork} at which it plays given terms. With {@code D = goods[h] + sum_{a >= served[h]}
 * nu(a)} on offer of r goods, the share {@code D / r} is the sigmoid of {@code log D - log(r - D)}.
 *
 * <ul>
 *   <li>Where rounds serve other bids, units of the first layer take the mass of those bids in the rounds that serve them, {@code
 *       relu(sum_{a >= served} nu(a) + [h is such a round] - 1)}, and 0 in the others.
 *   <li>Two units of the second layer are D and r - D; where rounds have other payments, a unit for each kind tells them.
 *   <li>The third layer interpolates both logarithms ({@link LogKnots}).
 * </ul>
 *
 * The units that are not needed stay as drawn, and both heads ignore them, so that training has something to take up.
 */
final class TermsWriter {

    /** Least increment of a payment times A: payments that should not rise do so by 1e-7 a bid, which the gradient still sees. */
    private static final double LEAST_INCREMENT = 1e-5;

    private final Map<String, double[]> theta = new HashMap<>();
    private final int hidden;
    private final int rounds;
    private final int bids;
    private final int inputs;

    /** Units taken of the second and third layer. */
    private int second;

    private int third;

    /**
     * Prepares.
     *
     * @param theta the arrays of {@code specs}; modified by {@link #write}
     */
    TermsWriter(List<ParameterSpec> specs, List<double[]> theta, int hidden, int rounds, int bids) {
        for (int i = 0; i < specs.size(); i++) {
            this.theta.put(specs.get(i).name(), theta.get(i));
        }
        this.hidden = hidden;
        this.rounds = rounds;
        this.bids = bids;
        this.inputs = rounds + bids + 1;
    }

    private double[] array(String name) {
        double[] array = theta.get(name);
        if (array == null) {
            throw new IllegalArgumentException("no parameter " + name);
        }
        return array;
    }

    /** Writes the terms. What came of them says where the logarithms must be exact. */
    void write(Terms terms, List<Terms.Sale> sales) {
        List<double[]> increments =
                Arrays.stream(terms.payments()).map(this::increments).toList();
        int kinds = Groups.of(increments).size();
        int served = Groups.of(boxed(terms.served())).size();
        List<Double> demand = new ArrayList<>();
        List<Double> rest = new ArrayList<>();
        double most = 1;
        for (Terms.Sale sale : sales) {
            for (int h = 0; h < rounds; h++) {
                demand.add(sale.offered()[h]);
                rest.add(sale.remaining()[h] - sale.offered()[h]);
            }
            most = Math.max(most, sale.remaining()[0]);
        }
        int free = hidden - (kinds > 1 ? kinds : 0) - 2;
        LogKnots[] knots = LogKnots.fitting(demand, rest, most, free);
        if (knots == null || served > hidden || kinds + 2 > hidden) {
            throw new InvalidInputException(
                    "%d hidden units are too few to imitate these terms; take a larger --hidden".formatted(hidden));
        }
        Arrays.fill(array("wg"), 0);
        Arrays.fill(array("bg"), 0);
        Arrays.fill(array("W4"), 0);
        measure(terms);
        addLogarithm(0, knots[0], 1);
        addLogarithm(1, knots[1], -1);
        pay(increments);
    }

    // ---- goods ----

    /** Lets units of the second layer be D and r - D. */
    private void measure(Terms terms) {
        List<List<Integer>> groups = Groups.of(boxed(terms.served()));
        boolean gated = groups.size() > 1;
        double[] skip = array("V2");
        for (int unit = 0; unit < 2; unit++) {
            clearSecond(unit);
            double sign = unit == 0 ? 1 : -1;
            int row = unit * inputs;
            for (int h = 0; h < rounds; h++) {
                skip[row + h] = sign * terms.goods()[h];
            }
            skip[row + rounds + bids] = unit;
            if (gated) {
                Arrays.fill(array("W2"), unit * hidden, unit * hidden + groups.size(), sign);
                array("b2")[unit] = unit; // 1 - mass, which is not negative: a relu comes before the skip connection
                array("c2")[unit] = -unit;
            } else {
                Arrays.fill(skip, row + rounds + terms.served()[0], row + rounds + bids, sign);
            }
        }
        second = 2;
        for (int k = 0; gated && k < groups.size(); k++) {
            gate(k, groups.get(k), terms.served()[groups.get(k).get(0)]);
        }
    }

    /** Lets a unit of the first layer be the mass of the bids served, in some rounds. */
    private void gate(int unit, List<Integer> those, int served) {
        int row = unit * inputs;
        Arrays.fill(array("W1"), row, row + inputs, 0);
        Arrays.fill(array("W1"), row + rounds + served, row + rounds + bids, 1);
        those.forEach(h -> array("W1")[row + h] = 1);
        array("b1")[unit] = -1;
    }

    private void clearSecond(int unit) {
        Arrays.fill(array("W2"), unit * hidden, (unit + 1) * hidden, 0);
        Arrays.fill(array("V2"), unit * inputs, (unit + 1) * inputs, 0);
        array("b2")[unit] = 0;
        array("c2")[unit] = 0;
    }

    /** Lets a unit of the third layer be {@code relu(slope * x + bias)} of a unit of the second. */
    private int unit(int of, double slope, double bias) {
        int unit = third++;
        Arrays.fill(array("W3"), unit * hidden, (unit + 1) * hidden, 0);
        array("W3")[unit * hidden + of] = slope;
        array("b3")[unit] = bias;
        return unit;
    }

    private void addLogarithm(int of, LogKnots knots, double sign) {
        array("bg")[0] += sign * knots.constant();
        array("wg")[unit(of, 1, 0)] = sign * knots.slope();
        for (LogKnots.Hinge hinge : knots.hinges()) {
            array("wg")[unit(of, -1, hinge.at())] = -sign * hinge.weight();
        }
    }

    // ---- payments ----

    /** What the payments' head must say: {@code softplus(y_k) / A} is by how much bid k pays more than the one below it. */
    private double[] increments(double[] payments) {
        double[] y = new double[bids - 1];
        double paid = 0;
        for (int k = 1; k < bids; k++) {
            y[k - 1] = inverseSoftplus(Math.max((payments[k] - paid) * bids, LEAST_INCREMENT));
            paid = Math.max(paid, payments[k]);
        }
        return y;
    }

    private static double inverseSoftplus(double y) {
        return y + Math.log(-Math.expm1(-y));
    }

    /** The first kind of payments is the bias; the others are differences from it. */
    private void pay(List<double[]> increments) {
        List<List<Integer>> kinds = Groups.of(increments);
        double[] usual = increments.get(0);
        System.arraycopy(usual, 0, array("b4"), 0, bids - 1);
        for (List<Integer> kind : kinds.subList(1, kinds.size())) {
            int told = second++;
            clearSecond(told);
            kind.forEach(h -> array("V2")[told * inputs + h] = 1);
            int unit = unit(told, 1, 0);
            double[] theirs = increments.get(kind.get(0));
            for (int k = 0; k < bids - 1; k++) {
                array("W4")[k * hidden + unit] = theirs[k] - usual[k];
            }
        }
    }

    private static List<double[]> boxed(int[] numbers) {
        return Arrays.stream(numbers).mapToObj(x -> new double[] {x}).toList();
    }

    /** Rounds that are alike. */
    private static final class Groups {

        private Groups() {}

        static List<List<Integer>> of(List<double[]> byRound) {
            List<List<Integer>> groups = new ArrayList<>();
            for (int h = 0; h < byRound.size(); h++) {
                double[] own = byRound.get(h);
                List<Integer> group = groups.stream()
                        .filter(g -> Arrays.equals(byRound.get(g.get(0)), own))
                        .findFirst()
                        .orElse(null);
                if (group == null) {
                    group = new ArrayList<>();
                    groups.add(group);
                }
                group.add(h);
            }
            return groups;
        }
    }
}
