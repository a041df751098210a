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
import mfg.eval.io.Spread;
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
    public Map<String, List<? extends Plot>> charts(Map<String, List<Table>> designs) {
        Map<String, List<? extends Plot>> charts = new LinkedHashMap<>();
        String name = game.name();
        List<Plot.Cells> flows = new ArrayList<>();
        DesignView.each(designs, 0)
                .forEach((design, flow) ->
                        flows.add(Flows.cells("%s: who is where, %s".formatted(name, design), game, flow)));
        charts.put("flow", Flows.alike(flows));
        List<Table> models = designs.values().iterator().next();
        for (int i = 1; i < models.size(); i++) {
            String what = models.get(i).name();
            String x = models.get(i).column(0).name();
            String y = models.get(i).column(1).name();
            Map<String, Table> each = DesignView.each(designs, i);
            String title = "%s: what was designed, %s".formatted(name, what);
            charts.put(
                    what,
                    List.of(
                            models.get(i).rowCount() == 1
                                    ? single(title, y, each)
                                    : Charts.lines(title, x, y, DesignView.series(each, "", x, y))));
        }
        return charts;
    }

    /** A single number of each design. */
    private static Plot single(String title, String y, Map<String, Table> designs) {
        return Charts.bars(
                title,
                y,
                List.copyOf(designs.keySet()),
                designs.values().stream()
                        .map(table -> new Spread(table.doubleColumn(y).getDouble(0), Double.NaN))
                        .toList());
    }
}
