package mfg.eval.solve;

import ai.djl.ndarray.types.DataType;
import java.util.Map;
import mfg.core.Algorithm;
import mfg.core.catalogue.Parameter;
import mfg.core.catalogue.SolvableGame;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.train.GameCheck;
import mfg.train.StepMethod;

/**
 * All that decides the numbers of a run of {@code solve}. A game with something to design is solved at theta = 0.
 *
 * @param game to be solved
 * @param algorithm the solver
 * @param iterations its steps, at most
 * @param tolerance of the exploitability, where the run ends
 * @param initial the first policy
 * @param seed decides all that is random, which in most games is nothing
 */
public record SolveConfig(
        @Parameter(about = "what to solve") SolvableGame<?> game,
        @Parameter(about = "the solver", value = "omd") Algorithm algorithm,

        @Parameter(about = "iterations of the solver", value = "200", min = 0)
        int iterations,

        @Parameter(about = "stop once the exploitability is at most this; 0 never stops early", value = "0", min = 0)
        double tolerance,

        @Parameter(
                about = "a policy to start from, such as runs/X/best.npz; the solver's own start if empty",
                value = "")
        String initial,

        @Parameter(about = "seed of all that is random", value = "1")
        long seed) {

    /** Its kind. */
    public static final Binder.Kind<SolveConfig> KIND = new Binder.Kind<>("solve", SolveConfig.class, Map.of());

    /** Looks over a game of the user's own. */
    public void checkGame() {
        if (!Catalogue.isBuiltIn(game)) {
            GameCheck.check(game, StepMethod.AUTO, DataType.FLOAT64);
        }
    }
}
