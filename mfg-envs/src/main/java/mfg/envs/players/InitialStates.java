package mfg.envs.players;

import mfg.core.Streams;

/** Where players start: a draw each, but player 0 from a given quantile. */
final class InitialStates {

    private final double[] mu0;
    private final AliasTables table;

    InitialStates(double[] mu0) {
        this.mu0 = mu0;
        this.table = new AliasTables(1, mu0.length);
        table.fill(mu0);
    }

    /**
     * Which quantile player 0 starts from in one of several plays: somewhere in the play's own of as many equal parts as there are
     * plays, so that averages over plays are less noisy. It is none of the other draws of the play.
     */
    static double spread(int play, int plays, long seed) {
        return (play + Draws.unit(Streams.seed(seed, "spread"))) / plays;
    }

    int draw(long random) {
        return table.draw(0, random);
    }

    /** The state in which the cumulated distribution exceeds a number in [0, 1). */
    int quantile(double start) {
        double total = 0;
        int last = 0;
        for (int s = 0; s < mu0.length; s++) {
            total += mu0[s];
            if (start < total) {
                return s;
            }
            if (mu0[s] > 0) {
                last = s;
            }
        }
        return last; // the sum is 1 but for rounding
    }
}
