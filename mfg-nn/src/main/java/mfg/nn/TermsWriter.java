package mfg.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

    /** Least increment of a payment times A: payments that should not rise do so by 3e-4 over all bids, which the gradient still sees. */
    static final double LEAST_INCREMENT = 3e-4;

    private final NamedArrays theta;
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
        this.theta = new NamedArrays(specs, theta);
        this.hidden = hidden;
        this.rounds = rounds;
        this.bids = bids;
        this.inputs = rounds + bids + 1;
    }

    /** Writes the terms. What came of them says where the logarithms must be exact. */
    void write(Terms terms, List<Terms.Sale> sales) {
        List<double[]> increments =
                Arrays.stream(terms.payments()).map(TermsWriter::increments).toList();
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
        Arrays.fill(theta.get("wg"), 0);
        Arrays.fill(theta.get("bg"), 0);
        Arrays.fill(theta.get("W4"), 0);
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
        double[] skip = theta.get("V2");
        for (int unit = 0; unit < 2; unit++) {
            clearSecond(unit);
            double sign = unit == 0 ? 1 : -1;
            int row = unit * inputs;
            for (int h = 0; h < rounds; h++) {
                skip[row + h] = sign * terms.goods()[h];
            }
            skip[row + rounds + bids] = unit;
            if (gated) {
                Arrays.fill(theta.get("W2"), unit * hidden, unit * hidden + groups.size(), sign);
                theta.get("b2")[unit] =
                        unit; // 1 - mass, which is not negative: a relu comes before the skip connection
                theta.get("c2")[unit] = -unit;
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
        Arrays.fill(theta.get("W1"), row, row + inputs, 0);
        Arrays.fill(theta.get("W1"), row + rounds + served, row + rounds + bids, 1);
        those.forEach(h -> theta.get("W1")[row + h] = 1);
        theta.get("b1")[unit] = -1;
    }

    private void clearSecond(int unit) {
        Arrays.fill(theta.get("W2"), unit * hidden, (unit + 1) * hidden, 0);
        Arrays.fill(theta.get("V2"), unit * inputs, (unit + 1) * inputs, 0);
        theta.get("b2")[unit] = 0;
        theta.get("c2")[unit] = 0;
    }

    /** Lets a unit of the third layer be {@code relu(slope * x + bias)} of a unit of the second. */
    private int unit(int of, double slope, double bias) {
        int unit = third++;
        Arrays.fill(theta.get("W3"), unit * hidden, (unit + 1) * hidden, 0);
        theta.get("W3")[unit * hidden + of] = slope;
        theta.get("b3")[unit] = bias;
        return unit;
    }

    private void addLogarithm(int of, LogKnots knots, double sign) {
        theta.get("bg")[0] += sign * knots.constant();
        theta.get("wg")[unit(of, 1, 0)] = sign * knots.slope();
        for (LogKnots.Hinge hinge : knots.hinges()) {
            theta.get("wg")[unit(of, -1, hinge.at())] = -sign * hinge.weight();
        }
    }

    // ---- payments ----

    /** What the payments' head must say: {@code softplus(y_k) / A} is by how much bid k pays more than the one below it. */
    static double[] increments(double[] payments) {
        int bids = payments.length;
        double[] y = new double[bids - 1];
        double paid = 0;
        for (int k = 1; k < bids; k++) {
            double increment = Math.max((payments[k] - paid) * bids, LEAST_INCREMENT);
            y[k - 1] = increment + Math.log(-Math.expm1(-increment)); // the inverse of softplus
            paid = Math.max(paid, payments[k]);
        }
        return y;
    }

    /** The first kind of payments is the bias; the others are differences from it. */
    private void pay(List<double[]> increments) {
        List<List<Integer>> kinds = Groups.of(increments);
        double[] usual = increments.get(0);
        System.arraycopy(usual, 0, theta.get("b4"), 0, bids - 1);
        for (List<Integer> kind : kinds.subList(1, kinds.size())) {
            int told = second++;
            clearSecond(told);
            kind.forEach(h -> theta.get("V2")[told * inputs + h] = 1);
            int unit = unit(told, 1, 0);
            double[] theirs = increments.get(kind.get(0));
            for (int k = 0; k < bids - 1; k++) {
                theta.get("W4")[k * hidden + unit] = theirs[k] - usual[k];
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
