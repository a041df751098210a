package mfg.core.catalogue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Map;
import mfg.core.Constants;
import mfg.core.Objective;
import mfg.core.PopulationFlow;
import mfg.core.Round;
import mfg.core.Scenarios;

/**
 * A game whose rules can be designed: its rounds depend on theta, and somebody wants something of its population.
 *
 * @param <R> its kind of round
 */
public interface DesignableGame<R extends Round> extends SolvableGame<R> {
    /**
     * Returns what the designer wants.
     *
     * @return the objective, to be maximized
     */
    Objective<R> objective();

    /**
     * Returns the games that a design faces.
     *
     * @param constants makes and owns the constants
     * @param seed decides what nature draws, where it draws
     * @return the game itself, unless nature draws several
     */
    default Scenarios<R> scenarios(Constants constants, long seed) {
        return Scenarios.single(build(constants), objective());
    }

    /**
     * Returns what the experiment of the game's paper has otherwise than commands have it here.
     *
     * @return texts by the names of options; none by default
     */
    default Map<String, String> paper() {
        return Map.of();
    }

    /**
     * Something that was designed, to look at.
     *
     * @param name of its table and chart, such as {@code prices}
     * @param column what one number is, such as {@code price}
     * @param values the numbers; one a state where there are as many
     */
    record Quantity(String name, String column, NDArray values) {}

    /**
     * Returns what theta means to people.
     *
     * @param flow the population under theta
     * @param theta the design; not modified
     * @return theta itself, array by array, unless there is something better to show
     */
    default List<Quantity> designed(PopulationFlow<R> flow, NDList theta) {
        return theta.stream()
                .map(array -> new Quantity(array.getName(), array.getName(), array))
                .toList();
    }

    /**
     * Returns figures of a population by round, for the report.
     *
     * @param flow the population
     * @return H numbers each, by their name in JSON; none by default
     */
    default Map<String, double[]> byRound(PopulationFlow<R> flow) {
        return Map.of();
    }
}
