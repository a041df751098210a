package mfg.eval.design;

import ai.djl.ndarray.NDList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mfg.core.PopulationFlow;
import mfg.core.Round;
import mfg.core.catalogue.DesignableGame;
import mfg.envs.auction.AuctionGame;
import mfg.envs.auction.AuctionRound;
import mfg.eval.view.Charts;
import mfg.eval.view.Plot;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/**
 * What there is to see of a design.
 *
 * @param <R> the games' kind of round
 */
interface DesignView<R extends Round> {

    /** The design that training started from. */
    String BEFORE = "before";

    /** The design that validated best. */
    String BEST = "best";

    /** The design at which training ended, where it is another. */
    String LAST = "last";

    /** One of the tables of each design. */
    static Map<String, Table> each(Map<String, List<Table>> designs, int table) {
        Map<String, Table> each = new LinkedHashMap<>();
        designs.forEach((design, tables) -> each.put(design, tables.get(table)));
        return each;
    }

    /** A line of each design, from two columns of its table. */
    static List<Charts.Series> series(Map<String, Table> designs, String prefix, String x, String y) {
        return designs.entrySet().stream()
                .map(design -> Charts.series(prefix + design.getKey(), design.getValue(), x, y))
                .toList();
    }

    /** What the games are made of that is not their own, each table named as its file. */
    default List<Table> given() {
        return List.of();
    }

    /** What there is to see of a population, each table named as its file. */
    List<Table> tables(PopulationFlow<R> flow, NDList theta);

    /**
     * Charts by file name.
     *
     * @param designs the {@link #tables} of each design that is shown, by what it is called; the first is {@link #BEFORE}, the second
     *     {@link #BEST}
     */
    Map<String, List<? extends Plot>> charts(Map<String, List<Table>> designs);

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
