package mfg.eval.design;

import mfg.eval.io.Progress;
import mfg.eval.io.Steps;

/**
 * What is seen of one run among others: its part of the common progress, which is its iterations, less those that it was
 * resumed after, and its report.
 */
final class GridDisplay implements Display {

    private final RunGrid.Cell cell;
    private final boolean charts;
    private final Progress all;
    private int left;

    GridDisplay(RunGrid.Cell cell, boolean charts, Progress all) {
        this.cell = cell;
        this.charts = charts;
        this.all = all;
        this.left = steps(cell);
    }

    /** How much there is to do for a run. */
    static int steps(RunGrid.Cell cell) {
        return cell.config().iterations() + 1;
    }

    @Override
    public Steps training(DesignConfig config, int done) {
        skip(done);
        return (iteration, figures) -> advance(figures);
    }

    private void skip(int steps) {
        left -= steps;
        all.skip(steps);
    }

    private void advance(String what) {
        left--;
        all.advance("%s (%s)".formatted(what, cell.name()));
    }

    /** Tells that the run came to its end, early perhaps. */
    void end(RunGrid.Outcome outcome) {
        skip(left - 1);
        advance(outcome.status());
    }

    @Override
    public Steps evaluating(int games) {
        return (game, figures) -> {};
    }

    @Override
    public boolean showsCharts() {
        return charts;
    }
}
