package mfg.eval.counterfactual;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mfg.core.Streams;
import mfg.envs.bids.Market;
import mfg.envs.bids.Market.Place;
import mfg.envs.bids.ValueDistribution;
import org.hipparchus.analysis.integration.IterativeLegendreGaussIntegrator;
import org.hipparchus.analysis.solvers.BrentSolver;
import org.hipparchus.special.Erf;

/**
 * A log of first-price auctions whose bidders are known: {@code docs/timber-sample.csv}. A lot of timber of volume m and a species whose
 * price is p has for each bidder the value {@code p m exp(sigma z)}, z being standard normal and each bidder's own; of n bidders each bids
 * {@code b(v) = v - int_0^v F^(n-1) / F(v)^(n-1)}, as in equilibrium.
 */
final class SampleLog {

    static final double SIGMA = 0.8;

    /** That of the file in docs. */
    static final long SEED = 1;

    /** How many auctions have 2, 3, .. bidders. */
    private static final int[] AUCTIONS = {40, 35, 25, 20, 15, 8, 7};

    /** In so many auctions somebody is listed who did not bid. */
    private static final int BLANK = 2;

    private static final double LEAST_VOLUME = 20;
    private static final double MOST_VOLUME = 400;

    /** Standard deviations beyond which there is hardly anybody. */
    private static final double FAR = 8;

    private static final double LEAST = Math.exp(-SIGMA * FAR);

    private static final List<String> BIDDERS = List.of(
            "Ahrens",
            "Behrens",
            "Carstens",
            "Dörfler",
            "Eggers",
            "Förster",
            "Görlitz",
            "Hinrichs",
            "Iversen",
            "Jäger",
            "Köhler",
            "Lüders",
            "Möller",
            "Niemann",
            "Oltmanns",
            "Petersen",
            "Quast",
            "Röder",
            "Schütte",
            "Thießen",
            "Uhlig",
            "Voß",
            "Wöhler",
            "Zander");

    private final long seed;
    private final List<Lot> lots;

    /** The same seed makes the same log. */
    SampleLog(long seed) {
        this.seed = seed;
        this.lots = lots();
    }

    /** What is sold, with the price of a cubic metre that the median bidder pays. */
    private enum Species {
        FICHTE("Fichte", 60),
        BUCHE("Buche", 75),
        EICHE("Eiche", 150);

        private final String text;
        private final double price;

        Species(String text, double price) {
            this.text = text;
            this.price = price;
        }
    }

    private record Lot(Species species, double volume, int bidders) {

        /** The median of its values. */
        double median() {
            return species.price * volume;
        }
    }

    /**
     * What a rule brings in all auctions of the log.
     *
     * @param least the best reserve or price, for a lot whose logarithm of volume and shares of species are the average
     * @param revenue in expectation over values
     */
    record Truth(double least, double revenue) {}

    private List<Lot> lots() {
        SplittableRandom random = random("lots");
        List<Lot> lots = new ArrayList<>();
        for (int i = 0; i < AUCTIONS.length; i++) {
            for (int k = 0; k < AUCTIONS[i]; k++) {
                Species species = Species.values()[pick(Species.values().length, random)];
                double volume = LEAST_VOLUME * Math.pow(MOST_VOLUME / LEAST_VOLUME, random.nextDouble());
                lots.add(new Lot(species, Math.rint(10 * volume) / 10, i + 2));
            }
        }
        return shuffled(lots, random);
    }

    private SplittableRandom random(String what) {
        return new SplittableRandom(Streams.seed(seed, what));
    }

    private static int pick(int count, SplittableRandom random) {
        return (int) (count * random.nextDouble());
    }

    private static <T> List<T> shuffled(List<T> all, SplittableRandom random) {
        List<T> mixed = new ArrayList<>(all);
        for (int last = mixed.size() - 1; last > 0; last--) {
            Collections.swap(mixed, last, pick(last + 1, random));
        }
        return mixed;
    }

    /** The log, as a German spreadsheet writes it. */
    String text() {
        SplittableRandom random = random("bids");
        StringBuilder text = new StringBuilder("Holzversteigerung, versiegelte Gebote;;;;\n");
        text.append("Auktion;Bieter;Holzart;Festmeter;Gebot\n");
        for (int i = 0; i < lots.size(); i++) {
            Lot lot = lots.get(i);
            List<String> names = shuffled(BIDDERS, random);
            for (int k = 0; k < lot.bidders(); k++) {
                double z = quantile(random.nextDouble());
                text.append(row(
                        i,
                        names.get(k),
                        String.format(Locale.GERMANY, "%,.2f €", lot.median() * bid(lot.bidders(), z))));
            }
            if (i % (lots.size() / BLANK) == lots.size() / BLANK / 2) {
                text.append(row(i, names.get(lot.bidders()), ""));
            }
        }
        return text.toString();
    }

    private String row(int auction, String bidder, String bid) {
        Lot lot = lots.get(auction);
        return String.format(
                Locale.GERMANY, "H%03d;%s;%s;%.1f;%s\n", auction + 1, bidder, lot.species().text, lot.volume(), bid);
    }

    /** What one of n bidders bids whose value is z standard deviations above the median, of a lot whose median is 1. */
    static double bid(int bidders, double z) {
        DoubleUnaryOperator wins = u -> Math.pow(cumulative(u), bidders - 1);
        return Math.exp(SIGMA * z)
                - integral(u -> wins.applyAsDouble(u) * SIGMA * Math.exp(SIGMA * u), -FAR, z) / wins.applyAsDouble(z);
    }

    /** The share of bidders whose value is at most so many standard deviations above the median. */
    static double cumulative(double z) {
        return Erf.erfc(-z / Math.sqrt(2)) / 2;
    }

    /** Its inverse. */
    static double quantile(double share) {
        return Math.sqrt(2) * Erf.erfInv(2 * share - 1);
    }

    private static double integral(DoubleUnaryOperator f, double from, double to) {
        return new IterativeLegendreGaussIntegrator(20, 1e-10, 1e-12).integrate(10_000, f::applyAsDouble, from, to);
    }

    /** First and second price without a reserve that binds, which earn the same (Myerson 1981). */
    Truth noReserve() {
        return new Truth(0, reserve(average() * LEAST).revenue());
    }

    /** What winners' values are if all lots are sold to those who value them most. */
    double mostWorth() {
        return sum(bidders -> LEAST + integral(u -> sold(bidders, u) * SIGMA * Math.exp(SIGMA * u), -FAR, FAR));
    }

    /** First and second price with a reserve. */
    Truth reserve(double least) {
        double r = least / average();
        double z = Math.log(r) / SIGMA;
        return new Truth(least, sum(bidders -> r * sold(bidders, z) + above(bidders, z)));
    }

    /** The best reserve, where {@code r = (1 - F(r)) / f(r)}. Virtual values rise, so no rule earns more (Myerson 1981). */
    Truth bestReserve() {
        double z = new BrentSolver(1e-12)
                .solve(1000, u -> SIGMA * cumulative(-u) - Math.exp(-u * u / 2) / Math.sqrt(2 * Math.PI), -3, 3);
        return reserve(average() * Math.exp(SIGMA * z));
    }

    /** A posted price. */
    Truth postedPrice(double price) {
        double p = price / average();
        return new Truth(price, sum(bidders -> p * sold(bidders, Math.log(p) / SIGMA)));
    }

    /** The best posted price. */
    Truth bestPrice() {
        return IntStream.rangeClosed(-3000, 3000)
                .mapToObj(k -> postedPrice(average() * Math.exp(SIGMA * k / 1000)))
                .max(Comparator.comparingDouble(Truth::revenue))
                .orElseThrow();
    }

    /** How likely somebody has at least this value. */
    private static double sold(int bidders, double z) {
        return 1 - Math.pow(cumulative(z), bidders);
    }

    /** By how much the second highest value exceeds a value in expectation, if it does. */
    private static double above(int bidders, double z) {
        return integral(
                u -> {
                    double below = cumulative(u);
                    double second = 1 - Math.pow(below, bidders) - bidders * Math.pow(below, bidders - 1) * (1 - below);
                    return second * SIGMA * Math.exp(SIGMA * u);
                },
                z,
                FAR);
    }

    /** Over all auctions, of what a number of bidders pays for a lot whose median is 1. */
    private double sum(IntToDoubleFunction revenue) {
        SortedMap<Integer, Double> medians = lots.stream()
                .collect(Collectors.groupingBy(Lot::bidders, TreeMap::new, Collectors.summingDouble(Lot::median)));
        return medians.entrySet().stream()
                .mapToDouble(entry -> entry.getValue() * revenue.applyAsDouble(entry.getKey()))
                .sum();
    }

    /** The median of values for the average lot. */
    private double average() {
        return Math.exp(lots.stream()
                .mapToDouble(lot -> Math.log(lot.median()))
                .average()
                .orElseThrow());
    }

    /** Its auctions, as sales of goods so many times as good as the average lot. */
    private List<Place> places() {
        return lots.stream()
                .map(lot -> new Place(lot.bidders(), 1, lot.median() / average()))
                .toList();
    }

    /** Very many bidders, in a market of these sales. */
    Market market() {
        int count = 2000;
        double average = average();
        return new Market(
                ValueDistribution.of(IntStream.range(0, count)
                        .mapToDouble(i -> average * Math.exp(SIGMA * quantile((i + 0.5) / count)))
                        .toArray()),
                places());
    }
}
