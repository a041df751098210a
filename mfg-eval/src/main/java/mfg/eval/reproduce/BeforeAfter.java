package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import mfg.eval.design.DesignResult;
import mfg.eval.io.Json;
import mfg.eval.view.Charts;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;

/** A table of a run before and after training. */
record BeforeAfter(Table before, Table after) {

    /**
     * Reads it.
     *
     * @param name of the table, such as {@code bids}
     */
    static BeforeAfter of(DesignResult run, String name) {
        return new BeforeAfter(Reproduction.table(run, name + "-before"), Reproduction.table(run, name + "-after"));
    }

    /**
     * A row for each round and value or bid.
     *
     * @param key the column beside the round that both have in common
     * @param columns those that change
     */
    List<ObjectNode> rows(String key, List<String> columns) {
        List<ObjectNode> rows = new ArrayList<>();
        for (int i = 0; i < before.rowCount(); i++) {
            ObjectNode row = Json.object()
                    .put("round", before.intColumn("round").getInt(i))
                    .put(key, before.doubleColumn(key).getDouble(i));
            for (String column : columns) {
                row.put(column + "Before", before.doubleColumn(column).getDouble(i));
                row.put(column + "After", after.doubleColumn(column).getDouble(i));
            }
            rows.add(row);
        }
        return rows;
    }

    /** Both beside each other, a line a round. */
    List<Chart<?, ?>> charts(String title, String x, String y) {
        return Charts.beforeAndAfter(title, before, after, x, y);
    }
}
