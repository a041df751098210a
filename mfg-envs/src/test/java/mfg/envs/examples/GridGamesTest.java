package mfg.envs.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import mfg.core.Exploitability;
import mfg.core.FictitiousPlay;
import mfg.core.FixedPoint;
import mfg.core.InvalidInputException;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.OnlineMirrorDescent;
import mfg.core.PopulationFlow;
import mfg.core.Solver;
import mfg.core.Tensors;
import mfg.core.catalogue.SolvableGame;
import mfg.envs.Bench;
import mfg.envs.players.IndependentPlayers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Crowds and populations on grids: what nobody may do is not done, nobody is lost, and nobody changes sides. */
class GridGamesTest {

    private static final List<Solver> SOLVERS =
            List.of(new OnlineMirrorDescent(0.1, 0), new FictitiousPlay(0), new FixedPoint(0));

    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    static Stream<SolvableGame<KernelRound>> rooms() {
        return Stream.of(new Rooms.Ring(), new Rooms.FourRooms());
    }

    static Stream<SolvableGame<KernelRound>> populations() {
        return Stream.of(new PredatorPrey.Entry(), new CrowdAvoidance.Entry());
    }

    /** A move is legal where the cell that it leads to exists, by the cells' names. */
    @ParameterizedTest
    @MethodSource("rooms")
    void onlyMovesToCellsAreLegal(SolvableGame<KernelRound> entry) {
        MeanFieldGame<KernelRound> game = entry.build(bench.constants);
        List<String> cells = entry.stateNames();
        int[][] moves = {{0, -1}, {-1, 0}, {0, 0}, {1, 0}, {0, 1}};
        for (Solver solver : SOLVERS) {
            PopulationFlow<KernelRound> flow = bench.learned(game, Bench.NO_THETA, solver, 3);
            double[] policy = Tensors.toDoubles(flow.policy(2));
            for (int cell = 0; cell < cells.size(); cell++) {
                double sum = 0;
                for (int a = 0; a < moves.length; a++) {
                    String[] numbers = cells.get(cell).substring(1).split(" y", -1);
                    int x = Integer.parseInt(numbers[0]) + moves[a][0];
                    int y = Integer.parseInt(numbers[1]) + moves[a][1];
                    double p = policy[cell * moves.length + a];
                    sum += p;
                    if (!cells.contains("x%d y%d".formatted(x, y))) {
                        assertEquals(0, p, 0, "%s by %d".formatted(cells.get(cell), a));
                    } else if (solver instanceof OnlineMirrorDescent) {
                        assertTrue(p > 0);
                    }
                }
                assertEquals(1, sum, 1e-12);
            }
        }
    }

    @ParameterizedTest
    @MethodSource({"rooms", "populations"})
    void nobodyIsLostAndNobodyChangesSides(SolvableGame<KernelRound> entry) {
        MeanFieldGame<KernelRound> game = entry.build(bench.constants);
        int sides = (int) Math.round(Arrays.stream(game.initialStates()).sum());
        int cells = game.shape().states() / sides;
        PopulationFlow<KernelRound> flow = bench.learned(game, Bench.NO_THETA, SOLVERS.get(0), 3);
        for (int h = 0; h < game.shape().rounds(); h++) {
            double[] states = Tensors.toDoubles(flow.states(h));
            for (int side = 0; side < sides; side++) {
                double[] population = Arrays.copyOfRange(states, side * cells, (side + 1) * cells);
                assertEquals(1, Arrays.stream(population).sum(), 1e-12);
                assertTrue(Arrays.stream(population).allMatch(mass -> mass >= 0));
            }
        }
    }

    @ParameterizedTest
    @MethodSource({"rooms", "populations"})
    void everyMoveLeadsSomewhere(SolvableGame<KernelRound> entry) {
        MeanFieldGame<KernelRound> game = entry.build(bench.constants);
        int states = game.shape().states();
        double[] kernel = Tensors.toDoubles(
                bench.uniform(game, Bench.NO_THETA).rounds().get(0).kernel());
        assertEquals(states * states * game.shape().actions(), kernel.length);
        for (int row = 0; row < kernel.length; row += states) {
            double[] chances = Arrays.copyOfRange(kernel, row, row + states);
            assertTrue(Arrays.stream(chances).allMatch(chance -> chance >= 0));
            assertEquals(1, Arrays.stream(chances).sum(), 1e-14);
        }
    }

    @ParameterizedTest
    @MethodSource({"rooms", "populations"})
    void descentFindsBetterPolicies(SolvableGame<KernelRound> entry) {
        MeanFieldGame<KernelRound> game = entry.build(bench.constants);
        double before = Exploitability.plain(bench.uniform(game, Bench.NO_THETA));
        double after = Exploitability.plain(bench.learned(game, Bench.NO_THETA, SOLVERS.get(0), 10));
        assertTrue(0 < after && after < before, after + " after " + before);
    }

    @Test
    void playersAreNotSeatedInGamesOfSeveralPopulations() {
        MeanFieldGame<KernelRound> game = new PredatorPrey(bench.constants, 3);
        InvalidInputException refused = assertThrows(
                InvalidInputException.class,
                () -> new IndependentPlayers<>(
                        game, Bench.NO_THETA, (flow, theta) -> flow.stacked().sum(), 10, bench.manager));
        assertEquals(
                "players are seated in games of one population, not where initial states sum to 3.0",
                refused.getMessage());
    }
}
