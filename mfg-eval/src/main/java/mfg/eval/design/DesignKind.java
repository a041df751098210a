package mfg.eval.design;

import java.nio.file.Path;
import java.util.List;
import mfg.eval.io.Text;
import mfg.eval.run.Context;
import mfg.eval.run.RunKind;
import mfg.eval.run.Task;

/** Runs of {@code design}. */
public final class DesignKind extends RunKind<DesignConfig, DesignResult> {

    public static final DesignKind DESIGN = new DesignKind();

    private DesignKind() {
        super(DesignConfig.KIND, DesignResult.class, "iteration");
    }

    @Override
    public Task<DesignResult> task(DesignConfig config, Context context) {
        return new DesignTask<>(config, config.game(), context);
    }

    @Override
    public List<Path> reads(DesignConfig config) {
        return Start.reads(config.training().init());
    }

    @Override
    protected String goingOn(DesignConfig before, DesignConfig after, int done) {
        Ascent ascent = after.training().method().ascent();
        if (ascent == null || ascent.schedule().equals("constant")) {
            return "";
        }
        return Text.of(
                "the %s schedule now ends after iteration %d: the learning rate of iteration %d is %.3g (with %d iterations it would end at 0)",
                ascent.schedule(),
                after.iterations(),
                done + 1,
                ascent.rates(after.iterations()).getNewValue(done),
                before.iterations());
    }
}
