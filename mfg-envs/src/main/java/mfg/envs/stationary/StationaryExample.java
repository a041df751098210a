package mfg.envs.stationary;

import java.util.Map;
import mfg.core.KernelRound;
import mfg.core.catalogue.Parameter;
import mfg.core.catalogue.SolvableGame;

/** A game of Bench-MFG as commands know it. */
abstract class StationaryExample implements SolvableGame<KernelRound> {

    @Parameter(about = "what the next round's earnings count, below 1", min = 0, max = 1)
    double discount = 0.9;

    private final String about;
    private final Map<String, String> defaults;

    /**
     * Describes the game.
     *
     * @param defaults what solves it, by the names of options
     */
    StationaryExample(String about, Map<String, String> defaults) {
        this.about = about;
        this.defaults = defaults;
    }

    @Override
    public final String about() {
        return about;
    }

    @Override
    public final String source() {
        return "Bench-MFG";
    }

    @Override
    public final Map<String, String> defaults() {
        return defaults;
    }
}
