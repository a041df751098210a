package mfg.envs.auction;

import java.util.Arrays;

/**
 * The bound for values that stay, bidders who win once and discount, {@code d_h (s - p)} with {@code d_h} falling in h.
 *
 * <p>In each round a bidder loses, or wins for sure at one price, or with a probability q_h at another: higher bids win, so there
 * is one bid at most that wins with a probability in between. Each choice is made from some value on, since whoever waits gains
 * less per value. With these cutoffs given and prices as high as they allow, the auctioneer's earnings are affine in each q_h:
 * the best are 0 or 1, one price a round. Cutoffs {@code c_0 >= .. >= c_{H-1}} sell to {@code [c_h, c_{h-1})} and earn
 *
 * <pre>sum_h (sold_h (rho c_h - lambda) + (1 - rho) worth_h - d_h (c_{h-1} - c_h) M_h),  M_h = rho sum_{k < h} sold_k / d_k.</pre>
 *
 * <p>The best cutoffs are found backward over c and M. Earnings are convex in M, so interpolating between points of a grid
 * makes them no smaller.
 */
final class WaitingBound {

    private static final int POINTS = 64;

    private final Bidders bidders;
    private final double[] mass;
    private final double[] worth;
    private final double step;

    private WaitingBound(Bidders bidders) {
        int n = bidders.values();
        this.bidders = bidders;
        this.mass = new double[n + 1];
        this.worth = new double[n + 1];
        for (int s = 0; s < n; s++) {
            mass[s + 1] = mass[s] + bidders.mu()[s];
            worth[s + 1] = worth[s] + bidders.mu()[s] * bidders.value(s);
        }
        this.step = bidders.revenue() / discount(bidders.rounds() - 1) / POINTS;
    }

    static double of(Bidders bidders) {
        WaitingBound bound = new WaitingBound(bidders);
        return SupplyPrice.least(bound::at);
    }

    private double discount(int h) {
        return -bidders.utility().weight(h, 0);
    }

    private double at(double lambda) {
        int n = bidders.values();
        double[][] later = new double[n + 1][POINTS + 2];
        for (int h = bidders.rounds() - 1; h >= 0; h--) {
            double[][] now = new double[n + 1][POINTS + 2];
            for (int before = 0; before <= n; before++) {
                Arrays.fill(now[before], Double.NEGATIVE_INFINITY);
                for (int cutoff = 0; cutoff <= before; cutoff++) {
                    serve(h, lambda, before, cutoff, later[cutoff], now[before]);
                }
            }
            later = now;
        }
        return lambda * bidders.goods() + later[n][0];
    }

    /** Sells to values from a cutoff on, of those below the cutoff before. */
    private void serve(int h, double lambda, int before, int cutoff, double[] later, double[] now) {
        double sold = mass[before] - mass[cutoff];
        double gain = sold * (bidders.revenue() * bidders.value(cutoff) - lambda)
                + (1 - bidders.revenue()) * (worth[before] - worth[cutoff]);
        double rent = discount(h) * (bidders.value(before) - bidders.value(cutoff));
        double moved = step == 0 ? 0 : bidders.revenue() * sold / discount(h) / step;
        int whole = (int) moved;
        double part = moved - whole;
        for (int i = 0; i <= POINTS; i++) {
            int at = Math.min(i + whole, POINTS); // further on nobody can get: sold_k sum to 1 at most
            double then = later[at] + part * (later[at + 1] - later[at]);
            now[i] = Math.max(now[i], gain - rent * i * step + then);
        }
        now[POINTS + 1] = now[POINTS];
    }
}
