package mfg.envs.taxi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an independent simulator measured, mean episode return per taxi. */
class ScriptedDriverTest {

    private static final CityLayout LAYOUT = new CityLayout(CityLayout.DEFAULT);

    /** Adds to what is earned at the start, in zone 1 and in zone 2, each taxi's zone being the one that it is in at last. */
    private static void play(TaxiSimulator taxis, Driver driver, double[] earned) {
        taxis.reset(2);
        int agents = taxis.agents();
        int[] actions = new int[agents];
        float[] rewards = new float[agents];
        double[] total = new double[agents];
        for (int h = 0; h < taxis.rounds(); h++) {
            driver.act(taxis, actions, 0);
            taxis.step(actions, 0, rewards, 0);
            for (int k = 0; k < agents; k++) {
                total[k] += rewards[k];
            }
        }
        for (int k = 0; k < agents; k++) {
            earned[LAYOUT.zone(taxis.cell(k))] += total[k];
        }
    }

    private static TaxiSimulator taxis(double congestion) {
        return new TaxiSimulator(City.of(LAYOUT, 1000, 128, congestion, 1), 3);
    }

    private static double mean(double congestion, Driver driver) {
        TaxiSimulator taxis = taxis(congestion);
        double[] earned = new double[3];
        play(taxis, driver, earned);
        return (earned[1] + earned[2]) / taxis.agents();
    }

    @ParameterizedTest
    @CsvSource({
        "8, 0, 15.7",
        "8, 0.25, 20.2",
        "8, 0.5, 21.6",
        "8, 0.75, 20.7",
        "8, 1, 17.2",
        "1, 0, 29.6",
        "1, 0.25, 31.3",
        "1, 0.5, 32.3",
        "1, 0.75, 32.7",
        "1, 1, 32.5",
        "0, 1, 35.1"
    })
    void theScriptEarnsWhatItEarnedElsewhere(double congestion, double zone1, double expected) {
        assertEquals(expected, mean(congestion, new ScriptedDriver(LAYOUT, zone1, 3)), 0.03 * expected);
    }

    /** One digit was kept. */
    @ParameterizedTest
    @CsvSource({"8, 1.4", "1, 1.8"})
    void chanceEarnsWhatItEarnedElsewhere(double congestion, double expected) {
        assertEquals(expected, mean(congestion, Driver.random(3)), 0.05 + 0.03);
    }

    /** Where few are, more is earned. */
    @ParameterizedTest
    @CsvSource({"0.25, true", "0.75, false"})
    void theEmptierZonePays(double zone1, boolean first) {
        TaxiSimulator taxis = taxis(8);
        double[] earned = new double[3];
        play(taxis, new ScriptedDriver(LAYOUT, zone1, 3), earned);
        double share = taxis.zone1Share();
        assertEquals(zone1, share, 0.05);
        assertEquals(first, earned[1] / share > earned[2] / (1 - share));
    }

    @Test
    void everyPassengerButTheLastIsDelivered() {
        TaxiSimulator taxis = taxis(8);
        play(taxis, new ScriptedDriver(LAYOUT, 0.5, 3), new double[3]);
        long open = 0;
        for (int k = 0; k < taxis.agents(); k++) {
            open += taxis.isCarrying(k) ? 1 : 0;
        }
        assertEquals(taxis.pickups() - open, taxis.deliveries(1) + taxis.deliveries(2));
        assertTrue(taxis.jams() > 0);
    }
}
