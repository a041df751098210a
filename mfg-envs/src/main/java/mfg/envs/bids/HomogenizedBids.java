package mfg.envs.bids;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import mfg.core.InvalidInputException;

/**
 * Bids as they would have been had all auctions sold the same good (Haile, Hong and Shum 2003, NBER working paper 10105). Where values
 * are those of a reference good times {@code exp((x - x0)' beta)}, x being a good's covariates and x0 the reference's, bids are so, too.
 * So beta is found by least squares in
 *
 * <pre>
 * log b = a(n) + x' beta + error,
 * </pre>
 *
 * <p>with a constant for each number n of bidders, and bids are divided by the factor.
 */
public final class HomogenizedBids {

    private final List<Auction> auctions;
    private final double[] reference;
    private final double[] coefficients;

    /**
     * Estimates beta.
     *
     * @param auctions with the same covariates each, and positive bids
     * @param reference (k) x0, such as the {@link #average}; not copied
     * @throws InvalidInputException if there is no auction, a bid is 0, auctions have other covariates than the reference, or a covariate
     *     does not vary among auctions of the same number of bidders or is a combination of others
     */
    public HomogenizedBids(List<Auction> auctions, double[] reference) {
        Auction.requireSome(auctions);
        for (Auction auction : auctions) {
            if (auction.covariates().length != reference.length) {
                throw new InvalidInputException("all auctions must have the same %d covariates, but one has %d"
                        .formatted(reference.length, auction.covariates().length));
            }
            if (Arrays.stream(auction.bids()).anyMatch(bid -> bid == 0)) {
                throw new InvalidInputException("a bid of 0 has no logarithm: bids must be positive to be homogenized");
            }
        }
        this.auctions = List.copyOf(auctions);
        this.reference = reference;
        this.coefficients = fit();
    }

    private double[] fit() {
        int[] bidders = auctions.stream().mapToInt(Auction::bidders).distinct().toArray();
        List<String> names = new ArrayList<>();
        double[][] columns = new double[bidders.length + reference.length][];
        for (int i = 0; i < bidders.length; i++) {
            int n = bidders[i];
            names.add("the number of bidders " + n);
            columns[i] = column(auction -> auction.bidders() == n ? 1 : 0);
        }
        for (int k = 0; k < reference.length; k++) {
            int at = k;
            names.add("covariate " + (k + 1));
            columns[bidders.length + k] = column(auction -> auction.covariates()[at] - reference[at]);
        }
        double[] logs = auctions.stream()
                .flatMapToDouble(auction -> Arrays.stream(auction.bids()))
                .map(Math::log)
                .toArray();
        double[] weights = LeastSquares.fit(names, columns, logs);
        return Arrays.copyOfRange(weights, bidders.length, weights.length);
    }

    /** One number of each auction, for each of its bids. */
    private double[] column(ToDoubleFunction<Auction> number) {
        return auctions.stream()
                .flatMapToDouble(auction -> DoubleStream.generate(() -> number.applyAsDouble(auction))
                        .limit(auction.bids().length))
                .toArray();
    }

    /**
     * The mean of covariates over auctions, a reference good.
     *
     * @param auctions at least one, with the same covariates each
     * @return (k) the mean of each covariate
     */
    public static double[] average(List<Auction> auctions) {
        return IntStream.range(0, auctions.get(0).covariates().length)
                .mapToDouble(k -> auctions.stream()
                        .mapToDouble(auction -> auction.covariates()[k])
                        .average()
                        .orElseThrow())
                .toArray();
    }

    /**
     * By how much each covariate raises bids.
     *
     * @return (k) beta: by one more of the k-th covariate, bids are {@code exp(beta_k)} times as high
     */
    public double[] coefficients() {
        return coefficients.clone();
    }

    /**
     * How many times as much as the reference a good is worth; a value of the reference times this is a value of the good.
     *
     * @param covariates (k) x
     * @return {@code exp((x - x0)' beta)}
     */
    public double factor(double... covariates) {
        double sum = 0;
        for (int k = 0; k < reference.length; k++) {
            sum += (covariates[k] - reference[k]) * coefficients[k];
        }
        return Math.exp(sum);
    }

    /**
     * The log, had every auction sold the reference.
     *
     * @return auctions in the order of the log, with bids divided by their factor, and the covariates of the log
     */
    public List<Auction> auctions() {
        return auctions.stream()
                .map(auction -> {
                    double factor = factor(auction.covariates());
                    double[] bids = Arrays.stream(auction.bids())
                            .map(bid -> bid / factor)
                            .toArray();
                    return new Auction(auction.bidders(), bids, auction.covariates());
                })
                .toList();
    }
}
