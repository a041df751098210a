package mfg.eval.design;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import mfg.core.Constants;
import mfg.core.InvalidInputException;
import mfg.core.ParameterSpec;
import mfg.core.PopulationFlow;
import mfg.core.Round;
import mfg.core.Scenarios;
import mfg.envs.players.NPlayerGame;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;

/**
 * A setting made concrete: its games, and what to show of a population in them.
 *
 * @param <R> the games' kind of round
 */
public interface Experiment<R extends Round> {

    /** The games to design for. */
    Scenarios<R> scenarios();

    /** What the games are made of that is not the setting's own, each table named as its file. */
    default List<Table> given() {
        return List.of();
    }

    /** Figures by round for the result, by their JSON name. */
    Map<String, double[]> byRound(PopulationFlow<R> flow);

    /** Whether a population satisfies no zero-dominance (AMID Def. 4); null for games without bids. */
    @Nullable
    Boolean noZeroDominance(PopulationFlow<R> flow);

    /** What there is to see of a population, each table named as its file. */
    List<Table> tables(PopulationFlow<R> flow, NDList theta);

    /** Charts by file name, of the {@link #tables} before and after training. */
    Map<String, List<Chart<?, ?>>> charts(List<Table> before, List<Table> after);

    /**
     * Makes a start of training at the best posted price.
     *
     * @param theta the default start; modified
     * @throws InvalidInputException if there is no such start
     */
    default void postPrice(List<double[]> theta) {
        throw new InvalidInputException("--init posted-price is for auctions with a neural or static mechanism");
    }

    /** The validation games, in order, played by so many players; theta and the constants are float64. */
    List<NPlayerGame> players(NDList theta, int players, NDManager manager);

    /** What nothing can be worth more than in an exact equilibrium; null where that is not known. */
    default @Nullable Double bound() {
        return null;
    }

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
