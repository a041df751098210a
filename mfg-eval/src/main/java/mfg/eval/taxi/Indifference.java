package mfg.eval.taxi;

import mfg.envs.taxi.City;
import mfg.envs.taxi.CityLayout;
import mfg.envs.taxi.ScriptedDriver;
import mfg.envs.taxi.TaxiSimulator;
import mfg.train.ppo.Episodes;

/** Where drivers by a script earn the same in both zones: what a share of zone 1 is held against. */
public final class Indifference {

    private static final int PLAYERS = 1000;
    private static final int CITIES = 4;
    private static final int ROUNDS = 128;
    private static final int STEPS = 20;
    private static final long SEED = 1;

    private Indifference() {}

    /**
     * Finds the share of taxis in zone 1 from which on zone 2 pays more to a {@link ScriptedDriver}.
     *
     * @param congestion c
     * @return in (0, 1) where both pay the same; 1 if zone 1 pays more even with nearly everybody in it, 0 if zone 2 does
     */
    public static double share(double congestion) {
        double before = gap(congestion, 1.0 / STEPS);
        if (before <= 0) {
            return 0;
        }
        for (int k = 2; k < STEPS; k++) {
            double gap = gap(congestion, (double) k / STEPS);
            if (gap <= 0) {
                return (k - gap / (gap - before)) / STEPS;
            }
            before = gap;
        }
        return 1;
    }

    /** How much more a taxi earns in zone 1. */
    private static double gap(double congestion, double share) {
        ZoneReturns returns = returns(congestion, share);
        return returns.in(1).mean() - returns.in(2).mean();
    }

    /**
     * What drivers by a script earn.
     *
     * @param congestion c
     * @param share of taxis in zone 1
     */
    public static ZoneReturns returns(double congestion, double share) {
        CityLayout layout = new CityLayout(CityLayout.DEFAULT);
        TaxiSimulator taxis = new TaxiSimulator(City.of(layout, PLAYERS, ROUNDS, congestion, SEED), CITIES);
        ScriptedDriver driver = new ScriptedDriver(layout, share, SEED);
        double[] returns = Episodes.play(taxis, (stream, actions) -> driver.act(taxis, actions, 0), SEED, () -> {});
        return ZoneReturns.of(taxis, returns, k -> true);
    }
}
