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
import org.knowm.xchart.internal.chartpart.Chart;
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
            Table table = Table.create(
                    quantity.name(),
                    IntColumn.create(
                            values.length == states ? game.stateWord() : "number",
                            IntStream.range(0, values.length).toArray()),
                    DoubleColumn.create(quantity.column(), values));
            tables.add(table);
        }
        return tables;
    }

    @Override
    public Map<String, List<Chart<?, ?>>> charts(List<Table> before, List<Table> after) {
        Map<String, List<Chart<?, ?>>> charts = new LinkedHashMap<>();
        Map<String, Table> crowds = new LinkedHashMap<>();
        crowds.put("Crowd before", before.get(0));
        crowds.put("Crowd after", after.get(0));
        charts.put("flow", Flows.heatMaps(game, crowds));
        for (int i = 1; i < before.size(); i++) {
            Table old = before.get(i);
            Table now = after.get(i);
            String x = old.column(0).name();
            String y = old.column(1).name();
            charts.put(
                    old.name(),
                    List.of(Charts.lines(
                            "What was designed: " + old.name(),
                            x,
                            y,
                            List.of(Charts.series("before", old, x, y), Charts.series("after", now, x, y)))));
        }
        return charts;
    }
}
