package mfg.envs.exact;

import java.util.Arrays;

/** N players and, last, the mean field's mean: what player 0 pays for gains over all of these, and its best ones. */
record Everybody(LinearQuadratic game, int players, double[][][] gains) {

    /** All follow gains on the own state, on the others' mean and on the mean field's. */
    static Everybody following(LinearQuadratic game, int players, double[] own, double[] others, double[] known) {
        double[][][] gains = new double[game.horizon()][players][players + 1];
        for (int h = 0; h < game.horizon(); h++) {
            for (int i = 0; i < players; i++) {
                Arrays.fill(gains[h][i], others[h] / (players - 1));
                gains[h][i][i] = own[h];
                gains[h][i][players] = known[h];
            }
        }
        return new Everybody(game, players, gains);
    }

    private LinearQuadraticEquilibrium limit() {
        return LinearQuadraticEquilibrium.of(game, 0);
    }

    /** How all move, player 0 by gains of its own. */
    private double[][] moves(int h, double[] first) {
        double[][] moves = new double[players + 1][players + 1];
        for (int i = 0; i < players; i++) {
            for (int j = 0; j <= players; j++) {
                moves[i][j] = (j < players ? game.drift() / players : 0)
                        + (i == j ? game.keep() : 0)
                        - (i == 0 ? first[j] : gains[h][i][j]);
            }
        }
        moves[players][players] = game.keep() + game.drift() - limit().own()[h] - limit().others()[h];
        return moves;
    }

    private double[][] stateCost() {
        double[] missed = new double[players + 1];
        Arrays.fill(missed, 0, players, -game.target() / players);
        missed[0] += 1;
        double[][] cost = new double[players + 1][players + 1];
        Matrices.addSquare(cost, 1, missed);
        return cost;
    }

    /** What player 0 expects to pay: by its own gains, (H, N + 1), or by the best, which are then filled in. */
    double cost(double[][] first, boolean best) {
        double[][] cost = stateCost();
        double constant = 0;
        for (int h = game.horizon() - 1; h >= 0; h--) {
            for (int i = 0; i < players; i++) {
                constant += game.noise() * game.noise() * cost[i][i];
            }
            if (best) {
                double[][] idle = moves(h, new double[players + 1]);
                for (int j = 0; j <= players; j++) {
                    first[h][j] = 0;
                    for (int k = 0; k <= players; k++) {
                        first[h][j] += cost[0][k] * idle[k][j] / (game.effort() + cost[0][0]);
                    }
                }
            }
            double[][] moves = moves(h, first[h]);
            cost = Matrices.product(Matrices.transposed(moves), Matrices.product(cost, moves));
            Matrices.addSquare(cost, game.effort(), first[h]);
            double[][] now = stateCost();
            for (int i = 0; i <= players; i++) {
                for (int j = 0; j <= players; j++) {
                    cost[i][j] += now[i][j];
                }
            }
        }
        double[] start = new double[players + 1];
        Arrays.fill(start, game.start());
        double expected = constant + Matrices.form(cost, start);
        for (int i = 0; i < players; i++) {
            expected += game.spread() * game.spread() * cost[i][i];
        }
        return expected;
    }

    double[][] firstGains() {
        return Arrays.stream(gains).map(round -> round[0].clone()).toArray(double[][]::new);
    }

    /** All follow the mean-field policy. */
    static Everybody atMeanFieldPolicy(LinearQuadratic game, int players) {
        LinearQuadraticEquilibrium limit = LinearQuadraticEquilibrium.of(game, 0);
        return Everybody.following(game, players, limit.own(), new double[game.horizon()], limit.others());
    }

    /** The mean field's mean, (H + 1). */
    static double[] means(LinearQuadratic game) {
        LinearQuadraticEquilibrium limit = LinearQuadraticEquilibrium.of(game, 0);
        double[] means = new double[game.horizon() + 1];
        means[0] = game.start();
        for (int h = 0; h < game.horizon(); h++) {
            means[h + 1] = (game.keep() + game.drift() - limit.own()[h] - limit.others()[h]) * means[h];
        }
        return means;
    }
}
