package mfg.envs.bids;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import mfg.core.InvalidInputException;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.util.MathArrays;

/**
 * Bids as they would have been had all auctions sold the same good (Haile, Hong and Shum 2003, NBER working paper 10105). Where values
 * are those of a reference good times {@code exp((x - x0)' beta)}, x being a good's covariates and x0 the reference's, bids are so, too.
 * So beta is found by least squares in
 *
 * <pre>
 * log b = a(n) + x' beta + error,
 * </pre>
 *
 * <p>with a constant for each number n of bidders, and bids are divided by the factor. All bids of an auction have the same x, so beta is
 * found from one row for each auction: the mean of its log b and its x, less their means among all bids of auctions of n bidders, times
 * the square root of its number of bids.
 */
public final class HomogenizedBids {

    /** A covariate that deviates from its mean by a smaller share of itself counts as constant: doubles have 16 digits. */
    private static final double CONSTANT = 1e-12;

    /** A covariate of which others leave a smaller share counts as their combination. */
    private static final double INDEPENDENT = 1e-9;

    private final List<Auction> auctions;
    private final double[] reference;
    private final double[] coefficients;

    /**
     * Estimates beta of covariates without names.
     *
     * @param auctions with the same covariates each, and positive bids
     * @param reference (k) x0, such as the {@link #average}; not copied
     * @throws InvalidInputException as with names
     */
    public HomogenizedBids(List<Auction> auctions, double[] reference) {
        this(
                auctions,
                reference,
                IntStream.rangeClosed(1, reference.length)
                        .mapToObj(k -> "covariate " + k)
                        .toList());
    }

    /**
     * Estimates beta.
     *
     * @param auctions with the same covariates each, and positive bids
     * @param reference (k) x0, such as the {@link #average}; not copied
     * @param names (k) what a sentence about a covariate calls it
     * @throws InvalidInputException if there is no auction, a bid is 0, auctions have other covariates than the reference, or a covariate
     *     does not vary among auctions of the same number of bidders or is a combination of others
     */
    public HomogenizedBids(List<Auction> auctions, double[] reference, List<String> names) {
        Auction.requireSome(auctions);
        if (names.size() != reference.length) {
            throw new InvalidInputException(
                    "%d covariates need a name each, not %d names".formatted(reference.length, names.size()));
        }
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
        this.coefficients = reference.length == 0 ? new double[0] : fit(names);
    }

    private double[] fit(List<String> names) {
        double[] lengths = new double[names.size()];
        RealMatrix columns = MatrixUtils.createRealMatrix(auctions.size(), lengths.length);
        for (int k = 0; k < lengths.length; k++) {
            int at = k;
            double[] covariate = each(auction -> auction.covariates()[at]);
            double[] column = deviations(covariate);
            double length = MathArrays.safeNorm(column);
            if (!(length > CONSTANT * MathArrays.safeNorm(covariate))) {
                throw new InvalidInputException(
                        "%s does not vary among auctions of the same number of bidders: leave it out"
                                .formatted(names.get(k)));
            }
            columns.setColumn(k, Arrays.stream(column).map(x -> x / length).toArray());
            lengths[k] = length;
        }
        DecompositionSolver solver = solver(columns);
        if (!solver.isNonSingular()) {
            throw new InvalidInputException("%s is a combination of other covariates: leave it out"
                    .formatted(names.get(firstDependent(columns))));
        }
        double[] logs = deviations(each(auction ->
                Arrays.stream(auction.bids()).map(Math::log).average().orElseThrow()));
        double[] slopes = solver.solve(MatrixUtils.createRealVector(logs)).toArray();
        return MathArrays.ebeDivide(slopes, lengths);
    }

    private double[] each(ToDoubleFunction<Auction> number) {
        return auctions.stream().mapToDouble(number).toArray();
    }

    /** Numbers of auctions less their mean among bids of as many bidders, times the square root of the number of bids. */
    private double[] deviations(double[] numbers) {
        Map<Integer, Mean> means = new HashMap<>();
        for (int a = 0; a < numbers.length; a++) {
            Auction auction = auctions.get(a);
            means.computeIfAbsent(auction.bidders(), n -> new Mean()).add(numbers[a], auction.bids().length);
        }
        double[] deviations = new double[numbers.length];
        for (int a = 0; a < numbers.length; a++) {
            Auction auction = auctions.get(a);
            double mean = Objects.requireNonNull(means.get(auction.bidders())).mean;
            deviations[a] = (numbers[a] - mean) * Math.sqrt(auction.bids().length);
        }
        return deviations;
    }

    /** Of numbers that count several times; exact where all are the same. */
    private static final class Mean {

        private double mean;
        private double count;

        void add(double number, int times) {
            count += times;
            mean += times / count * (number - mean);
        }
    }

    private static DecompositionSolver solver(RealMatrix columns) {
        return new QRDecomposition(columns, INDEPENDENT).getSolver();
    }

    /** The first column that those before it add up to. */
    private static int firstDependent(RealMatrix columns) {
        int last = 1;
        while (solver(columns.getSubMatrix(0, columns.getRowDimension() - 1, 0, last))
                .isNonSingular()) {
            last++;
        }
        return last;
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
     * @throws InvalidInputException if the reference is so far from a good that their ratio is no positive number
     */
    public List<Auction> auctions() {
        return auctions.stream()
                .map(auction -> {
                    double factor = factor(auction.covariates());
                    if (!(factor > 0) || Double.isInfinite(factor)) {
                        throw new InvalidInputException(
                                "the reference is too far from the goods of the log: one is worth %s times as much"
                                        .formatted(factor));
                    }
                    double[] bids = Arrays.stream(auction.bids())
                            .map(bid -> bid / factor)
                            .toArray();
                    return new Auction(auction.bidders(), bids, auction.covariates());
                })
                .toList();
    }
}
