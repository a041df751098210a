package mfg.eval.view;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import mfg.core.GameShape;
import mfg.core.PopulationFlow;
import mfg.core.Tensors;
import mfg.core.Values;
import mfg.core.catalogue.Game;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** Who is where when, as a table and to look at. */
public final class Flows {

    private static final String MASS = "share of all players";

    private Flows() {}

    /** The mass in each state, round by round from 1: a table called {@code flow}. */
    public static Table table(Game game, PopulationFlow<?> flow) {
        Table crowd = Table.create(
                "flow", IntColumn.create("round"), IntColumn.create(game.stateWord()), DoubleColumn.create("mass"));
        for (int h = 0; h < flow.rounds().size(); h++) {
            double[] mass = Tensors.toDoubles(flow.states(h));
            for (int s = 0; s < mass.length; s++) {
                crowd.intColumn(0).append(h + 1);
                crowd.intColumn(1).append(s);
                crowd.doubleColumn(2).append(mass[s]);
            }
        }
        return crowd;
    }

    /** What is played and what it is worth, round by round from 1, action by action: a table called {@code policy}. */
    public static Table policyTable(Game game, PopulationFlow<?> flow, Values values) {
        GameShape shape = flow.game().shape();
        double[] probabilities = Tensors.toDoubles(flow.policy().probabilities());
        double[] q = Tensors.toDoubles(values.q());
        int[] places = IntStream.range(0, q.length).toArray();
        return Table.create(
                "policy",
                IntColumn.create("round", at(places, i -> i / shape.actions() / shape.states() + 1)),
                IntColumn.create(game.stateWord(), at(places, i -> i / shape.actions() % shape.states())),
                IntColumn.create("action", at(places, i -> i % shape.actions())),
                DoubleColumn.create("probability", probabilities),
                DoubleColumn.create("value", q));
    }

    private static int[] at(int[] places, IntUnaryOperator number) {
        return Arrays.stream(places).map(number).toArray();
    }

    /** A flow as colours, state by round. */
    public static Plot.Cells cells(String title, Game game, Table flow) {
        double[] mass = flow.doubleColumn("mass").asDoubleArray();
        int states = flow.intColumn(game.stateWord()).countUnique();
        int rounds = mass.length / states;
        double[][] values = IntStream.range(0, rounds)
                .mapToObj(h -> Arrays.copyOfRange(mass, h * states, (h + 1) * states))
                .toArray(double[][]::new);
        Plot.Cells cells = new Plot.Cells(
                title,
                game.stateWord(),
                "round",
                names(game.stateNames(), states, 0),
                names(game.roundNames(), rounds, 1),
                values,
                MASS,
                0,
                1);
        return cells.between(0, cells.most());
    }

    /** Such charts by the same colours. */
    public static List<Plot.Cells> alike(List<Plot.Cells> charts) {
        double most = charts.stream().mapToDouble(Plot.Cells::most).max().orElse(1);
        return charts.stream().map(chart -> chart.between(0, most)).toList();
    }

    /** The names that there are, else numbers. */
    static List<String> names(List<String> names, int count, int first) {
        return IntStream.range(0, count)
                .mapToObj(i -> i < names.size() ? names.get(i) : String.valueOf(i + first))
                .toList();
    }

    /** A flow on the map of a game that has one, round by round. */
    public static Plot.Frames onMap(String title, Game game, Table flow) {
        int[][] map = game.map();
        double[] mass = flow.doubleColumn("mass").asDoubleArray();
        double most = Arrays.stream(mass).max().orElse(1);
        int rounds = mass.length / map.length;
        List<String> names = names(game.roundNames(), rounds, 1);
        return new Plot.Frames(
                title,
                "round",
                names,
                IntStream.range(0, rounds)
                        .mapToObj(h -> new Plot.Places(
                                "%s, round %s".formatted(title, names.get(h)),
                                map,
                                Arrays.copyOfRange(mass, h * map.length, (h + 1) * map.length),
                                MASS,
                                most))
                        .toList());
    }
}
