package mfg.eval.counterfactual;

import java.util.List;
import mfg.envs.bids.Market;
import mfg.envs.bids.SaleRule;
import mfg.envs.bids.SaleRule.Format;

/**
 * A rule that is tried.
 *
 * @param id begins the names of its columns
 * @param name what people call it
 * @param rule of which everything is known
 * @param yardstick the name of the same rule among the simple mechanisms of a mean field; empty if it is not among them
 */
record Contender(String id, String name, SaleRule rule, String yardstick) {

    /** All that can be sold, to those who value it most: no rule's winners are worth more. */
    static final SaleRule ALL_SOLD = new SaleRule(Format.UNIFORM_PRICE, 0);

    static final String FIRST_PRICE = "firstPrice";
    static final String UNIFORM_PRICE = "uniformPrice";
    static final String RESERVE = "uniformPriceReserve";
    static final String POSTED_PRICE = "postedPrice";

    /** The learned mechanism's columns. */
    static final String LEARNED = "learned";

    /** Whether it has no reserve; the best reserve may be 0, too. */
    boolean isWithoutReserve() {
        return id.equals(FIRST_PRICE) || id.equals(UNIFORM_PRICE);
    }

    /**
     * Rules without and with the best reserve, and the best posted price.
     *
     * @param several whether some auctions have several lots
     */
    static List<Contender> of(Market market, boolean several) {
        String price = several ? "uniform price" : "second price";
        return List.of(
                new Contender(
                        FIRST_PRICE, "first price", new SaleRule(Format.FIRST_PRICE, 0), "first price, equal shares"),
                new Contender(
                        "firstPriceReserve",
                        "first price, reserve",
                        market.best(Format.FIRST_PRICE),
                        "reserve price by round"),
                new Contender(UNIFORM_PRICE, price, ALL_SOLD, ""),
                new Contender(
                        RESERVE,
                        price + ", reserve",
                        market.best(Format.UNIFORM_PRICE),
                        "uniform price, reserve by round"),
                new Contender(POSTED_PRICE, "posted price", market.best(Format.POSTED_PRICE), "posted price"));
    }
}
