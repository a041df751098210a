package mfg.eval.design;

import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import mfg.core.PopulationFlow;
import mfg.core.Round;
import mfg.core.Tensors;
import mfg.core.catalogue.DesignableGame;
import mfg.eval.view.Charts;
import mfg.eval.view.Flows;
import mfg.eval.view.Plot;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * Any game by what it says of itself: who is where when, and what was designed.
 *
 * @param <R> the games' kind of round
 */
final class GameView<R extends Round> implements DesignView<R> {

    private final DesignableGame<R> game;

    GameView(DesignableGame<R> game) {
        this.game = game;
    }

    @Override
    public List<Table> tables(PopulationFlow<R> flow, NDList theta) {
        List<Table> tables = new ArrayList<>();
        tables.add(Flows.table(game, flow));
        int states = flow.game().shape().states();
        for (DesignableGame.Quantity quantity : game.designed(flow, theta)) {
            double[] values = Tensors.toDoubles(quantity.values());
            String what = values.length == states ? game.stateWord() : "number";
            tables.add(Table.create(
                    quantity.name(),
                    IntColumn.create(what, IntStream.range(0, values.length).toArray()),
                    DoubleColumn.create(quantity.column(), values)));
        }
        return tables;
    }

    @Override
    public Map<String, List<? extends Plot>> charts(List<Table> before, List<Table> after) {
        Map<String, List<? extends Plot>> charts = new LinkedHashMap<>();
        String name = game.name();
        charts.put(
                "flow",
                Flows.alike(List.of(
                        Flows.cells(name + ": who is where, before", game, before.get(0)),
                        Flows.cells(name + ": who is where, after", game, after.get(0)))));
        for (int i = 1; i < before.size(); i++) {
            Table old = before.get(i);
            Table now = after.get(i);
            String x = old.column(0).name();
            String y = old.column(1).name();
            charts.put(
                    old.name(),
                    List.of(Charts.lines(
                            "%s: what was designed, %s".formatted(name, old.name()),
                            x,
                            y,
                            List.of(Charts.series("before", old, x, y), Charts.series("after", now, x, y)))));
        }
        return charts;
    }
}
