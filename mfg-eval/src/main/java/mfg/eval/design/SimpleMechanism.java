package mfg.eval.design;

import java.util.Map;

/**
 * A mechanism of a few numbers, at the best that a search found for its kind.
 *
 * @param name what a table calls it
 * @param options that give it, as {@code design} takes them
 * @param seesBids whether its offers depend on the bids
 * @param objective what it is worth at the long T, the mean over the validation games
 * @param exploitability the plain one there
 * @param equilibrium whether that is within the tolerance; if not, the objective says little
 */
public record SimpleMechanism(
        String name,
        Map<String, String> options,
        boolean seesBids,
        double objective,
        double exploitability,
        boolean equilibrium) {}
