package mfg.envs.auction;

import java.util.Arrays;

/**
 * The mean-field auction (AMID Def. 3) and the settings A1 to A10 (AMID Sec. 5), in loops over plain doubles and with the
 * transition tensor {@code P(s' | s, a, L)} written out. State n is ⊥.
 */
final class ReferenceAuction {

    /** An auctioneer in plain doubles. */
    interface Seller {
        double goods(int h, double[] nu, double remaining);

        double payment(int h, int a);
    }

    /** What happens in one round. */
    record Outcome(
            double[][] flow,
            double[] nu,
            double goods,
            double remaining,
            double[] winning,
            double[] payments,
            double[][] reward,
            double[][][] transition,
            double[] next,
            double revenue,
            double welfare) {}

    private final String setting;
    private final double alphaMax;
    private final double[] initial;
    private final int n;
    private final double[][] w;
    private final Seller seller;

    ReferenceAuction(String setting, double alphaMax, double[] initial, Seller seller) {
        this.setting = setting;
        this.alphaMax = alphaMax;
        this.initial = initial;
        this.n = initial.length;
        this.seller = seller;
        this.w = new double[n + 1][n + 1];
        for (int s = 0; s < n; s++) {
            w[s] = loser(s);
            w[n][s] = reentry() * initial[s];
        }
        w[n][n] = 1 - reentry();
    }

    static double[] initial(String setting, int n) {
        double ratio = setting.matches("A2|A7|A8") ? 0.9 : 1;
        double[] weights = new double[n];
        Arrays.setAll(weights, k -> Math.pow(ratio, k));
        double total = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(x -> x / total).toArray();
    }

    private double reentry() {
        return switch (setting) {
            case "A3", "A10" -> 0.3;
            case "A7" -> 1;
            case "A8" -> 0.015;
            default -> 0;
        };
    }

    private double[] loser(int s) {
        double[] row = new double[n + 1];
        switch (setting) {
            case "A2" -> drift(row, s, 3, 0.2);
            case "A7" -> drift(row, s, 1.2, 0.2);
            case "A8" -> drift(row, s, 1.2, 0.01);
            default -> row[s] = 1;
        }
        return row;
    }

    private void drift(double[] row, int s, double factor, double sigma) {
        double total = 0;
        for (int to = 0; to < n; to++) {
            double x = factor * s / n - (double) to / n;
            row[to] = Math.exp(-x * x / (2 * sigma * sigma));
            total += row[to];
        }
        for (int to = 0; to < n; to++) {
            row[to] /= total;
        }
    }

    private double utility(int h, double surplus) {
        return switch (setting) {
            case "A4" -> 1 - Math.exp(-surplus);
            case "A5" -> Math.exp(surplus) - 1;
            case "A6" -> surplus / (1 + h);
            default -> surplus;
        };
    }

    /** Serves the bids from the highest down until the goods are gone. */
    static double[] winning(double[] nu, double goods) {
        double[] winning = new double[nu.length];
        if (goods >= Arrays.stream(nu).sum()) {
            Arrays.fill(winning, 1);
            return winning;
        }
        double above = 0;
        for (int a = nu.length - 1; a >= 0; a--) {
            if (goods > above) {
                winning[a] = goods >= above + nu[a] ? 1 : (goods - above) / nu[a];
            }
            above += nu[a];
        }
        return winning;
    }

    /** Plays a policy, (H, n + 1, n). */
    Outcome[] play(double[][][] policy) {
        Outcome[] rounds = new Outcome[policy.length];
        double[] mu = Arrays.copyOf(initial, n + 1);
        double remaining = alphaMax;
        for (int h = 0; h < policy.length; h++) {
            rounds[h] = round(h, mu, policy[h], remaining);
            mu = rounds[h].next();
            remaining = rounds[h].remaining();
        }
        return rounds;
    }

    private Outcome round(int h, double[] mu, double[][] policy, double available) {
        double[][] flow = new double[n + 1][n];
        double[] nu = new double[n];
        for (int s = 0; s <= n; s++) {
            for (int a = 0; a < n; a++) {
                flow[s][a] = mu[s] * policy[s][a];
                nu[a] += s < n ? flow[s][a] : 0;
            }
        }
        double demand = Arrays.stream(nu).sum();
        double goods = Math.min(demand, Math.min(available, seller.goods(h, nu, available)));
        double[] winning = winning(nu, goods);
        double[] payments = new double[n];
        Arrays.setAll(payments, a -> seller.payment(h, a));

        double[][] reward = new double[n + 1][n];
        double[][][] transition = new double[n + 1][n][n + 1];
        double[] next = new double[n + 1];
        double revenue = 0;
        double welfare = 0;
        for (int s = 0; s <= n; s++) {
            for (int a = 0; a < n; a++) {
                double win = s < n ? winning[a] : 0;
                reward[s][a] = s < n ? win * utility(h, (double) s / n - payments[a]) : 0;
                revenue += flow[s][a] * win * payments[a];
                welfare += flow[s][a] * win * s / n;
                for (int to = 0; to <= n; to++) {
                    transition[s][a][to] = win * w[n][to] + (1 - win) * w[s][to];
                    next[to] += flow[s][a] * transition[s][a][to];
                }
            }
        }
        return new Outcome(
                flow, nu, goods, available - goods, winning, payments, reward, transition, next, revenue, welfare);
    }

    /** The action values of the policy in its own flow; ⊥ has no entropy. */
    double[][][] q(Outcome[] rounds, double[][][] policy, double tau) {
        double[][][] q = new double[rounds.length][n + 1][n];
        double[] value = new double[n + 1];
        for (int h = rounds.length - 1; h >= 0; h--) {
            double[] now = new double[n + 1];
            for (int s = 0; s <= n; s++) {
                for (int a = 0; a < n; a++) {
                    q[h][s][a] = rounds[h].reward()[s][a];
                    for (int to = 0; to <= n; to++) {
                        q[h][s][a] += rounds[h].transition()[s][a][to] * value[to];
                    }
                    double p = policy[h][s][a];
                    now[s] += p * q[h][s][a] - (s < n && p > 0 ? tau * p * Math.log(p) : 0);
                }
            }
            value = now;
        }
        return q;
    }
}
