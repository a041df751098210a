package mfg.eval.view;

import java.util.List;
import java.util.Map;
import mfg.core.PopulationFlow;
import mfg.core.Tensors;
import mfg.core.catalogue.Game;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** Who is where when, as a table and to look at. */
public final class Flows {

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

    /** Such tables by their titles, on one scale. */
    public static List<Chart<?, ?>> heatMaps(Game game, Map<String, Table> crowds) {
        return Charts.heatMaps(
                crowds,
                new Charts.Axis(game.stateWord(), game.stateNames()),
                new Charts.Axis("round", game.roundNames()),
                "mass");
    }
}
