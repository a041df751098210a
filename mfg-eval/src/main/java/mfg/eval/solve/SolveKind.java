package mfg.eval.solve;

import java.nio.file.Path;
import java.util.List;
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
        return new SolveTask<>(config, config.game(), context);
    }

    @Override
    public List<Path> reads(SolveConfig config) {
        return config.initial().isEmpty() ? List.of() : List.of(Path.of(config.initial()));
    }
}
