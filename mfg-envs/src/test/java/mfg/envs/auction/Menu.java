package mfg.envs.auction;

import java.util.random.RandomGenerator;

/**
 * What bidders in the mean field choose from in each round, and what the auctioneer earns when they choose best: to lose, to win
 * with probability q and pay r, to win for sure and pay P. A game played by itself, to hold bounds against.
 *
 * @param q the probability to win by the lower bid, in each round
 * @param low what the lower bid pays
 * @param high what the higher bid pays
 * @param leftOver whether goods are left for bids of 0, so that nobody can choose to lose (and the lower bid pays nothing)
 */
record Menu(double[] q, double[] low, double[] high, boolean[] leftOver) {

    /** Earnings and goods sold. */
    record Outcome(double earned, double sold) {}

    static Menu random(int rounds, RandomGenerator random) {
        Menu menu = new Menu(new double[rounds], new double[rounds], new double[rounds], new boolean[rounds]);
        for (int h = 0; h < rounds; h++) {
            int kind = random.nextInt(5);
            menu.q[h] = kind < 3 ? 0 : random.nextDouble();
            menu.high[h] = random.nextInt(6) == 0 ? 9 : 1.1 * random.nextDouble();
            menu.leftOver[h] = kind == 4 && random.nextBoolean();
            menu.low[h] = menu.leftOver[h] ? 0 : menu.high[h] * random.nextDouble();
        }
        return menu;
    }

    /** One price in each round. */
    static Menu prices(double... prices) {
        int rounds = prices.length;
        return new Menu(new double[rounds], new double[rounds], prices, new boolean[rounds]);
    }

    /** The game with prices a hair lower: those who are indifferent buy. */
    Outcome play(Bidders bidders) {
        int n = bidders.values();
        double[] value = new double[n + 1];
        int[][] choice = new int[bidders.rounds()][n];
        for (int h = bidders.rounds() - 1; h >= 0; h--) {
            double[] now = new double[n + 1];
            now[n] = bidders.expect(n, value);
            for (int s = 0; s < n; s++) {
                double wait = bidders.expect(s, value);
                double[] gains = {
                    leftOver[h] ? Double.NEGATIVE_INFINITY : wait,
                    q[h] * (utility(bidders, h, s, low[h]) + now[n]) + (1 - q[h]) * wait,
                    utility(bidders, h, s, high[h]) + now[n]
                };
                for (int c = 1; c < 3; c++) {
                    choice[h][s] = gains[c] > gains[choice[h][s]] - 1e-9 ? c : choice[h][s];
                }
                now[s] = gains[choice[h][s]];
            }
            value = now;
        }
        return sell(bidders, choice);
    }

    private Outcome sell(Bidders bidders, int[][] choice) {
        int n = bidders.values();
        double[] mass = java.util.Arrays.copyOf(bidders.mu(), n + 1);
        double earned = 0;
        double sold = 0;
        for (int h = 0; h < choice.length; h++) {
            double[] next = new double[n + 1];
            for (int s = 0; s < n; s++) {
                double wins = mass[s] * (choice[h][s] == 0 ? 0 : choice[h][s] == 1 ? q[h] : 1);
                double price = choice[h][s] == 1 ? low[h] : high[h];
                sold += wins;
                earned += wins * (bidders.revenue() * price + (1 - bidders.revenue()) * bidders.value(s));
                mass[n] += wins;
                for (int i = 0; i <= n; i++) {
                    next[i] += (mass[s] - wins) * bidders.w()[s][i];
                }
            }
            for (int i = 0; i <= n; i++) {
                next[i] += mass[n] * bidders.w()[n][i];
            }
            mass = next;
        }
        return new Outcome(earned, sold);
    }

    private static double utility(Bidders bidders, int h, int s, double price) {
        Utility utility = bidders.utility();
        double value = bidders.value(s);
        return utility.level(h, value) + utility.weight(h, value) * utility.cost(price);
    }
}
