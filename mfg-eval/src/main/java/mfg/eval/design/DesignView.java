package mfg.eval.design;

import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Map;
import mfg.core.PopulationFlow;
import mfg.core.Round;
import mfg.core.catalogue.DesignableGame;
import mfg.envs.auction.AuctionGame;
import mfg.envs.auction.AuctionRound;
import mfg.eval.view.Plot;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/**
 * What there is to see of a design.
 *
 * @param <R> the games' kind of round
 */
interface DesignView<R extends Round> {

    /** What the games are made of that is not their own, each table named as its file. */
    default List<Table> given() {
        return List.of();
    }

    /** What there is to see of a population, each table named as its file. */
    List<Table> tables(PopulationFlow<R> flow, NDList theta);

    /** Charts by file name, of the {@link #tables} before and after training. */
    Map<String, List<? extends Plot>> charts(List<Table> before, List<Table> after);

    /** Whether a population satisfies no zero-dominance (AMID Def. 4); null for games without bids. */
    default @Nullable Boolean noZeroDominance(PopulationFlow<R> flow) {
        return null;
    }

    /** The view of a game: auctions have bids and payments to show, all others what they say of themselves. */
    @SuppressWarnings("unchecked") // an auction game's rounds are auction rounds
    static <R extends Round> DesignView<R> of(DesignableGame<R> game) {
        return game instanceof AuctionGame auction
                ? (DesignView<R>) (DesignView<AuctionRound>) new AuctionView(auction)
                : new GameView<>(game);
    }
}
