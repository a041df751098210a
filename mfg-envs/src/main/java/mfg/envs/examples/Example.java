package mfg.envs.examples;

import java.util.HashMap;
import java.util.Map;
import mfg.core.KernelRound;
import mfg.core.catalogue.Parameter;
import mfg.core.catalogue.SolvableGame;

/** A small game of the literature as commands know it; its horizon can be set. */
abstract class Example implements SolvableGame<KernelRound> {

    @Parameter(about = "rounds", min = 1, max = 1e6)
    int horizon;

    private final String about;
    private final String source;

    /**
     * Describes the game.
     *
     * @param horizon that of the source
     */
    Example(int horizon, String about, String source) {
        this.horizon = horizon;
        this.about = about;
        this.source = source;
    }

    @Override
    public String about() {
        return about;
    }

    @Override
    public String source() {
        return source;
    }

    /** A number above every |reward|, which MF-OMO's dual variables need; an empty place can be worth 58, {@code -log 1e-25}. */
    double bound() {
        return 100;
    }

    /** What suits this game better than other examples, as {@link #defaults} has it. */
    Map<String, String> suiting() {
        return Map.of();
    }

    /** OpenSpiel's players take the first of the best actions, others choose evenly among them. */
    @Override
    public Map<String, String> defaults() {
        Map<String, String> defaults = new HashMap<>();
        defaults.put("solve.iterations", "10");
        defaults.put("solve.ties", source.contains("OpenSpiel") ? "first" : "even");
        defaults.put("solve.bound", Double.toString(bound()));
        defaults.putAll(suiting());
        return defaults;
    }
}
