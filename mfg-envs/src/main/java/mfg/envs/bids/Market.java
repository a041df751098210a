package mfg.envs.bids;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** All sales of a log, and one distribution of values for their bidders: what a rule would bring in all of them. */
public final class Market {

    /** More steps of F tell no more. */
    private static final int STEPS = 2000;

    /** A gain below this share of revenue is one of rounding. */
    private static final double ROUNDING = 1e-9;

    private final ValueDistribution values;
    private final List<Place> places;
    private final Map<Size, Alike> sizes = new LinkedHashMap<>();

    /**
     * One sale.
     *
     * @param bidders n, how many take part
     * @param lots k, how many alike lots there are
     * @param factor how many times as much a lot is worth as the good that values are of
     */
    public record Place(int bidders, int lots, double factor) {}

    private record Size(int bidders, int lots) {}

    /** All sales of a size. */
    private record Alike(LotSale sale, int count, double factors) {

        Alike and(Place place) {
            return new Alike(sale, count + 1, factors + place.factor());
        }
    }

    /**
     * Opens a market.
     *
     * @param values F; 2000 steps of it are looked at
     * @param places all sales
     */
    public Market(ValueDistribution values, List<Place> places) {
        this.values = values.inSteps(STEPS);
        this.places = List.copyOf(places);
        for (Place place : places) {
            sizes.compute(size(place), (size, alike) -> (alike == null ? none(size) : alike).and(place));
        }
    }

    private static Size size(Place place) {
        return new Size(place.bidders(), place.lots());
    }

    private Alike none(Size size) {
        return new Alike(new LotSale(values, size.bidders(), size.lots()), 0, 0);
    }

    /**
     * Returns F.
     *
     * @return in the steps that are looked at
     */
    public ValueDistribution values() {
        return values;
    }

    /**
     * What one sale is expected to bring.
     *
     * @param place of this market
     * @param rule by which it sells, the least price in units of the good that values are of
     * @return the expectation, in money
     */
    public LotSale.Outcome expected(Place place, SaleRule rule) {
        return LotSale.Outcome.NONE.plus(rule.expected(sale(place)), 1, place.factor());
    }

    /**
     * What all sales are expected to bring.
     *
     * @param rule by which they sell
     * @return the sum, in money
     */
    public LotSale.Outcome expected(SaleRule rule) {
        LotSale.Outcome all = LotSale.Outcome.NONE;
        for (Alike alike : sizes.values()) {
            all = all.plus(rule.expected(alike.sale()), alike.count(), alike.factors());
        }
        return all;
    }

    private LotSale sale(Place place) {
        return Objects.requireNonNull(sizes.get(size(place)), "no place of this market")
                .sale();
    }

    /**
     * The rule with the least price that brings the most revenue in all sales together: 0, or a value at which F steps up if that brings
     * more.
     *
     * @param format of the rule
     * @return the rule
     */
    public SaleRule best(SaleRule.Format format) {
        SaleRule best = new SaleRule(format, 0);
        double most = expected(best).revenue();
        for (int j = 0; j < values.steps(); j++) {
            SaleRule other = new SaleRule(format, values.value(j));
            double now = expected(other).revenue();
            if (now > most + ROUNDING * Math.abs(most)) {
                most = now;
                best = other;
            }
        }
        return best;
    }

    /**
     * Plays all sales once, each rule with the same bidders.
     *
     * @param rules that are tried
     * @param random draws bidders' values
     * @return (rules) what came of each, in money
     */
    public List<LotSale.Outcome> play(List<SaleRule> rules, RandomGenerator random) {
        LotSale.Outcome[] all = new LotSale.Outcome[rules.size()];
        Arrays.fill(all, LotSale.Outcome.NONE);
        Map<Size, double[][]> bids = new HashMap<>();
        for (Place place : places) {
            double[][] tables = bids.computeIfAbsent(size(place), size -> bids(rules, sale(place)));
            int[] drawn = IntStream.generate(() -> values.draw(random.nextDouble()))
                    .limit(place.bidders())
                    .sorted()
                    .toArray();
            for (int i = 0; i < all.length; i++) {
                LotSale.Outcome one = played(rules.get(i), place.lots(), drawn, tables[i]);
                all[i] = all[i].plus(one, 1, place.factor());
            }
        }
        return List.of(all);
    }

    /** What is bid at each step by each rule; nothing where that is the value. */
    private static double[][] bids(List<SaleRule> rules, LotSale sale) {
        return rules.stream()
                .map(rule -> rule.format() == SaleRule.Format.FIRST_PRICE
                        ? sale.firstPriceBids(rule.least())
                        : new double[0])
                .toArray(double[][]::new);
    }

    /**
     * Plays one sale.
     *
     * @param drawn the steps of the bidders' values, ascending
     * @param bids what is bid at each step, where that is not the value
     */
    private LotSale.Outcome played(SaleRule rule, int lots, int[] drawn, double[] bids) {
        int least = values.stepsBelow(rule.least());
        int excluded = (int) Arrays.stream(drawn).filter(step -> step < least).count();
        int ready = drawn.length - excluded;
        int sold = Math.min(ready, lots);
        boolean posted = rule.format() == SaleRule.Format.POSTED_PRICE;
        double worth = 0;
        double revenue = 0;
        double price = ready > lots && !posted ? values.value(drawn[drawn.length - lots - 1]) : rule.least();
        for (int i = posted ? excluded : drawn.length - sold; i < drawn.length; i++) {
            worth += values.value(drawn[i]);
            revenue += rule.format() == SaleRule.Format.FIRST_PRICE ? bids[drawn[i]] : price;
        }
        double won = posted && ready > 0 ? (double) sold / ready : 1; // anybody may be among the winners
        return new LotSale.Outcome(won * revenue, won * worth, sold);
    }
}
