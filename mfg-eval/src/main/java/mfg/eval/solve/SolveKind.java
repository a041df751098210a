package mfg.eval.solve;

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
    public String unit() {
        return "iteration";
    }

    @Override
    public String name(SolveConfig config) {
        return config.game().name();
    }

    @Override
    public Task<SolveResult> task(SolveConfig config, Context context) {
        return new SolveTask<>(config, config.game());
    }
}
