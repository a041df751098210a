package mfg.eval.grid;

import mfg.eval.io.Progress;
import mfg.eval.io.Steps;
import mfg.eval.run.Display;

/**
 * What is seen of one run among others: its part of the common progress, which is its steps, less those that it was resumed after, and
 * its report.
 */
final class CellDisplay implements Display {

    private final String name;
    private final boolean charts;
    private final Progress all;
    private int left;

    CellDisplay(Cell<?, ?> cell, int steps, boolean charts, Progress all) {
        this.name = cell.name();
        this.charts = charts;
        this.all = all;
        this.left = steps;
    }

    @Override
    public Steps steps(String task, int done, int steps) {
        skip(done);
        return (step, figures) -> advance(figures);
    }

    private void skip(int steps) {
        left -= steps;
        all.skip(steps);
    }

    private void advance(String what) {
        left--;
        all.advance("%s (%s)".formatted(what, name));
    }

    /** Tells that the run came to its end, early perhaps. */
    void end(String status) {
        skip(left - 1);
        advance(status);
    }

    @Override
    public Steps part(String what, int steps) {
        return (step, figures) -> {};
    }

    /** What a run would tell is its status in the table. */
    @Override
    public void tell(String sentence) {}

    @Override
    public boolean showsCharts() {
        return charts;
    }
}
