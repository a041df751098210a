package mfg.eval.solve;

import java.io.IOException;
import mfg.core.Round;
import mfg.core.catalogue.SolvableGame;
import mfg.eval.config.Binder;
import mfg.eval.run.Context;
import mfg.eval.run.RunKind;
import mfg.eval.run.Task;

/** Runs of {@code solve}. */
public enum SolveKind implements RunKind<SolveConfig, SolveResult> {
    SOLVE;

    @Override
    public Binder.Kind<SolveConfig> configuration() {
        return SolveConfig.KIND;
    }

    @Override
    public Class<SolveResult> result() {
        return SolveResult.class;
    }

    @Override
    public String stepsOption() {
        return "iterations";
    }

    @Override
    public String name(SolveConfig config) {
        return config.game().name();
    }

    @Override
    public Task<SolveResult> task(SolveConfig config, Context context) throws IOException {
        return task(config, config.game());
    }

    private static <R extends Round> Task<SolveResult> task(SolveConfig config, SolvableGame<R> game) {
        return new SolveTask<>(config, game);
    }
}
