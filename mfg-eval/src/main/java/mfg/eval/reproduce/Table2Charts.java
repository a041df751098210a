package mfg.eval.reproduce;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import mfg.eval.bench.GradientCost;
import mfg.eval.reproduce.Table2Cell.Published;
import mfg.eval.view.Charts;

/** Time and memory of a gradient, each against horizon and steps. */
final class Table2Charts {

    private final Table2File cells;

    Table2Charts(Table2File cells) {
        this.cells = cells;
    }

    /** The table, with what the paper reports where that can be compared. */
    void horizon(Path file, List<Table2Cell> shown) throws IOException {
        Table2Cell any = shown.get(0);
        String problem = "One gradient of A1, T = %d: ".formatted(any.innerSteps());
        Charts.save(
                file,
                List.of(
                        Charts.logarithmic(
                                problem + "time",
                                "rounds H",
                                "seconds",
                                measured(shown, Table2Cell::horizon, (method, cost) -> cost.secondsMedian()),
                                published(shown, Published::seconds)),
                        Charts.logarithmic(
                                problem + "memory",
                                "rounds H",
                                "MiB at most",
                                measured(shown, Table2Cell::horizon, GradientMethod::memory),
                                published(shown, Published::mebibytes))));
    }

    /** How cost grows with T. */
    void steps(Path file, List<Table2Cell> shown) throws IOException {
        String problem = "One gradient of A1, H = %d: ".formatted(shown.get(0).horizon());
        Charts.save(
                file,
                List.of(
                        Charts.logarithmic(
                                problem + "time",
                                "mirror-descent steps T",
                                "seconds",
                                measured(shown, Table2Cell::innerSteps, (method, cost) -> cost.secondsMedian()),
                                List.of()),
                        Charts.logarithmic(
                                problem + "memory",
                                "mirror-descent steps T",
                                "MiB kept for the way back",
                                measured(shown, Table2Cell::innerSteps, (method, cost) -> cost.stateMiB()),
                                List.of())));
    }

    /** One line for each method, through what was measured. */
    private List<Charts.Series> measured(
            List<Table2Cell> shown, ToIntFunction<Table2Cell> x, ToDoubleBiFunction<GradientMethod, GradientCost> y) {
        List<Charts.Series> series = new ArrayList<>();
        for (GradientMethod method : GradientMethod.values()) {
            SortedMap<Integer, Double> line = new TreeMap<>();
            for (Table2Cell cell : shown) {
                GradientCost cost = cell.method() == method ? cells.cost(cell) : null;
                if (cost != null) {
                    line.put(x.applyAsInt(cell), y.applyAsDouble(method, cost));
                }
            }
            series.add(series(method.label(), line));
        }
        return series;
    }

    /** The two methods of the paper. */
    private static List<Charts.Series> published(List<Table2Cell> shown, ToDoubleFunction<Published> y) {
        List<Charts.Series> series = new ArrayList<>();
        for (boolean naive : new boolean[] {true, false}) {
            SortedMap<Integer, Double> points = new TreeMap<>();
            for (Table2Cell cell : shown) {
                Published published = cell.published(naive);
                if (published != null) {
                    points.put(cell.horizon(), y.applyAsDouble(published));
                }
            }
            series.add(series((naive ? "naive" : "AMID") + ", published", points));
        }
        return series;
    }

    /** What a logarithmic axis can show. */
    private static Charts.Series series(String name, SortedMap<Integer, Double> points) {
        points.values().removeIf(y -> !(y > 0));
        return new Charts.Series(
                name,
                points.keySet().stream().mapToDouble(Integer::doubleValue).toArray(),
                points.values().stream().mapToDouble(Double::doubleValue).toArray());
    }
}
