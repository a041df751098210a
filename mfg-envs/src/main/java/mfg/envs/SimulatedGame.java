package mfg.envs;

import java.util.Map;
import mfg.core.catalogue.LearnableGame;

/**
 * A game that networks learn from its plays, by what each player observes.
 *
 * @param <S> its kind of simulator
 */
public interface SimulatedGame<S extends Simulator> extends LearnableGame {
    /**
     * Makes a simulator by the game's parameters.
     *
     * @param seed decides who is who
     * @return the simulator, at the start of an episode
     */
    S simulator(long seed);

    /**
     * Returns how many players a play has.
     *
     * @return N; a simulator with several copies of the game has as many times more agents
     */
    int players();

    /**
     * Returns what an episode shows beyond what players earn.
     *
     * @param simulator after an episode
     * @param returns what each agent earned in it
     * @return figures by their name in the metrics; not a number where there is none; nothing by default
     */
    default Map<String, Double> figures(S simulator, double[] returns) {
        return Map.of();
    }
}
