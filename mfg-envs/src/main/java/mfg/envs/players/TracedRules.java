package mfg.envs.players;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import mfg.core.GameShape;
import mfg.core.MeanFieldGame;
import mfg.core.Objective;
import mfg.core.PopulationFlow;
import mfg.core.Round;
import mfg.core.trace.TracedFunction;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a game, recorded. The parameters of each function are the design's.
 *
 * @param rounds for each round h, from the flows (S, A) of rounds 0 to h to its reward (S, A) and its kernel (S, A, S)
 * @param objective from the flows of all rounds to the objective
 */
record TracedRules(List<TracedFunction> rounds, TracedFunction objective) {

    /** The most numbers to hold: with what they are computed from, some ten megabytes for a game and as many for a thread. */
    private static final double MOST = 1e6;

    /** The most rounds: each is recorded with all before it. */
    private static final int LONGEST = 300;

    /** Whether a game is small enough to be recorded in seconds and memory that are worth it. */
    static boolean suit(GameShape shape) {
        double flow = (double) shape.states() * shape.actions();
        return shape.rounds() <= LONGEST && shape.rounds() * flow * (shape.states() + shape.rounds() / 2.0) <= MOST;
    }

    /**
     * Records the rules. What came before a round is recorded with it, and dropped where the round does not depend on it.
     *
     * @throws mfg.core.trace.UntraceableException if an operation of game or objective cannot be recorded
     */
    static <R extends Round> TracedRules of(MeanFieldGame<R> game, NDList theta, Objective<R> objective) {
        GameShape shape = game.shape();
        List<Shape> design = theta.stream().map(NDArray::getShape).toList();
        List<Shape> flows = Collections.nCopies(shape.rounds(), new Shape(shape.states(), shape.actions()));
        List<TracedFunction> rounds = IntStream.range(0, shape.rounds())
                .mapToObj(h -> TracedFunction.of(
                        DataType.FLOAT64, design, flows.subList(0, h + 1), (manager, parameters, seen) -> {
                            R round = rounds(game, seen, parameters).get(h);
                            return new NDList(round.reward(), Referee.kernel(round, seen.get(h)));
                        }))
                .toList();
        TracedFunction worth = TracedFunction.of(DataType.FLOAT64, design, flows, (manager, parameters, seen) -> {
            List<R> all = rounds(game, seen, parameters);
            return new NDList(objective.of(PopulationFlow.observed(game, seen, all), parameters));
        });
        return new TracedRules(rounds, worth);
    }

    private static <R extends Round> List<R> rounds(MeanFieldGame<R> game, List<NDArray> flows, NDList theta) {
        List<R> rounds = new ArrayList<>();
        @Nullable R previous = null;
        for (int h = 0; h < flows.size(); h++) {
            previous = game.round(h, flows.get(h), previous, theta);
            rounds.add(previous);
        }
        return rounds;
    }
}
