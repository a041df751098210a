package mfg.eval;

import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Map;
import mfg.core.Constants;
import mfg.core.ParameterSpec;
import mfg.core.PopulationFlow;
import mfg.core.Round;
import mfg.train.Scenarios;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;

/**
 * A setting made concrete: its games, and what to show of a population in them.
 *
 * @param <R> the games' kind of round
 */
interface Experiment<R extends Round> {

    /** The games to design for. */
    Scenarios<R> scenarios();

    /** What the games are made of that is not the setting's own, each table named as its file. */
    default List<Table> given() {
        return List.of();
    }

    /** Figures by round for the result, by their JSON name. */
    Map<String, double[]> byRound(PopulationFlow<R> flow);

    /** What there is to see of a population, each table named as its file. */
    List<Table> tables(PopulationFlow<R> flow, NDList theta);

    /** Charts by file name, of the {@link #tables} before and after training. */
    Map<String, List<Chart<?, ?>>> charts(List<Table> before, List<Table> after);

    /** What theta consists of. */
    default List<ParameterSpec> parameters() {
        return scenarios().validation().get(0).parameters();
    }

    /**
     * Builds the experiment of a configuration.
     *
     * @param constants makes and owns the constants
     */
    static Experiment<?> of(DesignConfig config, Constants constants) {
        Setting setting = Setting.named(config.setting());
        return setting.auction() == null
                ? new BeachExperiment(config, constants)
                : new AuctionExperiment(setting.auction(), config, constants);
    }
}
