package mfg.eval.counterfactual;

import mfg.envs.bids.Interval;
import mfg.eval.io.Text;

/** Amounts as people read them: large ones without cents. */
final class Money {

    private static final double LARGE = 1000;
    private static final double SMALL = 1;

    private Money() {}

    /** An amount without its unit. */
    static String text(double amount) {
        if (Double.isNaN(amount)) {
            return "unknown";
        }
        double size = Math.abs(amount);
        String format = size >= LARGE ? "%,.0f" : size >= SMALL || size == 0 ? "%.2f" : "%.4g";
        String text = Text.of(format, amount);
        return text.matches("-[0.]+") ? text.substring(1) : text;
    }

    /** An amount with its unit. */
    static String text(double amount, String unit) {
        return unit.isEmpty() ? text(amount) : text(amount) + " " + unit;
    }

    /** From one to another. */
    static String text(Interval interval) {
        return "%s to %s".formatted(text(interval.low()), text(interval.high()));
    }
}
