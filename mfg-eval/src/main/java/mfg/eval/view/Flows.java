package mfg.eval.view;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import mfg.core.GameShape;
import mfg.core.PopulationFlow;
import mfg.core.Tensors;
import mfg.core.Values;
import mfg.core.catalogue.Game;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** Who is where when, as a table and to look at. */
public final class Flows {

    /** From few to many. */
    private static final Color[] SHADES = {new Color(0xF7FBFF), new Color(0x6BAED6), new Color(0x08306B)};

    /** So many fit beside each other on an axis. */
    private static final int LETTERS = 60;

    private Flows() {}

    /** The mass in each state, round by round: a table called {@code flow}. */
    public static Table table(Game game, PopulationFlow<?> flow) {
        Table crowd = Table.create(
                "flow", IntColumn.create("round"), IntColumn.create(game.stateWord()), DoubleColumn.create("mass"));
        for (int h = 0; h < flow.rounds().size(); h++) {
            double[] mass = Tensors.toDoubles(flow.states(h));
            for (int s = 0; s < mass.length; s++) {
                crowd.intColumn(0).append(h);
                crowd.intColumn(1).append(s);
                crowd.doubleColumn(2).append(mass[s]);
            }
        }
        return crowd;
    }

    /** What is played and what it is worth, action by action: a table called {@code policy}. */
    public static Table policyTable(Game game, PopulationFlow<?> flow, Values values) {
        GameShape shape = flow.game().shape();
        double[] probabilities = Tensors.toDoubles(flow.policy().probabilities());
        double[] q = Tensors.toDoubles(values.q());
        int[] places = IntStream.range(0, q.length).toArray();
        return Table.create(
                "policy",
                IntColumn.create("round", at(places, i -> i / shape.actions() / shape.states())),
                IntColumn.create(game.stateWord(), at(places, i -> i / shape.actions() % shape.states())),
                IntColumn.create("action", at(places, i -> i % shape.actions())),
                DoubleColumn.create("probability", probabilities),
                DoubleColumn.create("value", q));
    }

    private static int[] at(int[] places, IntUnaryOperator number) {
        return Arrays.stream(places).map(number).toArray();
    }

    /** The colour of a share of the most, from 0 to 1. */
    static Color shade(double share) {
        double at = Math.max(0, Math.min(1, share)) * (SHADES.length - 1);
        int low = Math.min((int) at, SHADES.length - 2);
        double part = at - low;
        return new Color(
                mixed(SHADES[low].getRed(), SHADES[low + 1].getRed(), part),
                mixed(SHADES[low].getGreen(), SHADES[low + 1].getGreen(), part),
                mixed(SHADES[low].getBlue(), SHADES[low + 1].getBlue(), part));
    }

    private static int mixed(int from, int to, double part) {
        return (int) Math.round(from + part * (to - from));
    }

    /** Such tables by their titles, on one scale. */
    public static List<Chart<?, ?>> heatMaps(Game game, Map<String, Table> crowds) {
        DoubleSummaryStatistics masses = crowds.values().stream()
                .flatMapToDouble(
                        crowd -> Arrays.stream(crowd.doubleColumn("mass").asDoubleArray()))
                .summaryStatistics();
        double low = Math.floor(1000 * masses.getMin()) / 1000;
        double high = Math.ceil(1000 * masses.getMax()) / 1000;
        List<Chart<?, ?>> charts = new ArrayList<>();
        crowds.forEach((title, crowd) -> {
            HeatMapChart chart = heatMap(title, game, crowd);
            chart.getStyler().setMin(low).setMax(high > low ? high : low + 1);
            charts.add(chart);
        });
        return charts;
    }

    private static HeatMapChart heatMap(String title, Game game, Table crowd) {
        IntColumn states = crowd.intColumn(game.stateWord());
        IntColumn rounds = crowd.intColumn("round");
        List<Number[]> cells = new ArrayList<>();
        for (int i = 0; i < crowd.rowCount(); i++) {
            cells.add(new Number[] {
                states.getInt(i), rounds.getInt(i), crowd.doubleColumn("mass").getDouble(i)
            });
        }
        HeatMapChart chart = new HeatMapChartBuilder()
                .width(Charts.WIDTH)
                .height(Charts.HEIGHT)
                .title(title)
                .xAxisTitle(game.stateWord())
                .yAxisTitle("round")
                .build();
        chart.getStyler()
                .setRangeColors(SHADES)
                .setHeatMapValueDecimalPattern("0.000")
                .setShowValue(false);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.addSeries("mass", labels(states, game.stateNames()), labels(rounds, game.roundNames()), cells);
        return chart;
    }

    /** What the numbers of an axis are called; they say it all where there are no names. Of many, every k-th is labelled. */
    private static List<String> labels(IntColumn numbers, List<String> names) {
        List<String> all = Arrays.stream(numbers.asIntArray())
                .distinct()
                .sorted()
                .mapToObj(i -> i < names.size() ? names.get(i) : String.valueOf(i))
                .toList();
        int longest = all.stream().mapToInt(String::length).max().orElse(1);
        int every = (all.size() * Math.max(3, longest) + LETTERS - 1) / LETTERS;
        return IntStream.range(0, all.size())
                .mapToObj(i -> i % every > 0 ? " " : all.get(i))
                .toList();
    }
}
