package mfg.envs.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import mfg.core.BestResponse;
import mfg.core.Exploitability;
import mfg.core.FictitiousPlay;
import mfg.core.FixedPoint;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.OnlineMirrorDescent;
import mfg.core.PopulationFlow;
import mfg.core.Solver;
import mfg.core.Tensors;
import mfg.core.Values;
import mfg.envs.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures that other libraries and papers give for the small games. */
class ExamplesTest {

    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    private double exploitability(MeanFieldGame<KernelRound> game, Solver solver, int steps) {
        return Exploitability.plain(bench.learned(game, Bench.NO_THETA, solver, steps));
    }

    private double ofUniform(MeanFieldGame<KernelRound> game) {
        return Exploitability.plain(bench.uniform(game, Bench.NO_THETA));
    }

    /** Source: Cui and Koeppl 2021; MFGLib. */
    @ParameterizedTest
    @CsvSource({"1, 1.0", "0, 2.0", "0.5, 0.25", "0.66666666666666667, 0"})
    void leftRightPenalizesCrowds(double left, double exploitability) {
        double[] policy = IntStream.range(0, 12)
                .mapToDouble(i -> i % 2 == 0 ? left : 1 - left)
                .toArray();
        PopulationFlow<?> flow = bench.playing(new LeftRight(bench.constants, 2), Bench.NO_THETA, policy);
        assertEquals(exploitability, Exploitability.plain(flow), 1e-14);
    }

    /** Source of the equilibrium: Cui and Koeppl 2021. */
    @Test
    void fictitiousPlayFindsTheEquilibriumOfLeftRight() {
        PopulationFlow<?> flow =
                bench.learned(new LeftRight(bench.constants, 2), Bench.NO_THETA, new FictitiousPlay(0), 500);
        assertArrayEquals(new double[] {0, 2 / 3.0, 1 / 3.0}, Tensors.toDoubles(flow.states(1)), 2e-3);
        assertTrue(Exploitability.plain(flow) < 5e-3);
    }

    /** Source: Cui and Koeppl 2021; MFGLib. */
    @Test
    void rockPaperScissorsHasAnUnevenEquilibrium() {
        double[] policy = IntStream.range(0, 24)
                .mapToDouble(i -> new double[] {26, 20, 31}[i % 3] / 77)
                .toArray();
        MeanFieldGame<KernelRound> game = new RockPaperScissors(bench.constants, 2);
        PopulationFlow<?> flow = bench.playing(game, Bench.NO_THETA, policy);
        assertEquals(6 / 11.0, Values.of(flow, 0).total(flow), 1e-14);
        assertEquals(0, Exploitability.plain(flow), 1e-14);
        assertEquals(1 / 3.0, ofUniform(game), 1e-14);
    }

    /** Source: MFGLib. */
    @ParameterizedTest
    @CsvSource({"1, 0.5421513", "10, 1.9231944"})
    void undampedDescentDoesNotConvergeInRockPaperScissors(int steps, double exploitability) {
        MeanFieldGame<KernelRound> game = new RockPaperScissors(bench.constants, 2);
        assertEquals(exploitability, exploitability(game, new OnlineMirrorDescent(1, 0), steps), 5.1e-8);
    }

    /** Source: MFGLib; rounds 0 to T inclusive. */
    @ParameterizedTest
    @CsvSource({"10, 1.6062428", "50, 5.4668739"})
    void anEpidemicPunishesGoingOutAtRandom(int last, double exploitability) {
        assertEquals(exploitability, ofUniform(new Sis(bench.constants, last + 1)), 5.1e-8);
    }

    /** Source: MFGLib. */
    @ParameterizedTest
    @CsvSource({"0, 1.2212623", "1, 0.5316852", "10, 0.0760938"})
    void descentConvergesOnTheBeachOfMfglib(int steps, double exploitability) {
        MeanFieldGame<KernelRound> game = new MfglibBeachBar(bench.constants, 3);
        assertEquals(exploitability, exploitability(game, new OnlineMirrorDescent(1, 0), steps), 5.1e-8);
    }

    /** Source: OpenSpiel. */
    @Test
    void theUniformCrowdIsWorthWhatOpenSpielSays() {
        MeanFieldGame<KernelRound> game = new CrowdModelling(bench.constants, 10);
        PopulationFlow<?> flow = bench.uniform(game, Bench.NO_THETA);
        assertEquals(27.215850929940448, Values.of(flow, 0).total(flow), 1e-12);
        assertEquals(30.029387484327486, BestResponse.plain(flow).values().total(flow), 1e-12);
        assertEquals(2.8135365543870385, Exploitability.plain(flow), 1e-12);
    }

    /** Source: OpenSpiel. */
    @Test
    void tenIterationsInACrowdEndWhereThoseOfOpenSpielDo() {
        MeanFieldGame<KernelRound> game = new CrowdModelling(bench.constants, 10);
        assertEquals(0.9908, exploitability(game, new FictitiousPlay(0), 10), 5e-5);
        assertEquals(55.745, exploitability(game, new FixedPoint(0), 10), 5e-4);
    }

    /** Source: MFGLib 0.3.0, in double precision. */
    @ParameterizedTest
    @CsvSource({
        "rps, 1, 0.7499999999999999",
        "rps, 2, 0.7407407407407408",
        "rps, 10, 0.27548209366391196",
        "left-right, 1, 0.1875",
        "left-right, 2, 0.25",
        "left-right, 10, 0.030991735537190146",
        "sis, 1, 3.656916928345993",
        "sis, 2, 5.75421251202625",
        "sis, 10, 1.1168072467973182",
        "sis, 50, 0.9075515022970926",
        "sis, 100, 0.8611284597036715",
        "beach, 1, 0.40143711297554163",
        "beach, 2, 0.24035002386848237",
        "beach, 10, 0.05801913474363052"
    })
    void fictitiousPlayGoesWhereThatOfMfglibGoes(String name, int steps, double exploitability) {
        MeanFieldGame<KernelRound> game =
                switch (name) {
                    case "rps" -> new RockPaperScissors(bench.constants, 2);
                    case "left-right" -> new LeftRight(bench.constants, 2);
                    case "sis" -> new Sis(bench.constants, 51);
                    default -> new MfglibBeachBar(bench.constants, 3);
                };
        assertEquals(
                exploitability, exploitability(game, new FictitiousPlay(0), steps), 1e-8 * Math.max(1, exploitability));
    }

    @Test
    void everyKernelIsStochastic() {
        List<MeanFieldGame<KernelRound>> games = List.of(
                new LeftRight(bench.constants, 4),
                new RockPaperScissors(bench.constants, 4),
                new Sis(bench.constants, 4),
                new MfglibBeachBar(bench.constants, 4),
                new CrowdModelling(bench.constants, 4));
        for (MeanFieldGame<KernelRound> game : games) {
            for (KernelRound round : bench.learned(game, Bench.NO_THETA, new OnlineMirrorDescent(0.5, 0.1), 3)
                    .rounds()) {
                double[] kernel = Tensors.toDoubles(round.kernel());
                int states = game.shape().states();
                for (int row = 0; row < kernel.length; row += states) {
                    double[] chances = Arrays.copyOfRange(kernel, row, row + states);
                    assertTrue(Arrays.stream(chances).allMatch(chance -> chance >= 0));
                    assertEquals(1, Arrays.stream(chances).sum(), 1e-14);
                }
            }
        }
    }
}
