package mfg.eval.io;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Tells how far a long job is, on stderr: a bar on a terminal, a line now and then otherwise. */
public final class Progress implements Steps {

    private static final long OFTEN_NANOS = 500_000_000L;
    private static final long PATIENCE_NANOS = 5_000_000_000L;
    private static final long SELDOM_NANOS = 60_000_000_000L;

    private final String task;
    private final int everyLine;
    private final long often;
    private final @Nullable ProgressBar bar;
    private final long start = System.nanoTime();
    private final int first;
    private int total;
    private int done;
    private long told;

    /**
     * Starts telling.
     *
     * @param task what is done
     * @param done how many steps of it already are
     * @param total of how many
     */
    public Progress(String task, int done, int total) {
        this(task, done, total, Math.max(1, total / 30), OFTEN_NANOS);
        this.told = start - SELDOM_NANOS / 2; // the first line as soon as there is something to tell
    }

    /** Tells nothing without a terminal for some seconds: of a quick job its result says it all. */
    public static Progress patient(String task, int total) {
        return new Progress(task, 0, total, 1, PATIENCE_NANOS);
    }

    private Progress(String task, int done, int total, int everyLine, long often) {
        this.often = often;
        this.told = start;
        this.task = task;
        this.total = total;
        this.first = done;
        this.done = done;
        this.everyLine = everyLine;
        this.bar = Boolean.getBoolean("mfg.terminal") && total > 0
                ? new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(total)
                        .startsFrom(done, Duration.ZERO)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(200)
                        .showSpeed(new DecimalFormat("0.00", DecimalFormatSymbols.getInstance(Locale.ROOT)))
                        .continuousUpdate()
                        // a width of its own: else the library asks JLine, which takes Ctrl-C away from shutdown hooks
                        .setConsumer(new ConsoleProgressBarConsumer(System.err, Integer.getInteger("mfg.columns", 80)))
                        .build()
                : null;
    }

    @Override
    public synchronized void step(int done, String figures) {
        this.done = done;
        if (bar != null) {
            bar.stepTo(done);
            bar.setExtraMessage(" " + figures);
        } else if (isDue(done)) {
            told = System.nanoTime();
            double seconds = (System.nanoTime() - start) * 1e-9;
            System.err.printf("%s %d/%d%s %s%n", task, done, total, pace(done - first, total - done, seconds), figures);
        }
    }

    /** A line now and then: for quick steps not too often, for slow ones not too seldom. */
    private boolean isDue(int done) {
        long since = System.nanoTime() - told;
        boolean last = done == total && often < PATIENCE_NANOS;
        return last || since > SELDOM_NANOS || (done % everyLine == 0 && since > often);
    }

    /** How fast it goes, and how long still; nothing before that can be said. */
    static String pace(int steps, int left, double seconds) {
        if (steps <= 0 || seconds <= 0) {
            return "";
        }
        double each = seconds / steps;
        String speed = each < 10 ? Text.of("%.2f/s", 1 / each) : Text.of("%.0f s each", each);
        return left > 0 ? " (%s, %s left)".formatted(speed, duration(left * each)) : " (%s)".formatted(speed);
    }

    private static String duration(double seconds) {
        long minutes = Math.round(seconds / 60);
        if (seconds < 99.5) {
            return Math.round(seconds) + " s";
        }
        return minutes < 100 ? minutes + " min" : "%d h %d min".formatted(minutes / 60, minutes % 60);
    }

    /** Reports one more step. */
    public synchronized void advance(String figures) {
        step(done + 1, figures);
    }

    /** Takes steps off the total: they were done before. */
    public synchronized void skip(int steps) {
        total -= steps;
        if (bar != null) {
            bar.maxHint(total);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
