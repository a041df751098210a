package mfg.eval.view;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.OptBoolean;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import mfg.eval.io.Json;
import mfg.eval.io.Spread;
import org.jspecify.annotations.Nullable;

/**
 * What a chart shows. One description serves for both: {@link Drawing} draws it into a PNG, and the script of a page draws it in a
 * browser.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(Plot.Curves.class),
    @JsonSubTypes.Type(Plot.Bars.class),
    @JsonSubTypes.Type(Plot.Cells.class),
    @JsonSubTypes.Type(Plot.Places.class),
    @JsonSubTypes.Type(Plot.Frames.class)
})
public sealed interface Plot {

    /** What it shows, in words. */
    String title();

    /** Whether there is something to look at: a single point is nothing. */
    @JsonIgnore
    boolean isTelling();

    /**
     * An axis.
     *
     * @param label what is on it, with its unit
     * @param low where it begins; not a number where the data decides
     * @param high where it ends; not a number where the data decides
     */
    record Axis(String label, boolean logarithmic, double low, double high) {

        /** As far as the data goes, in even steps. */
        public static Axis of(String label) {
            return new Axis(label, false, Double.NaN, Double.NaN);
        }

        /** As far as the data goes, in equal ratios. */
        public static Axis logarithmic(String label) {
            return new Axis(label, true, Double.NaN, Double.NaN);
        }

        /** From one number to another; to one more where they are the same. */
        public static Axis between(String label, double low, double high) {
            return new Axis(label, false, low, high > low ? high : low + 1);
        }

        boolean shows(double number) {
            return Double.isFinite(number) && (!logarithmic || number > 0);
        }
    }

    /** How a curve is drawn. */
    enum Style {
        /** A line. */
        LINE,
        /** A line through points. */
        THROUGH,
        /** Points alone. */
        POINTS,
        /** Filled steps, each from its x to the next. */
        STEPS,
        /** A broken grey line to compare with. */
        FIT
    }

    /**
     * Numbers along x.
     *
     * @param ends (2, x), where an interval around each y begins and where it ends: a band around a line, bars at points; null for
     *     none
     * @param singles (runs, x), what y is the mean of: thin lines beside a line, crosses beside points; null for none
     */
    record Curve(
            String name,
            double[] x,
            double[] y,

            @JacksonInject(value = Json.NOTHING, useInput = OptBoolean.TRUE)
            double @Nullable [][] ends,

            double @Nullable [][] singles,
            Style style) {

        /** The same in another style. */
        Curve as(Style other) {
            return new Curve(name, x, y, ends, singles, other);
        }
    }

    /** A number that does not depend on x: a broken grey line. */
    record Level(String name, double y) {

        /** A row for a table on disk. */
        public ObjectNode row(String setting) {
            return Json.object().put("setting", setting).put("method", name).put("mean", y);
        }
    }

    /** A place along x: an upright line. */
    record Mark(String name, double x) {}

    /** Curves over a common axis. Each has the colour of its place in the list. */
    record Curves(String title, Axis x, Axis y, List<Curve> curves, List<Level> levels, List<Mark> marks)
            implements Plot {

        /** Without levels and marks. */
        Curves(String title, Axis x, Axis y, List<Curve> curves) {
            this(title, x, y, curves, List.of(), List.of());
        }

        /** The same over another axis. */
        public Curves over(Axis other) {
            return new Curves(title, other, y, curves, levels, marks);
        }

        /** The same along another axis. */
        public Curves along(Axis other) {
            return new Curves(title, x, other, curves, levels, marks);
        }

        /** The same in another style. */
        public Curves as(Style style) {
            return new Curves(
                    title, x, y, curves.stream().map(curve -> curve.as(style)).toList(), levels, marks);
        }

        /** With levels to compare with. */
        public Curves withLevels(List<Level> more) {
            return new Curves(
                    title,
                    x,
                    y,
                    curves,
                    Stream.concat(levels.stream(), more.stream()).toList(),
                    marks);
        }

        /** With a mark. */
        public Curves withMark(Mark mark) {
            return new Curves(
                    title,
                    x,
                    y,
                    curves,
                    levels,
                    Stream.concat(marks.stream(), Stream.of(mark)).toList());
        }

        @Override
        public boolean isTelling() {
            return curves.stream().anyMatch(curve -> curve.style() == Style.POINTS || curve.x().length > 1);
        }
    }

    /**
     * How high a bar is.
     *
     * @param ends (2), where an interval around it begins and where it ends; null for none
     */
    record Height(
            double mean,

            @JacksonInject(value = Json.NOTHING, useInput = OptBoolean.TRUE)
            double @Nullable [] ends) {

        /** With an interval of one standard deviation on either side, where there is one. */
        static Height of(Spread spread) {
            double[] ends = {spread.mean() - spread.deviation(), spread.mean() + spread.deviation()};
            return new Height(spread.mean(), ends);
        }
    }

    /** A bar for each name, with a line over its interval, where there is one. */
    record Bars(String title, Axis y, List<String> names, List<Height> heights, List<Level> levels) implements Plot {

        /** With levels to compare with. */
        public Bars withLevels(List<Level> more) {
            return new Bars(title, y, names, heights, more);
        }

        @Override
        public boolean isTelling() {
            return !names.isEmpty();
        }
    }

    /**
     * Numbers by two things, as colours.
     *
     * @param columns names along x
     * @param rows names along y, from below
     * @param values (rows, columns); not a number where there is none
     * @param what the numbers are, with their unit
     * @param low the number of the first colour
     * @param high the number of the last colour
     */
    record Cells(
            String title,
            String x,
            String y,
            List<String> columns,
            List<String> rows,
            double[][] values,
            String what,
            double low,
            double high)
            implements Plot {

        /** The same with colours for other numbers. */
        public Cells between(double from, double to) {
            return new Cells(title, x, y, columns, rows, values, what, from, to > from ? to : from + 1);
        }

        /** The largest number. */
        public double most() {
            return Arrays.stream(values)
                    .flatMapToDouble(Arrays::stream)
                    .filter(Double::isFinite)
                    .max()
                    .orElse(1);
        }

        @Override
        public boolean isTelling() {
            return columns.size() * rows.size() > 1;
        }
    }

    /**
     * Numbers by place on a map, as colours; where there is no place there is a wall.
     *
     * @param places column and row of each place, the row from above
     * @param values of each place
     * @param what the numbers are, with their unit
     * @param high the number of the last colour; the first is of 0
     */
    record Places(String title, int[][] places, double[] values, String what, double high) implements Plot {

        @Override
        public boolean isTelling() {
            return true;
        }
    }

    /**
     * The same chart over and over, one at a time: by round, or before and after. A PNG shows some of them beside each other.
     *
     * @param what tells them apart, such as {@code round}; empty if their names say it
     */
    record Frames(String title, String what, List<String> names, List<? extends Plot> plots) implements Plot {

        @Override
        public boolean isTelling() {
            return plots.stream().anyMatch(Plot::isTelling);
        }
    }
}
