package mfg.core.catalogue;

import java.util.Map;
import mfg.core.Constants;
import mfg.core.Mechanism;

/**
 * A kind of mechanism that auctions can choose by name. A class that implements this has a constructor without arguments, its
 * fields that are {@link Parameter}s can be set, and {@link java.util.ServiceLoader} finds it.
 */
public interface MechanismFamily {
    /**
     * Says what it is.
     *
     * @return one line
     */
    String about();

    /**
     * Builds the mechanism by the family's parameters.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon H
     * @param bids the number of bids A
     * @param supply the most goods per capita that there may be
     * @return the mechanism
     */
    Mechanism build(Constants constants, int rounds, int bids, double supply);

    /**
     * Returns what suits this mechanism better than the usual defaults of commands, and better than those of the game.
     *
     * @return values by the names of options
     */
    default Map<String, String> defaults() {
        return Map.of();
    }
}
