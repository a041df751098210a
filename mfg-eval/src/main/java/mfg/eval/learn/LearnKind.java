package mfg.eval.learn;

import mfg.eval.config.Binder;
import mfg.eval.run.Context;
import mfg.eval.run.RunKind;
import mfg.eval.run.Task;

/** Runs of {@code learn}. */
public enum LearnKind implements RunKind<LearnConfig, LearnResult> {
    LEARN;

    @Override
    public Binder.Kind<LearnConfig> configuration() {
        return LearnConfig.KIND;
    }

    @Override
    public Class<LearnResult> result() {
        return LearnResult.class;
    }

    @Override
    public String unit() {
        return "epoch";
    }

    @Override
    public String name(LearnConfig config) {
        return config.game().name();
    }

    @Override
    public Task<LearnResult> task(LearnConfig config, Context context) {
        return config.algorithm().task(config, context);
    }

    @Override
    public String goingOn(LearnConfig before, LearnConfig after, int done) {
        return after.algorithm().goingOn(before.epochs(), after.epochs(), done);
    }
}
