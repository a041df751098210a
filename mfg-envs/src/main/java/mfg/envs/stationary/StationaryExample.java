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
    private final double eta;
    private final int iterations;

    /**
     * Describes the game.
     *
     * @param eta in such steps mirror descent finds an equilibrium
     * @param iterations so many of them leave less than a thousandth of the range of rewards to be gained
     */
    StationaryExample(String about, double eta, int iterations) {
        this.about = about;
        this.eta = eta;
        this.iterations = iterations;
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
        return Map.of("eta", Double.toString(eta), "solve.iterations", Integer.toString(iterations));
    }
}
