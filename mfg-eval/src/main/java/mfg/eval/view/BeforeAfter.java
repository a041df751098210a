package mfg.eval.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mfg.eval.io.Json;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** A table with a column {@code round}, before and after training. */
public record BeforeAfter(Table before, Table after) {

    /** More rounds than this in one chart cannot be told apart: of a long horizon evenly spaced ones are drawn. */
    private static final int MOST_ROUNDS = 6;

    /**
     * A row for each of the table's.
     *
     * @param key the column beside the round that both have in common
     * @param columns those that change
     */
    public List<ObjectNode> rows(String key, List<String> columns) {
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

    /** A chart of each on one scale, a line a round. */
    public List<Plot.Curves> charts(String title, String x, String y, String label) {
        return charts(title, both(), x, y, label);
    }

    /**
     * Tables on one scale, a chart each and a line a round.
     *
     * @param tables by what tells them apart
     * @param x a column
     * @param y another, and what its axis is called
     */
    public static List<Plot.Curves> charts(String title, Map<String, Table> tables, String x, String y, String label) {
        DoubleSummaryStatistics all = tables.values().stream()
                .flatMapToDouble(table -> Arrays.stream(table.doubleColumn(y).asDoubleArray()))
                .filter(number -> !Double.isNaN(number))
                .summaryStatistics();
        Plot.Axis axis = Plot.Axis.between(label, Math.min(0, all.getMin()), all.getMax());
        return tables.entrySet().stream()
                .map(one -> byRound(title + ", " + one.getKey(), one.getValue(), x, y)
                        .along(axis))
                .toList();
    }

    private Map<String, Table> both() {
        Map<String, Table> both = new LinkedHashMap<>();
        both.put("before", before);
        both.put("after", after);
        return both;
    }

    private static Plot.Curves byRound(String title, Table table, String x, String y) {
        IntColumn round = table.intColumn("round");
        List<Charts.Series> series = new ArrayList<>();
        for (int h : Charts.evenly((int) round.max(), MOST_ROUNDS)) {
            series.add(Charts.series("round " + (h + 1), table.where(round.isEqualTo(h + 1)), x, y));
        }
        return Charts.lines(title, x, y, series);
    }
}
