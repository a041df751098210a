package mfg.envs.auction;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import mfg.core.InvalidInputException;

/**
 * A sale at one price: in each round everybody whose value is at least the price buys at once, until the goods run out.
 * Bidders who would rather wait are not foreseen, so for values that move this is a start for a design and no equilibrium.
 *
 * @param price what a good costs
 * @param sold the goods sold in each round, per capita
 * @param objective what the sale is worth to the auctioneer
 */
public record PostedPrice(double price, double[] sold, double objective) {

    /**
     * Sells.
     *
     * @param auction whose bidders and goods
     * @param objective what the auctioneer wants
     * @param price what a good costs
     * @return the sale
     * @throws InvalidInputException if values move in a way that only the engine can compute
     */
    public static PostedPrice of(BatchedAuction auction, AuctionObjective objective, double price) {
        Transitions transitions = auction.dynamics().transitions();
        if (transitions == null) {
            throw new InvalidInputException("a posted price needs value dynamics on primitive arrays");
        }
        int n = auction.rules().values();
        double[] mass = auction.initialStates();
        double[] moved = new double[n + 1];
        double[] sold = new double[auction.rules().rounds()];
        double remaining = auction.rules().alphaMax();
        double worth = 0;
        for (int h = 0; h < sold.length; h++) {
            double demand = 0;
            for (int s = 0; s < n; s++) {
                demand += buys(s, n, price) ? mass[s] : 0;
            }
            double share = demand > remaining ? remaining / demand : 1;
            for (int s = 0; s < n; s++) {
                double buyers = buys(s, n, price) ? share * mass[s] : 0;
                worth += buyers * (objective.lambda() * price + (1 - objective.lambda()) * s / n);
                mass[s] -= buyers;
                mass[n] += buyers;
            }
            sold[h] = share * demand;
            remaining -= sold[h];
            transitions.move(mass, moved);
            System.arraycopy(moved, 0, mass, 0, n + 1);
        }
        return new PostedPrice(price, sold, worth);
    }

    private static boolean buys(int value, int n, double price) {
        return (double) value / n >= price;
    }

    /**
     * Finds the best price, by trying all values.
     *
     * @param auctions in which the price is to do well on average, of the same number of values; at least one
     * @param objective what the auctioneer wants
     * @return the price
     */
    public static double best(List<BatchedAuction> auctions, AuctionObjective objective) {
        int n = auctions.get(0).rules().values();
        return IntStream.range(0, n)
                .mapToObj(s -> (double) s / n)
                .max(Comparator.comparingDouble(price -> auctions.stream()
                        .mapToDouble(auction -> of(auction, objective, price).objective())
                        .sum()))
                .orElseThrow();
    }
}
