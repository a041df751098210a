package mfg.envs.auction;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The bound for values that move and bidders who gain what they do not pay; docs/bounds.md has the proof. In it sigma_h(s) is the
 * probability to win in round h, {@code A_h(s)} counts how much {@code V_h(s+1) - V_h(s)} adds to what bidders gain, at least
 * {@code A_h(s) sigma_h(s) / n} in each round. Bidders and A fall alike by what is won,
 *
 * <pre>
 * m_{h+1}(i) = sum_j (1 - sigma_h(j)) m_h(j) w(i|j) + those who come back,
 * A_{h+1}(i) = sum_j (1 - sigma_h(j)) A_h(j) T(i|j) + Pr(S > i | 0),  T(i|j) = Pr(S > i | j+1) - Pr(S > i | j).
 * </pre>
 *
 * <p>A bound needs to know of A and m only the most they can be. For every guess e of sigma, between 0 and 1, it charges a bidder who
 * wins {@code eta_h(s) most A / most m} with {@code eta = e max(0, rho/n - T beta_{h+1})} and {@code beta_h = min(rho/n, T
 * beta_{h+1}) + eta}; all else is {@link WelfareBound}'s decision problem. Guesses are improved by a subgradient method.
 *
 * <p>A bid of 0 may win if goods are left over, whether one wants it or not. Then all win; earnings are affine in that probability in
 * each round, so it is enough to look at every set of rounds in which everybody wins for nothing.
 */
final class MovingBound {

    /** Sets of rounds are 2^H; the most bidders of each value take H² n³ operations. */
    private static final int MOST_ROUNDS = 8;

    private static final double MOST_WORK = 1e9;
    private static final int STEPS = 20000;
    private static final int PATIENCE = 300;

    private final Bidders bidders;
    private final int n;
    private final double[][] rises; // Pr(S > i | j), n + 1 rows; the last is that of who comes back
    private final double[][] turns; // T(i | j)
    private final double[][] mostMass;
    private final double[][] mostWeight;
    private final double unit;

    private MovingBound(Bidders bidders, double[][] rises, double[][] turns) {
        this.bidders = bidders;
        this.n = bidders.values();
        this.rises = rises;
        this.turns = turns;
        this.unit = bidders.revenue() / n;
        this.mostMass = mostMass();
        this.mostWeight = mostWeight();
    }

    /** Infinite where it does not apply: a higher value must make no lower one more likely, and losers must stay. */
    static double of(Bidders bidders) {
        int n = bidders.values();
        if (bidders.rounds() > MOST_ROUNDS || work(bidders) > MOST_WORK || !bidders.stay()) {
            return Double.POSITIVE_INFINITY;
        }
        double[][] rises = IntStream.rangeClosed(0, n)
                .mapToObj(s -> bidders.above(bidders.w()[s]))
                .toArray(double[][]::new);
        double[][] turns = new double[n][n];
        for (int j = 0; j + 1 < n; j++) {
            for (int i = 0; i < n; i++) {
                turns[j][i] = rises[j + 1][i] - rises[j][i];
                if (turns[j][i] < -1e-12) {
                    return Double.POSITIVE_INFINITY;
                }
                turns[j][i] = Math.max(0, turns[j][i]);
            }
        }
        return new MovingBound(bidders, rises, turns).least();
    }

    private static double work(Bidders bidders) {
        return Math.pow(bidders.rounds(), 2) * Math.pow(bidders.values(), 3);
    }

    /** The most bidders with each value in each round, whoever wins before. */
    private double[][] mostMass() {
        double[][] most = new double[bidders.rounds()][n];
        for (int h = 0; h < most.length; h++) {
            for (int target = 0; target < n; target++) {
                double[] chance = new double[n + 1];
                chance[target] = 1;
                for (int k = 0; k < h; k++) {
                    double[] now = new double[n + 1];
                    now[n] = bidders.expect(n, chance);
                    for (int s = 0; s < n; s++) {
                        now[s] = Math.max(now[n], bidders.expect(s, chance));
                    }
                    chance = now;
                }
                most[h][target] = Bidders.dot(bidders.mu(), chance);
            }
        }
        return most;
    }

    /** A where nobody wins; or, if more, where all who take part have just come back. */
    private double[][] mostWeight() {
        double back = 1 - bidders.w()[n][n];
        double[][] most = new double[bidders.rounds()][n];
        most[0] = bidders.above(bidders.mu());
        for (int h = 1; h < most.length; h++) {
            most[h] = rises[0].clone();
            for (int j = 0; j < n; j++) {
                for (int i = 0; i < n; i++) {
                    most[h][i] += most[h - 1][j] * turns[j][i];
                }
            }
            for (int i = 0; i < n && back > 0; i++) {
                most[h][i] = Math.max(most[h][i], rises[n][i] / back);
            }
        }
        return most;
    }

    /** What to try: the guess of sigma and the price of a good. */
    private record Guess(double[][] sigma, double lambda) {

        Guess moved(Slope slope, double step) {
            double[][] moved = new double[sigma.length][];
            for (int h = 0; h < moved.length; h++) {
                double[] from = sigma[h];
                double[] along = slope.sigma[h];
                moved[h] = new double[from.length];
                for (int s = 0; s < from.length; s++) {
                    moved[h][s] = Math.min(1, Math.max(0, from[s] - step * along[s]));
                }
            }
            return new Guess(moved, Math.max(0, lambda - step * slope.lambda));
        }
    }

    /** Who wins where that is best for the auctioneer, and how much there is to charge winners for; both (H, n). */
    private record Played(boolean[][] wins, double[][] room) {}

    private record Slope(double[][] sigma, double lambda) {

        double squared() {
            double sum = lambda * lambda;
            for (double[] row : sigma) {
                sum += Bidders.dot(row, row);
            }
            return sum;
        }
    }

    /** Polyak's steps towards a target a little below the best bound so far, nearer when that is out of reach. */
    private double least() {
        Guess guess = new Guess(new double[bidders.rounds()][n], 0);
        Guess best = guess;
        double least = Double.POSITIVE_INFINITY;
        double gap = 0.1;
        int since = 0;
        for (int i = 0; i < STEPS && gap > 1e-5; i++) {
            Played played = new Played(new boolean[bidders.rounds()][n], new double[bidders.rounds()][n]);
            double bound = bound(guess, 0, played);
            since++;
            if (bound < least - 1e-9) {
                since = bound < least * (1 - gap / 20) ? 0 : since;
                least = bound;
                best = guess;
            }
            if (since > PATIENCE) {
                gap /= 2;
                since = 0;
                guess = best;
                bound = bound(guess, 0, played);
            }
            Slope slope = slope(guess, played);
            double length = slope.squared();
            if (length == 0) {
                break;
            }
            guess = guess.moved(slope, (bound - least * (1 - gap)) / length);
        }
        for (int free = 1; free < 1 << bidders.rounds(); free++) {
            least = Math.max(least, bound(best, free, null));
        }
        return least;
    }

    /**
     * Evaluates the bound.
     *
     * @param guess what to try
     * @param free a bit for each round in which everybody wins for nothing
     * @param played out; may be null
     */
    private double bound(Guess guess, int free, @Nullable Played played) {
        double back = bidders.w()[n][n];
        double constant = guess.lambda * bidders.goods();
        double[] worth = new double[n + 1];
        double[] beta = new double[n];
        double lowest = 0; // how much V(0) counts, and V(⊥), in what follows
        double outside = 0;
        for (int h = bidders.rounds() - 1; h >= 0; h--) {
            double[] now = new double[n + 1];
            now[n] = bidders.expect(n, worth);
            double[] counts = new double[n];
            boolean all = (free >> h & 1) == 1;
            double nowOutside = Bidders.dot(rises[n], beta) + (1 - back) * lowest + back * outside;
            lowest = all ? nowOutside : Bidders.dot(rises[0], beta) + lowest;
            for (int s = 0; s < n; s++) {
                double win = bidders.value(s) - guess.lambda + now[n];
                if (all) {
                    now[s] = win;
                    counts[s] = unit;
                    continue;
                }
                double later = Bidders.dot(turns[s], beta);
                double room = mostMass[h][s] > 0 ? Math.max(0, unit - later) : 0;
                double eta = guess.sigma[h][s] * room;
                if (eta > 0) {
                    constant += eta * mostWeight[h][s];
                    win -= eta * mostWeight[h][s] / mostMass[h][s];
                }
                counts[s] = Math.min(unit, later) + eta;
                double wait = bidders.expect(s, worth);
                now[s] = Math.max(win, wait);
                if (played != null) {
                    played.wins[h][s] = win > wait;
                    played.room[h][s] = room;
                }
            }
            worth = now;
            beta = counts;
            outside = nowOutside;
        }
        double gained = Bidders.dot(mostWeight[0], beta) + lowest;
        return constant + Bidders.dot(bidders.mu(), worth) - gained;
    }

    /** How the bound changes with the guess: weight is how it falls with beta. */
    private Slope slope(Guess guess, Played played) {
        double[][] slope = new double[bidders.rounds()][n];
        double[] mass = Arrays.copyOf(bidders.mu(), n + 1);
        double[] weight = mostWeight[0];
        double left = bidders.goods();
        for (int h = 0; h < slope.length; h++) {
            double[] nextMass = new double[n + 1];
            double[] nextWeight = rises[0].clone();
            for (int s = 0; s < n; s++) {
                double won = played.wins[h][s] ? mass[s] : 0;
                left -= won;
                mass[n] += won;
                add(nextMass, mass[s] - won, bidders.w()[s]);
                double room = played.room[h][s];
                if (room > 0) {
                    double charged = mostWeight[h][s] * (1 - won / mostMass[h][s]);
                    double sigma = guess.sigma[h][s];
                    slope[h][s] = room * (charged - weight[s]);
                    add(nextWeight, (1 - sigma) * weight[s] + sigma * charged, turns[s]);
                }
            }
            add(nextMass, mass[n], bidders.w()[n]);
            mass = nextMass;
            weight = nextWeight;
        }
        return new Slope(slope, left);
    }

    private static void add(double[] to, double factor, double[] x) {
        if (factor != 0) {
            for (int i = 0; i < to.length; i++) {
                to[i] += factor * x[i];
            }
        }
    }
}
