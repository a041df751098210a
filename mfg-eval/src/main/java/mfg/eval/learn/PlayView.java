package mfg.eval.learn;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import mfg.envs.SimulatedGame;
import mfg.envs.Simulator;
import mfg.envs.taxi.TaxiGame;
import mfg.envs.taxi.TaxiSimulator;
import mfg.eval.run.RunFolder;
import mfg.eval.view.Charts;
import mfg.train.ppo.Actor;

/** What there is to see of a game that networks play, beyond how learning went. */
interface PlayView {

    /** More lines for the chart of rewards. */
    List<Charts.Series> rewards(List<ObjectNode> rows);

    /**
     * Draws.
     *
     * @param rows of the metrics
     * @param actor plays as was learned
     * @param seed of a play to look at
     */
    void draw(RunFolder files, String title, List<ObjectNode> rows, Actor actor, long seed) throws IOException;

    /**
     * The view of a game: there is a city to show of taxis, of all others the figures that they tell.
     *
     * @param figures their names
     */
    static PlayView of(SimulatedGame<?> game, Simulator simulator, List<String> figures) {
        return game instanceof TaxiGame && simulator instanceof TaxiSimulator taxis
                ? new TaxiView(taxis)
                : new FiguresView(figures);
    }
}
