package mfg.eval.learn;

import mfg.eval.run.Context;
import mfg.eval.run.RunKind;
import mfg.eval.run.Task;

/** Runs of {@code learn}. */
public final class LearnKind extends RunKind<LearnConfig, LearnResult> {

    public static final LearnKind LEARN = new LearnKind();

    private LearnKind() {
        super(LearnConfig.KIND, LearnResult.class, "epoch");
    }

    @Override
    public Task<LearnResult> task(LearnConfig config, Context context) {
        return config.algorithm().task(config, context);
    }

    @Override
    protected String goingOn(LearnConfig before, LearnConfig after, int done) {
        return after.algorithm().goingOn(before.epochs(), after.epochs(), done);
    }
}
