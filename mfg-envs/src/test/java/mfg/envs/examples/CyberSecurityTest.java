package mfg.envs.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import mfg.core.Exploitability;
import mfg.core.FictitiousPlay;
import mfg.core.PopulationFlow;
import mfg.core.Tensors;
import mfg.core.Values;
import mfg.envs.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CyberSecurityTest {

    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    /** Half of all act at any time: the four rate equations of the source, by Euler's method, and what they cost. */
    @Test
    void theFlowFollowsTheRateEquations() {
        int rounds = 100;
        PopulationFlow<?> flow = bench.uniform(new CyberSecurity(bench.constants, rounds), Bench.NO_THETA);
        double di = 0.25;
        double ds = 0.25;
        double ui = 0.25;
        double us = 0.25;
        double cost = 0;
        for (int h = 0; h < rounds; h++) {
            assertArrayEquals(new double[] {di, ds, ui, us}, Tensors.toDoubles(flow.states(h)), 1e-14);
            cost += 0.1 * (0.7 * (di + ds) + 2 * (di + ui));
            double fallIllDefended = (0.05 + 0.1 * di + 0.2 * ui) * ds - 0.4 * di;
            double fallIllUnprotected = (0.1 + 0.7 * di + 0.8 * ui) * us - 0.3 * ui;
            double infectedLeave = 0.15 * (di - ui);
            double susceptibleLeave = 0.15 * (ds - us);
            di += 0.1 * (fallIllDefended - infectedLeave);
            ds += 0.1 * (-fallIllDefended - susceptibleLeave);
            ui += 0.1 * (fallIllUnprotected + infectedLeave);
            us += 0.1 * (-fallIllUnprotected + susceptibleLeave);
        }
        assertEquals(-cost, Values.of(flow, 0).total(flow), 1e-12);
    }

    @Test
    void fictitiousPlayComesCloseToAnEquilibrium() {
        CyberSecurity game = new CyberSecurity(bench.constants, 100);
        double start = Exploitability.plain(bench.uniform(game, Bench.NO_THETA));
        double end = Exploitability.plain(bench.learned(game, Bench.NO_THETA, new FictitiousPlay(0), 200));
        assertTrue(start > 0.1 && end < 0.01 * start, start + " " + end);
    }
}
