package mfg.eval.counterfactual;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import mfg.eval.run.Context;
import mfg.eval.run.RunKind;
import mfg.eval.run.Task;

/** Runs of {@code counterfactual}. */
public final class CounterfactualKind extends RunKind<CounterfactualConfig, CounterfactualResult> {

    public static final CounterfactualKind COUNTERFACTUAL = new CounterfactualKind();

    private CounterfactualKind() {
        super(CounterfactualConfig.KIND, CounterfactualResult.class, "resample");
    }

    @Override
    public Task<CounterfactualResult> task(CounterfactualConfig config, Context context) throws IOException {
        return new CounterfactualTask(config, context);
    }

    @Override
    public List<Path> reads(CounterfactualConfig config) {
        return List.of(Path.of(config.log()));
    }
}
