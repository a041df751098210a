package mfg.envs.players;

/** Where players start: a draw each, but player 0 from a given quantile. */
final class InitialStates {

    private final double[] mu0;
    private final AliasTables table;

    InitialStates(double[] mu0) {
        this.mu0 = mu0;
        this.table = new AliasTables(1, mu0.length);
        table.fill(mu0);
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
