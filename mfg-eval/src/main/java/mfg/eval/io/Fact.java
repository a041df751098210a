package mfg.eval.io;

import java.util.Locale;

/**
 * A part of a result that people look for first.
 *
 * @param label what it is
 * @param value a number or a few words
 * @param note how far to trust it, or what it means; empty for nothing
 */
public record Fact(String label, String value, String note) {

    /** How far from equilibrium players are, in words. */
    public static Fact exploitability(double gain, double earned) {
        String share = earned > 0 && Double.isFinite(gain)
                ? String.format(Locale.ROOT, ", %.2g %% of the objective", 100 * Math.max(0, gain) / earned)
                : "";
        return new Fact(
                "Exploitability",
                Numbers.positive(gain),
                "what one player gains by leaving while all others stay" + share);
    }
}
