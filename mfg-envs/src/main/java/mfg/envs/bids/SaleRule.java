package mfg.envs.bids;

import java.util.Locale;

/**
 * A rule by which lots are sold.
 *
 * @param format who wins and what winners pay
 * @param least the reserve price, or the posted price, in the unit of values
 */
public record SaleRule(Format format, double least) {

    /** Who wins and what winners pay. */
    public enum Format {
        /** The highest bids win, and each winner pays the own bid; all bid as in equilibrium. */
        FIRST_PRICE,
        /** The highest bids win, and winners pay the highest bid that loses, or the reserve; all bid their values. With one lot this is second price. */
        UNIFORM_PRICE,
        /** Who is ready to pay the price gets a lot at it, by lot where there are not enough. */
        POSTED_PRICE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * What the rule is expected to bring.
     *
     * @param sale to whom
     * @return the expectation
     */
    public LotSale.Outcome expected(LotSale sale) {
        return format == Format.POSTED_PRICE ? sale.posted(least) : sale.efficient(least);
    }
}
