package mfg.envs.taxi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mfg.core.InvalidInputException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TaxisTest {

    /** Rules of all kinds, on maps of all kinds. */
    private static City city(SplittableRandom random, int players, int rounds) {
        CityLayout layout = Layouts.random(random, random.nextBoolean() ? 64 : 20);
        double[] customers = {0.2, 0.5, 0.75, random.nextDouble(), 0, 1};
        return new City(
                layout,
                players,
                rounds,
                random.nextInt(3) * random.nextDouble(),
                customers[random.nextInt(customers.length)],
                random.nextInt(5) == 0 ? 1 : 0.7,
                1.1,
                random.nextDouble(),
                0.5,
                0.1,
                random.nextLong());
    }

    /** Half of the taxis follow the script, where most happens; the rest, and sometimes they too, do anything. */
    private static int[] act(Taxis taxis, SplittableRandom random, Driver script) {
        int[] actions = new int[taxis.agents()];
        script.act(taxis, actions, 0);
        for (int k = 0; k < actions.length; k++) {
            actions[k] = k % 2 == 0 || random.nextInt(10) == 0 ? random.nextInt(CityLayout.ACTIONS) : actions[k];
        }
        return actions;
    }

    @Property(tries = 150)
    void theSlowOneDoesTheSame(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int copies) {
        SplittableRandom random = new SplittableRandom(seed);
        City city = city(random, random.nextInt(1, 8), 40);
        TaxiSimulator taxis = new TaxiSimulator(city, copies);
        taxis.reset(seed);
        SlowTaxis[] slow = IntStream.range(0, copies)
                .mapToObj(copy -> new SlowTaxis(city, seed, copy))
                .toArray(SlowTaxis[]::new);
        Driver script = new ScriptedDriver(city.layout(), 0.5, seed);
        int n = city.players();
        float[] rewards = new float[taxis.agents()];
        float[] seen = new float[taxis.agents() * taxis.features()];
        for (int h = 0; h < city.rounds(); h++) {
            int[] actions = act(taxis, random, script);
            taxis.step(actions, 0, rewards, 0);
            taxis.observe(seen, 0);
            for (int copy = 0; copy < copies; copy++) {
                double[] paid = slow[copy].step(Arrays.copyOfRange(actions, copy * n, (copy + 1) * n));
                for (int i = 0; i < n; i++) {
                    int k = copy * n + i;
                    SlowTaxis.Taxi taxi = slow[copy].taxis.get(i);
                    assertEquals(paid[i], rewards[k], 1e-6);
                    assertEquals(slow[copy].number(taxi.place), taxis.cell(k));
                    assertEquals(taxi.target == null ? -1 : slow[copy].number(taxi.target), taxis.target(k));
                    int row = k * taxis.features();
                    assertArrayEquals(
                            slow[copy].see(taxi).stream()
                                    .mapToDouble(x -> (float) (double) x)
                                    .toArray(),
                            IntStream.range(row, row + taxis.features())
                                    .mapToDouble(at -> seen[at])
                                    .toArray());
                }
            }
        }
    }

    @Property(tries = 100)
    void nobodyDoesWhatCannotBe(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        City city = city(random, random.nextInt(1, 20), 60);
        CityLayout layout = city.layout();
        TaxiSimulator taxis = new TaxiSimulator(city, 2);
        taxis.reset(seed);
        Driver script = new ScriptedDriver(layout, 0.5, seed);
        float[] fares = city.fares();
        float[] rewards = new float[taxis.agents()];
        long[] delivered = new long[3];
        long picked = 0;
        for (int h = 0; h < city.rounds(); h++) {
            int[] cells = IntStream.range(0, taxis.agents()).map(taxis::cell).toArray();
            int[] targets =
                    IntStream.range(0, taxis.agents()).map(taxis::target).toArray();
            long[] fields =
                    IntStream.range(0, taxis.agents()).mapToLong(taxis::field).toArray();
            int[] actions = act(taxis, random, script);
            taxis.step(actions, 0, rewards, 0);
            for (int k = 0; k < taxis.agents(); k++) {
                int before = layout.zone(cells[k]);
                int now = layout.zone(taxis.cell(k));
                assertTrue(now == before || before == 0, "left a zone");
                assertTrue(taxis.cell(k) == cells[k] || taxis.cell(k) == layout.next(cells[k], actions[k]), "jumped");
                assertTrue(layout.cells() == Long.SIZE || taxis.field(k) >>> layout.cells() == 0);
                boolean waits = actions[k] == CityLayout.WAIT;
                boolean delivers = waits && targets[k] >= 0 && targets[k] == cells[k];
                boolean picks = waits && targets[k] < 0 && before > 0 && (fields[k] >>> cells[k] & 1) == 1;
                long left = picks ? fields[k] & ~(1L << cells[k]) : fields[k];
                assertEquals(left, taxis.field(k) & left, "a customer vanished");
                assertEquals(picks || (targets[k] >= 0 && !delivers), taxis.isCarrying(k));
                assertTrue(targets[k] < 0 || delivers || targets[k] == taxis.target(k), "changed passengers");
                assertTrue(!taxis.isCarrying(k) || layout.zone(taxis.target(k)) == now, "a target out of reach");
                assertEquals(delivers ? fares[k % city.players() * 3 + before] : 0, rewards[k]);
                delivered[before] += delivers ? 1 : 0;
                picked += picks ? 1 : 0;
            }
        }
        assertEquals(delivered[1], taxis.deliveries(1));
        assertEquals(delivered[2], taxis.deliveries(2));
        assertEquals(picked, taxis.pickups());
        long inZone1 = IntStream.range(0, taxis.agents())
                .filter(k -> layout.zone(taxis.cell(k)) == 1)
                .count();
        assertEquals((double) inZone1 / taxis.agents(), taxis.zone1Share(), 1e-12);
    }

    @Property(tries = 30)
    void copiesKnowNothingOfEachOther(@ForAll long seed) {
        City city = city(new SplittableRandom(seed), 5, 20);
        TaxiSimulator few = new TaxiSimulator(city, 1);
        TaxiSimulator many = new TaxiSimulator(city, 3);
        few.reset(seed);
        many.reset(seed);
        Driver random = Driver.random(seed);
        int[] actions = new int[17];
        float[] rewards = new float[15];
        float[] less = new float[5 * few.features()];
        float[] more = new float[15 * few.features() + 2];
        for (int h = 0; h < city.rounds(); h++) {
            random.act(many, actions, 2);
            many.step(actions, 2, rewards, 0);
            few.step(actions, 2, rewards, 10);
            few.observe(less, 0);
            many.observe(more, 2);
            assertArrayEquals(less, Arrays.copyOfRange(more, 2, 2 + less.length));
        }
    }

    /** Without congestion nobody notices anybody: not even draws move. */
    @Property(tries = 30)
    void whatOneDoesChangesNobodyElsesLuck(@ForAll long seed) {
        City city = City.of(Layouts.random(new SplittableRandom(seed), 30), 6, 30, 0, seed);
        TaxiSimulator one = new TaxiSimulator(city, 1);
        TaxiSimulator other = new TaxiSimulator(city, 1);
        Driver random = Driver.random(seed);
        int[] actions = new int[6];
        float[] rewards = new float[6];
        one.reset(seed);
        other.reset(seed);
        for (int h = 0; h < city.rounds(); h++) {
            random.act(one, actions, 0);
            one.step(actions, 0, rewards, 0);
            actions[2] = (actions[2] + 1) % CityLayout.ACTIONS;
            other.step(actions, 0, rewards, 0);
            for (int k = 0; k < 6; k++) {
                assertTrue(k == 2 || one.field(k) == other.field(k));
                assertTrue(k == 2 || one.cell(k) == other.cell(k));
            }
        }
    }

    @Test
    void anEpisodeEnds() {
        TaxiSimulator taxis = new TaxiSimulator(City.of(new CityLayout(CityLayout.DEFAULT), 2, 1, 8, 1), 1);
        assertEquals(57, taxis.features());
        taxis.step(new int[2], 0, new float[2], 0);
        assertThrows(IllegalStateException.class, () -> taxis.step(new int[2], 0, new float[2], 0));
        taxis.reset(1);
        taxis.step(new int[2], 0, new float[2], 0);
    }

    @Test
    void jamsAreCounted() {
        CityLayout layout = new CityLayout(CityLayout.DEFAULT);
        City city = new City(layout, 3, 9, 1000, 0.2, 1, 1, 1, 0, 0, 1);
        TaxiSimulator stuck = new TaxiSimulator(city, 1);
        for (int h = 0; h < 9; h++) {
            stuck.step(new int[] {CityLayout.UP, CityLayout.WAIT, CityLayout.LEFT}, 0, new float[3], 0);
        }
        assertEquals(9, stuck.jams(), "neither who waits nor who drives into a wall is jammed");
        assertEquals(layout.start(), stuck.cell(0));
        assertFalse(stuck.isCarrying(0));
    }

    @Test
    void citiesThatCannotBeAreRefused() {
        CityLayout layout = new CityLayout(CityLayout.DEFAULT);
        for (Runnable bad : new Runnable[] {
            () -> City.of(layout, 0, 128, 8, 1),
            () -> City.of(layout, 10, 0, 8, 1),
            () -> City.of(layout, 10, 128, -1, 1),
            () -> City.of(layout, 10, 128, Double.NaN, 1),
            () -> new City(layout, 10, 128, 8, 1.5, 0.7, 1, 1, 0.5, 0.1, 1),
            () -> new City(layout, 10, 128, 8, 0.2, 0.7, 1, Double.POSITIVE_INFINITY, 0.5, 0.1, 1),
            () -> new Traffic(City.of(layout, 10, 128, 8, 1), 10, 1),
            () -> new Traffic(City.of(layout, 10, 128, 8, 1), 9, 1 << 20),
            () -> new TaxiSimulator(City.of(layout, 10, 128, 8, 1), 0),
            () -> new TaxiSimulator(City.of(layout, 1_000_000, 128, 8, 1), 50),
        }) {
            String sentence =
                    assertThrows(InvalidInputException.class, bad::run).getMessage();
            assertTrue(sentence.contains("must be between"), sentence);
        }
        assertEquals(
                "players must be between 1 and 1000000, not 0",
                assertThrows(InvalidInputException.class, () -> City.of(layout, 0, 128, 8, 1))
                        .getMessage());
    }

    /** Who is who does not depend on how many there are. */
    @Test
    void playersStayWhoTheyAre() {
        City city = City.of(new CityLayout(CityLayout.DEFAULT), 50, 128, 8, 3);
        assertArrayEquals(Arrays.copyOf(city.fares(), 60), city.withPlayers(20).fares());
        long total = Arrays.stream(city.withPlayers(100_000).weights()).sum();
        assertEquals(8, total / City.UNITS, 0.02);
        for (long weight : city.weights()) {
            assertTrue(weight >= City.units(0.5 * 8 / 50) && weight <= City.units(1.5 * 8 / 50));
        }
    }
}
