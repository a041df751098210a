package mfg.envs.taxi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OneTaxiTest {

    private static final int COPIES = 3;
    private static final int ROUNDS = 50;

    /** Steps everybody and one of them, and has them see and earn the same. */
    private static void same(TaxiSimulator all, OneTaxi one, int player, int[] actions) {
        int n = all.players();
        int features = all.features();
        float[] allSee = new float[all.agents() * features];
        float[] oneSees = new float[COPIES * features];
        float[] allEarn = new float[all.agents()];
        float[] oneEarns = new float[COPIES];
        int[] own = new int[COPIES];
        Arrays.setAll(own, copy -> actions[copy * n + player]);
        all.observe(allSee, 0);
        one.observe(oneSees, 0);
        all.step(actions, 0, allEarn, 0);
        one.step(own, 0, oneEarns, 0);
        for (int copy = 0; copy < COPIES; copy++) {
            int row = (copy * n + player) * features;
            assertArrayEquals(
                    Arrays.copyOfRange(allSee, row, row + features),
                    Arrays.copyOfRange(oneSees, copy * features, (copy + 1) * features));
            assertEquals(allEarn[copy * n + player], oneEarns[copy]);
        }
    }

    /** Whoever does the same as when it was watched, meets and earns the same. */
    @Property(tries = 40)
    void nothingChangesForWhoDoesTheSame(@ForAll long seed, @ForAll @IntRange(min = 0, max = 6) int player) {
        SplittableRandom random = new SplittableRandom(seed);
        City city = City.of(Layouts.random(random, 30), 7, ROUNDS, 3, seed);
        TaxiSimulator all = new TaxiSimulator(city, COPIES);
        Driver script = random.nextBoolean() ? Driver.random(seed) : new ScriptedDriver(city.layout(), 0.5, seed);
        Traffic traffic = new Traffic(city, player, COPIES);
        int[][] actions = new int[ROUNDS][all.agents()];
        all.reset(seed);
        for (int[] round : actions) {
            script.act(all, round, 0);
            traffic.record(all, 0);
            all.step(round, 0, new float[all.agents()], 0);
        }
        OneTaxi one = new OneTaxi(traffic, COPIES);
        all.reset(seed);
        one.reset(seed);
        for (int[] round : actions) {
            same(all, one, player, round);
        }
        assertEquals(1, one.players());
        assertEquals(COPIES, one.agents());
    }

    /** The same if it does something else, where the others stand still and so cannot react. */
    @Property(tries = 40)
    void nothingChangesIfTheOthersDoNotReact(@ForAll long seed, @ForAll @IntRange(min = 0, max = 6) int player) {
        City city = City.of(Layouts.random(new SplittableRandom(seed), 30), 7, ROUNDS, 0.6, seed);
        TaxiSimulator all = new TaxiSimulator(city, COPIES);
        Traffic traffic = new Traffic(city, player, 2 * COPIES);
        all.reset(-seed);
        for (int h = 0; h < ROUNDS; h++) {
            traffic.record(all, 0);
            traffic.record(all, COPIES);
            all.step(actions(all, Driver.random(-seed), player), 0, new float[all.agents()], 0);
        }
        OneTaxi one = new OneTaxi(traffic, COPIES);
        all.reset(seed);
        one.reset(seed);
        Driver script = new ScriptedDriver(city.layout(), 0.5, seed);
        for (int h = 0; h < ROUNDS; h++) {
            same(all, one, player, actions(all, script, player));
        }
    }

    /** Everybody waits but one. */
    private static int[] actions(TaxiSimulator all, Driver driver, int player) {
        int[] actions = new int[all.agents()];
        driver.act(all, actions, 0);
        for (int k = 0; k < actions.length; k++) {
            actions[k] = k % all.players() == player ? actions[k] : CityLayout.WAIT;
        }
        return actions;
    }

    /** More copies than plays take turns: in every other nobody is in the way, in the rest everybody. */
    @Test
    void playsAreShared() {
        City city = new City(new CityLayout(CityLayout.DEFAULT), 4, ROUNDS, 4.0 / 3, 0.2, 1, 1, 1, 0, 0, 1);
        Traffic traffic = new Traffic(city, 1, 2);
        TaxiSimulator all = new TaxiSimulator(city, 1);
        for (int h = 0; h < ROUNDS; h++) {
            traffic.record(all, 0);
            all.step(actions(all, Driver.random(1), 1), 0, new float[4], 0);
        }
        OneTaxi many = new OneTaxi(traffic, 50);
        for (int h = 0; h < ROUNDS; h++) {
            many.step(new int[50], 0, new float[50], 0); // up
        }
        for (int k = 0; k < 50; k++) {
            assertEquals(k % 2 == 0, many.cell(k) == city.layout().start());
        }
    }
}
