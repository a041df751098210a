package mfg.envs.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import mfg.core.Exploitability;
import mfg.core.MeanFieldGame;
import mfg.core.OnlineMirrorDescent;
import mfg.core.PopulationFlow;
import mfg.core.Tensors;
import mfg.core.Values;
import mfg.envs.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drivers in networks. */
class RoutingTest {

    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    /** Source: OpenSpiel 2.0.2 where nobody was out of reach yet (k = 0, and 1 and 3 at 0.1), else a program without its code. */
    @ParameterizedTest
    @CsvSource({
        "0.1, 0, 0.5",
        "0.1, 1, 0.4905488601774004",
        "0.1, 3, 0.4709855022980065",
        "0.1, 10, 0.30692797925773263",
        "1, 1, 0.3016488527196177",
        "1, 3, 0.056642496279557975"
    })
    void descentGoesWhereOthersGo(double eta, int steps, double exploitability) {
        MeanFieldGame<Routing.Traffic> game = Routing.braess(bench.constants, 100);
        PopulationFlow<?> flow = bench.learned(game, Bench.NO_THETA, new OnlineMirrorDescent(eta, 0), steps);
        assertEquals(exploitability, Exploitability.plain(flow), 1e-9);
    }

    /** By hand: half of all pass A->B in 1.5 or 30 rounds, half A->C in 40, a quarter B->C in 5 and then C->D in 1.25 or 25. */
    @Test
    void theUniformCrowdDrivesAsSlowlyAsItsRoadsAre() {
        MeanFieldGame<Routing.Traffic> game = Routing.braess(bench.constants, 100);
        List<String> names = new Routing.Braess().stateNames();
        PopulationFlow<?> flow = bench.uniform(game, Bench.NO_THETA);
        assertEquals(0.5, mass(flow, 1, names.indexOf("A->B in 29")), 0);
        assertEquals(0.5, mass(flow, 1, names.indexOf("A->C in 39")), 0);
        assertEquals(0.5, mass(flow, 30, names.indexOf("A->B")), 0);
        assertEquals(0.25, mass(flow, 31, names.indexOf("B->C in 4")), 0);
        assertEquals(0.25, mass(flow, 31, names.indexOf("B->D in 39")), 0);
        assertEquals(0.25, mass(flow, 36, names.indexOf("C->D in 24")), 0);
        assertEquals(1, mass(flow, 99, names.indexOf("away")), 1e-15);
    }

    private static double mass(PopulationFlow<?> flow, int h, int state) {
        return Tensors.toDoubles(flow.states(h))[state];
    }

    /** By the shortest ways between nodes 1 and 19, without traffic, it takes 22. */
    @Test
    void driversInSiouxFallsAreNeitherLostNorFasterThanTheRoads() {
        MeanFieldGame<Routing.Traffic> game = Routing.siouxFalls(bench.constants, 81);
        PopulationFlow<?> flow = bench.uniform(game, Bench.NO_THETA);
        for (int h = 0; h < 81; h++) {
            double[] states = Tensors.toDoubles(flow.states(h));
            assertEquals(1, Arrays.stream(states).sum(), 1e-12);
            assertTrue(Arrays.stream(states).allMatch(mass -> mass >= 0));
        }
        double value = Values.of(flow, 0).total(flow);
        assertTrue(-0.5 * 82 <= value && value <= -22, "" + value);
        assertTrue(Exploitability.plain(flow) > 0);
        assertTrue(value + Exploitability.plain(flow) <= -22);
    }
}
