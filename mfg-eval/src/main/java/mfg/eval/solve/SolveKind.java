package mfg.eval.solve;

import mfg.eval.run.Context;
import mfg.eval.run.RunKind;
import mfg.eval.run.Task;

/** Runs of {@code solve}. */
public final class SolveKind extends RunKind<SolveConfig, SolveResult> {

    public static final SolveKind SOLVE = new SolveKind();

    private SolveKind() {
        super(SolveConfig.KIND, SolveResult.class, "iteration");
    }

    @Override
    public Task<SolveResult> task(SolveConfig config, Context context) {
        return new SolveTask<>(config, config.game());
    }
}
