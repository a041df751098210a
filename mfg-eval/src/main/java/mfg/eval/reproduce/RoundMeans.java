package mfg.eval.reproduce;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/**
 * Weighted means over the rows of each round of a table.
 *
 * @param mean of each round; not a number where nothing weighs
 * @param weight of each round, in all
 * @param overall the mean over all rounds
 */
record RoundMeans(double[] mean, double[] weight, double overall) {

    /**
     * Computes them.
     *
     * @param table with a column {@code round}, from 1
     * @param figure of which the mean is taken
     * @param weight how much a row counts
     */
    static RoundMeans of(Table table, ToDoubleFunction<Row> figure, ToDoubleFunction<Row> weight) {
        int rounds = (int) table.intColumn("round").max();
        double[] sums = new double[rounds];
        double[] weights = new double[rounds];
        for (Row row : table) {
            int h = row.getInt("round") - 1;
            sums[h] += figure.applyAsDouble(row) * weight.applyAsDouble(row);
            weights[h] += weight.applyAsDouble(row);
        }
        double[] means = new double[rounds];
        Arrays.setAll(means, h -> sums[h] / weights[h]);
        return new RoundMeans(
                means,
                weights,
                Arrays.stream(sums).sum() / Arrays.stream(weights).sum());
    }

    /** The mean bid of those who take part, by their mass. */
    static RoundMeans bids(Table bids) {
        return of(bids, row -> row.getDouble("meanBid"), row -> row.getDouble("mass"));
    }

    /** What winners pay on average; the weight is what is sold. */
    static RoundMeans payments(Table payments) {
        return of(payments, row -> row.getDouble("payment"), row -> row.getDouble("winning") * row.getDouble("mass"));
    }
}
