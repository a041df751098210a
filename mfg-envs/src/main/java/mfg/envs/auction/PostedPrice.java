package mfg.envs.auction;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import mfg.core.InvalidInputException;

/**
 * A sale at fixed prices: in round h everybody whose value is at least {@code prices[h]} buys at once, until the goods run
 * out; a price above all values sells nothing. Bidders who would rather wait are not foreseen, so for values that move this
 * is a start for a design and no equilibrium.
 *
 * @param prices what a good costs in each round
 * @param sold the goods sold in each round, per capita
 * @param objective what the sale is worth to the auctioneer
 */
public record PostedPrice(double[] prices, double[] sold, double objective) {

    private static final double SHORTAGE = 0.99;

    /**
     * Sells.
     *
     * @param auction whose bidders and goods
     * @param objective what the auctioneer wants
     * @param prices by round
     * @return the sale
     * @throws InvalidInputException if values move in a way that only the engine can compute
     */
    public static PostedPrice of(BatchedAuction auction, AuctionObjective objective, double[] prices) {
        Transitions transitions = auction.dynamics().transitions();
        if (transitions == null) {
            throw new InvalidInputException("a posted price needs value dynamics on primitive arrays");
        }
        int n = auction.rules().values();
        double[] mass = auction.initialStates();
        double[] moved = new double[n + 1];
        double[] sold = new double[prices.length];
        double remaining = auction.rules().alphaMax();
        double worth = 0;
        for (int h = 0; h < prices.length; h++) {
            double demand = 0;
            for (int s = 0; s < n; s++) {
                demand += buys(s, n, prices[h]) ? mass[s] : 0;
            }
            double share = demand > remaining ? remaining / demand : 1;
            for (int s = 0; s < n; s++) {
                double buyers = buys(s, n, prices[h]) ? share * mass[s] : 0;
                worth += buyers * (objective.lambda() * prices[h] + (1 - objective.lambda()) * s / n);
                mass[s] -= buyers;
                mass[n] += buyers;
            }
            sold[h] = share * demand;
            remaining -= sold[h];
            transitions.move(mass, moved);
            System.arraycopy(moved, 0, mass, 0, n + 1);
        }
        return new PostedPrice(prices, sold, worth);
    }

    private static boolean buys(int value, int n, double price) {
        return (double) value / n >= price;
    }

    /**
     * Finds the best sale at one price from some round on, by trying all.
     *
     * @param auction whose bidders and goods
     * @param objective what the auctioneer wants
     * @param from the first round in which anything is sold, from 0
     * @return the best sale
     */
    public static PostedPrice best(BatchedAuction auction, AuctionObjective objective, int from) {
        int n = auction.rules().values();
        return IntStream.range(0, n)
                .mapToObj(s -> {
                    double[] prices = new double[auction.rules().rounds()];
                    Arrays.fill(prices, 0, from, 1);
                    Arrays.fill(prices, from, prices.length, (double) s / n);
                    return of(auction, objective, prices);
                })
                .max(Comparator.comparingDouble(PostedPrice::objective))
                .orElseThrow();
    }

    /**
     * Returns the share of what remains that a mechanism blind to the bids should offer in each round: a hundredth less than
     * is sold, since goods left over for those who bid nothing would make it pay to bid nothing.
     *
     * @param goods what there is at first, per capita
     * @return numbers between 0 and 1
     */
    public double[] fractions(double goods) {
        double[] fractions = new double[sold.length];
        double remaining = goods;
        for (int h = 0; h < sold.length; h++) {
            double offer = Math.min(remaining, SHORTAGE * sold[h]);
            fractions[h] = remaining > 0 ? offer / remaining : 0;
            remaining -= offer;
        }
        return fractions;
    }
}
