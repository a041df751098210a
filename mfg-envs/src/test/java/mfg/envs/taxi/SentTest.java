package mfg.envs.taxi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SentTest {

    private static final int PLAYERS = 9;
    private static final int ROUNDS = 40;

    /** A third chooses, a third is sent to each zone. */
    private static int zone(int k) {
        return k % 3;
    }

    @Property(tries = 40)
    void whoIsSentGoesThereAndTheOthersDoWhatTheyWant(@ForAll long seed) {
        City city = City.of(Layouts.random(new SplittableRandom(seed), 30), PLAYERS, ROUNDS, 0.5, seed);
        CityLayout layout = city.layout();
        TaxiSimulator taxis = new TaxiSimulator(city, 2);
        TaxiSimulator plain = new TaxiSimulator(city, 2);
        Sent sent = new Sent(taxis, layout, SentTest::zone);
        Driver random = Driver.random(seed);
        int[] actions = new int[taxis.agents() + 1];
        float[] rewards = new float[taxis.agents() + 2];
        float[] expected = new float[taxis.agents() + 2];
        sent.reset(seed);
        plain.reset(seed);
        for (int h = 0; h < ROUNDS; h++) {
            random.act(taxis, actions, 1);
            int[] wanted = actions.clone();
            sent.step(actions, 1, rewards, 2);
            assertArrayEquals(wanted, actions, "what was wanted is not modified");
            for (int k = 0; k < plain.agents(); k++) {
                boolean goes = plain.cell(k) == layout.start() && zone(k) > 0;
                actions[1 + k] = goes ? layout.leave(zone(k)) : actions[1 + k];
            }
            plain.step(actions, 1, expected, 2);
            assertArrayEquals(expected, rewards);
            for (int k = 0; k < taxis.agents(); k++) {
                assertEquals(plain.cell(k), taxis.cell(k));
            }
        }
        for (int k = 0; k < taxis.agents(); k++) {
            if (zone(k) > 0 && taxis.cell(k) != layout.start()) {
                assertEquals(zone(k), layout.zone(taxis.cell(k)));
            }
        }
    }
}
