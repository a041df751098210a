package mfg.core.catalogue;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A game as commands know it. A class that implements this has a constructor without arguments, and its fields that are {@link
 * Parameter}s can be set. It is found by {@link java.util.ServiceLoader}, in a file of Java that is named on the command line, or
 * in a jar.
 */
public interface Game {
    /**
     * Returns what users call the game.
     *
     * @return by {@link Named}, else the class's name: {@code RoadTolls} is {@code road-tolls}
     */
    default String name() {
        return nameOf(getClass());
    }

    /**
     * Returns what users call a class of games, mechanisms, solvers or methods.
     *
     * @param type the class
     * @return by {@link Named}, else its name in lower case with hyphens
     */
    static String nameOf(Class<?> type) {
        Named named = type.getAnnotation(Named.class);
        return named != null
                ? named.value()
                : type.getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /**
     * Says what it is.
     *
     * @return one line
     */
    String about();

    /**
     * Says where it comes from.
     *
     * @return a paper, a library; empty for none
     */
    default String source() {
        return "";
    }

    /**
     * Returns what states are called.
     *
     * @return one name each, in order; none where a number says it all
     */
    default List<String> stateNames() {
        return List.of();
    }

    /**
     * Returns what a state is.
     *
     * @return one word, the name of a column and of an axis
     */
    default String stateWord() {
        return "state";
    }

    /**
     * Returns where states are on a map, on which a population is then seen to move.
     *
     * @return column and row of each state, from 0 at the upper left; none for a game without a map
     */
    default int[][] map() {
        return new int[0][];
    }

    /**
     * Returns what actions are called.
     *
     * @return one name each, in order; none where a number says it all
     */
    default List<String> actionNames() {
        return List.of();
    }

    /**
     * Returns what rounds are called.
     *
     * @return one name each, in order; none where a number says it all
     */
    default List<String> roundNames() {
        return List.of();
    }

    /**
     * Returns what suits this game better than the usual defaults of commands.
     *
     * @return values by the names of options, such as {@code eta: 0.1}; names that a command does not have count for nothing there
     */
    default Map<String, String> defaults() {
        return Map.of();
    }
}
