package mfg.eval.io;

import java.util.Arrays;

/**
 * How numbers lie.
 *
 * @param mean their mean; not a number for none
 * @param deviation their standard deviation, that of a sample; not a number for fewer than two
 */
public record Spread(double mean, double deviation) {

    public static Spread of(double[] numbers) {
        double mean = Arrays.stream(numbers).average().orElse(Double.NaN);
        double squares =
                Arrays.stream(numbers).map(x -> (x - mean) * (x - mean)).sum();
        return new Spread(mean, numbers.length < 2 ? Double.NaN : Math.sqrt(squares / (numbers.length - 1)));
    }

    /** The mean ± the deviation, where there is one. */
    public String text(int decimals) {
        String text = Numbers.fixed(mean, decimals);
        return Double.isNaN(deviation) ? text : text + " ± " + Numbers.fixed(deviation, decimals);
    }
}
