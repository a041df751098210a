package mfg.envs.auction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import mfg.core.Constants;
import mfg.core.InvalidInputException;
import mfg.core.Mechanism;

/**
 * A benchmark auction as data (AMID Sec. 5, App. F). Sizes are free: the paper has 100 values and the horizon of the table.
 *
 * @param name A1 to A10
 * @param about one line on what is special
 * @param rounds the horizon H
 * @param alphaMin the least total supply per capita that is drawn
 * @param alphaMax the largest; equal to alphaMin where supply is fixed
 * @param initial how values are distributed at the start
 * @param reentry the probability per round with which ⊥ is left, with a value from the initial distribution; 0: never
 * @param drift how losers' values move
 * @param utility what winners gain
 * @param objective what is maximized
 */
public record AuctionSetting(
        String name,
        String about,
        int rounds,
        double alphaMin,
        double alphaMax,
        Initial initial,
        double reentry,
        Drift drift,
        Utility utility,
        AuctionObjective objective) {

    /** Initial value distributions. */
    public enum Initial {
        /** Every value alike. */
        UNIFORM,
        /** Proportional to {@code 0.9^k} over the k-th value (our reading of gamma^s). */
        GEOMETRIC,
        /** Uniform over the simplex, one draw an auction. */
        DRAWN
    }

    /**
     * How the value s of a bidder who did not win moves: {@code w(s'|s) ∝ exp(-(factor * s - s')² / (2 sigma²))}.
     *
     * @param factor the multiple that values are drawn to
     * @param sigma the spread; 0: values stay
     */
    public record Drift(double factor, double sigma) {

        /** Values stay. */
        public static final Drift NONE = new Drift(1, 0);
    }

    /**
     * What nature draws before an auction.
     *
     * @param alphaMax the total supply per capita
     * @param initialValues the initial distribution over values
     */
    public record Scenario(double alphaMax, double[] initialValues) {}

    private static final AuctionObjective REVENUE = AuctionObjective.REVENUE;

    /** The settings of the paper, in order. */
    public static final List<AuctionSetting> ALL = List.of(
            new AuctionSetting(
                    "A1",
                    "single-minded bidders",
                    4,
                    0.8,
                    0.8,
                    Initial.UNIFORM,
                    0,
                    Drift.NONE,
                    Utility.LINEAR,
                    REVENUE),
            new AuctionSetting(
                    "A2",
                    "losers' values rise",
                    4,
                    0.8,
                    0.8,
                    Initial.GEOMETRIC,
                    0,
                    new Drift(3, 0.2),
                    Utility.LINEAR,
                    REVENUE),
            new AuctionSetting(
                    "A3",
                    "supply and values drawn per auction",
                    5,
                    0.6,
                    1.2,
                    Initial.DRAWN,
                    0.3,
                    Drift.NONE,
                    Utility.LINEAR,
                    REVENUE),
            new AuctionSetting(
                    "A4",
                    "risk-averse bidders",
                    4,
                    0.8,
                    0.8,
                    Initial.UNIFORM,
                    0,
                    Drift.NONE,
                    Utility.riskAverse(1),
                    REVENUE),
            new AuctionSetting(
                    "A5",
                    "risk-seeking bidders",
                    4,
                    0.8,
                    0.8,
                    Initial.UNIFORM,
                    0,
                    Drift.NONE,
                    Utility.riskSeeking(1),
                    REVENUE),
            new AuctionSetting(
                    "A6",
                    "hyperbolic discounting",
                    4,
                    0.8,
                    0.8,
                    Initial.UNIFORM,
                    0,
                    Drift.NONE,
                    Utility.hyperbolic(1),
                    REVENUE),
            new AuctionSetting(
                    "A7",
                    "winners come back at once",
                    6,
                    0.8,
                    0.8,
                    Initial.GEOMETRIC,
                    1,
                    new Drift(1.2, 0.2),
                    Utility.LINEAR,
                    REVENUE),
            new AuctionSetting(
                    "A8",
                    "long horizon",
                    100,
                    5,
                    5,
                    Initial.GEOMETRIC,
                    0.015,
                    new Drift(1.2, 0.01),
                    Utility.LINEAR,
                    REVENUE),
            new AuctionSetting(
                    "A9",
                    "revenue and efficiency, half each",
                    4,
                    0.8,
                    0.8,
                    Initial.UNIFORM,
                    0,
                    Drift.NONE,
                    Utility.LINEAR,
                    new AuctionObjective(0.5)),
            new AuctionSetting(
                    "A10",
                    "bidders come back, static mechanism",
                    4,
                    0.8,
                    0.8,
                    Initial.UNIFORM,
                    0.3,
                    Drift.NONE,
                    Utility.LINEAR,
                    REVENUE));

    /**
     * Says whether nature draws each auction anew.
     *
     * @return true if scenarios differ
     */
    public boolean isRandom() {
        return alphaMin < alphaMax || initial == Initial.DRAWN;
    }

    /**
     * Draws what nature decides.
     *
     * @param values the number of values
     * @param random the source; untouched where nothing is random
     * @return the scenario
     */
    public Scenario draw(int values, RandomGenerator random) {
        double alpha = alphaMin < alphaMax ? random.nextDouble(alphaMin, alphaMax) : alphaMax;
        double[] weights = new double[values];
        for (int k = 0; k < values; k++) {
            weights[k] = switch (initial) {
                case UNIFORM -> 1;
                case GEOMETRIC -> Math.pow(0.9, k);
                case DRAWN -> random.nextExponential(); // normalized exponentials are uniform on the simplex
            };
        }
        return new Scenario(alpha, normalized(weights));
    }

    /** The same with another total supply per capita. */
    AuctionSetting withSupply(double supply) {
        return new AuctionSetting(name, about, rounds, supply, supply, initial, reentry, drift, utility, objective);
    }

    /**
     * Builds the game.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon
     * @param scenario what nature drew
     * @param mechanism the auctioneer
     * @return the game
     */
    public BatchedAuction game(Constants constants, int rounds, Scenario scenario, Mechanism mechanism) {
        double[] initialValues = scenario.initialValues();
        BatchedAuction.Rules rules =
                new BatchedAuction.Rules(rounds, initialValues.length, scenario.alphaMax(), initialValues, utility);
        return new BatchedAuction(constants, rules, dynamics(constants, initialValues), mechanism);
    }

    private ValueDynamics dynamics(Constants constants, double[] initialValues) {
        return reentry == 0 && drift.sigma() == 0
                ? ValueDynamics.STILL
                : ValueDynamics.of(constants, transitions(initialValues));
    }

    /**
     * Returns the matrix of value dynamics.
     *
     * @param initialValues where those who re-enter draw their value, n numbers
     * @return {@code w(s' | s)} over n values and ⊥, rows sum to 1
     */
    double[][] transitions(double[] initialValues) {
        int n = initialValues.length;
        double[][] w = new double[n + 1][n + 1];
        for (int s = 0; s < n; s++) {
            if (drift.sigma() == 0) {
                w[s][s] = 1;
            } else {
                System.arraycopy(drifted(s, n), 0, w[s], 0, n);
            }
        }
        for (int s = 0; s < n; s++) {
            w[n][s] = reentry * initialValues[s];
        }
        w[n][n] = 1 - reentry;
        return w;
    }

    /** Normalized by the largest exponent: far from the grid every weight alone would underflow (A8's top row). */
    private double[] drifted(int s, int n) {
        double[] exponents = new double[n];
        for (int next = 0; next < n; next++) {
            double distance = (drift.factor() * s - next) / n;
            exponents[next] = -distance * distance / (2 * drift.sigma() * drift.sigma());
        }
        double largest = Arrays.stream(exponents).max().orElseThrow();
        return normalized(
                Arrays.stream(exponents).map(x -> Math.exp(x - largest)).toArray());
    }

    private static double[] normalized(double[] weights) {
        double total = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(w -> w / total).toArray();
    }

    /**
     * Finds a setting.
     *
     * @param name its name, in upper or lower case
     * @return the setting
     * @throws InvalidInputException if there is none of that name
     */
    public static AuctionSetting named(String name) {
        List<String> names = new ArrayList<>();
        for (AuctionSetting setting : ALL) {
            if (setting.name.equalsIgnoreCase(name)) {
                return setting;
            }
            names.add(setting.name);
        }
        throw new InvalidInputException(
                "no auction setting '%s'; there are %s".formatted(name, String.join(", ", names)));
    }
}
