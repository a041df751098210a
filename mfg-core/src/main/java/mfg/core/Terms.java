package mfg.core;

import java.util.Arrays;

/**
 * The terms of a simple mechanism: payments fixed in advance, and goods for all who bid enough, or a fixed amount of goods, or
 * both. In round h it offers {@code goods[h] + sum_{a >= served[h]} nu(a)}.
 *
 * @param payments what a winner pays in each round with each bid, in units of value, (H, A)
 * @param served the lowest bid in each round that is offered a good, (H); A where offers are blind to the bids
 * @param goods further goods on offer in each round, per capita, (H), at least 0
 */
public record Terms(double[][] payments, int[] served, double[] goods) {

    /**
     * What came of the terms of one game, whose bidders have learned them: where an imitation has to be exact.
     *
     * @param offered the goods on offer in each round, per capita, (H)
     * @param remaining those left before it, per capita, (H)
     */
    public record Sale(double[] offered, double[] remaining) {}

    /**
     * Makes the terms of offers that are blind to the bids.
     *
     * @param payments as above, (H, A)
     * @param goods as above, (H)
     * @return the terms
     */
    public static Terms blind(double[][] payments, double[] goods) {
        int[] nobody = new int[payments.length];
        Arrays.setAll(nobody, h -> payments[h].length);
        return new Terms(payments, nobody, goods);
    }

    /**
     * Makes the terms of offers that follow the bids.
     *
     * @param payments as above, (H, A)
     * @param served as above, (H)
     * @return the terms
     */
    public static Terms following(double[][] payments, int[] served) {
        return new Terms(payments, served, new double[served.length]);
    }

    /**
     * Returns what is on offer.
     *
     * @param h the round
     * @param bids the bid distribution {@code nu}, (A); not modified
     * @return goods per capita, which may be more than there are
     */
    public double offer(int h, double[] bids) {
        double offer = goods[h];
        for (int a = served[h]; a < bids.length; a++) {
            offer += bids[a];
        }
        return offer;
    }
}
