package mfg.eval.io;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Numbers as people read them in reports. */
public final class Numbers {

    private Numbers() {}

    /** With so many decimals; {@code none} for what is not a number, and no minus before a zero. */
    public static String fixed(double x, int decimals) {
        if (Double.isNaN(x)) {
            return "none";
        }
        String text = Text.of("%." + decimals + "f", x);
        return text.matches("-[0.]+") ? text.substring(1) : text;
    }

    /** The same with four decimals. */
    public static String fixed(double x) {
        return fixed(x, 4);
    }

    /** What cannot be below zero but for rounding errors, such as an exploitability; four decimals. */
    public static String positive(double x) {
        return fixed(Math.max(0, x));
    }

    /** Several numbers, four decimals each. */
    public static String fixed(double[] x) {
        return Arrays.stream(x).mapToObj(Numbers::fixed).collect(Collectors.joining(" "));
    }
}
