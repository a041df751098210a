package mfg.eval.view;

import java.awt.AWTError;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import mfg.core.AtomicFile;
import mfg.eval.io.Failure;
import mfg.eval.io.Json;
import mfg.eval.io.Spread;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;

/** The kinds of charts that there are, and how they are saved: what each shows as JSON, for pages, and as a PNG. */
public final class Charts {

    /** Where a folder keeps what its page is made of; what a chart shows is {@code NAME.json}. */
    public static final String FOLDER = "report";

    /** The page of a folder. */
    public static final String PAGE = "report.html";

    /** More bands than this in one chart would share colours. */
    public static final int MOST_BANDS = Drawing.COLOURS;

    /** So many frames of many stand beside each other in a PNG. */
    private static final int MOST_FRAMES = 4;

    /** Less than this ratio is no fall by powers of ten. */
    private static final double TENFOLD = 10;

    /** So long a frame is seen. */
    private static final int MILLISECONDS = 400;

    private Charts() {}

    /** Draws and writes charts. */
    public interface Work {
        void draw() throws IOException;
    }

    /**
     * Draws, or tells why not: results are on disk by now, and a server without fonts, a full disk or a fault in drawing
     * shall not lose them.
     */
    public static void attempt(Work drawing) {
        ImageIO.setUseCache(false); // needs no temporary files
        try {
            drawing.draw();
        } catch (Exception | LinkageError | VirtualMachineError | AWTError e) {
            System.err.println("no charts: " + Failure.reason(e));
            Failure.trace(e);
        }
    }

    /** Numbers over x. */
    public record Series(String name, double[] x, double[] y) {

        private Series where(IntPredicate isShown) {
            int[] shown = IntStream.range(0, x.length).filter(isShown).toArray();
            return new Series(
                    name,
                    IntStream.of(shown).mapToDouble(i -> x[i]).toArray(),
                    IntStream.of(shown).mapToDouble(i -> y[i]).toArray());
        }

        private Plot.Curve as(Plot.Style style) {
            return new Plot.Curve(name, x, y, null, null, style);
        }
    }

    /** Two columns of a table, rows with a missing entry left out. */
    public static Series series(String name, Table table, String x, String y) {
        Table complete = table.where(table.column(y).isNotMissing());
        return new Series(name, numbers(complete, x), numbers(complete, y));
    }

    private static double[] numbers(Table table, String column) {
        return ((NumericColumn<?>) table.column(column)).asDoubleArray();
    }

    /** Lines over a common axis. */
    public static Plot.Curves lines(String title, String x, String y, List<Series> series) {
        return curves(title, x, y, curves(series, Plot.Style.LINE));
    }

    /** Some of many places, from 0, evenly spaced; the first and the last are among them. */
    public static int[] evenly(int all, int most) {
        int count = Math.min(most, all);
        return IntStream.range(0, count)
                .map(i -> count == 1 ? 0 : Math.round((float) i * (all - 1) / (count - 1)))
                .toArray();
    }

    /** One line. */
    public static Plot.Curve line(Series series) {
        return series.as(Plot.Style.LINE);
    }

    private static List<Plot.Curve> curves(List<Series> series, Plot.Style style) {
        return series.stream().map(line -> line.as(style)).toList();
    }

    /** A point for each place, with a bar of its error on either side. */
    public static Plot.Curves points(
            String title, String x, String y, double[] places, double[] means, double[] errors) {
        Plot.Curve points = new Band("each", places, means, errors).curve(Plot.Style.POINTS);
        return curves(title, x, y, List.of(points));
    }

    /** A bar for each name. */
    public static Plot.Bars bars(String title, String y, List<String> names, List<Spread> heights) {
        return intervals(title, y, names, heights.stream().map(Plot.Height::of).toList());
    }

    /** A bar for each name, with an interval that may be longer on one side. */
    public static Plot.Bars intervals(String title, String y, List<String> names, List<Plot.Height> heights) {
        return new Plot.Bars(title, Plot.Axis.of(y), names, heights, List.of());
    }

    /** A filled step from each x to the next, all of one width. */
    public static Plot.Curves histogram(String title, String x, String y, Series steps) {
        int n = steps.x().length;
        double[] edges = Arrays.copyOf(steps.x(), n + 1);
        edges[n] = 2 * edges[n - 1] - edges[n - 2];
        double[] heights = Arrays.copyOf(steps.y(), n + 1);
        heights[n] = heights[n - 1];
        Series whole = new Series(steps.name(), edges, heights);
        return new Plot.Curves(
                title,
                Plot.Axis.of(x),
                new Plot.Axis(y, false, 0, Double.NaN),
                curves(List.of(whole), Plot.Style.STEPS));
    }

    /**
     * Lines over logarithmic axes, on which a power law is straight. What is not positive is left out.
     *
     * @param measured drawn as lines through points
     * @param reported drawn as points alone
     */
    public static Plot.Curves logarithmic(
            String title, String x, String y, List<Series> measured, List<Series> reported) {
        return new Plot.Curves(
                title,
                Plot.Axis.logarithmic(x),
                Plot.Axis.logarithmic(y),
                Stream.concat(
                                curves(measured, Plot.Style.THROUGH).stream(),
                                curves(reported, Plot.Style.POINTS).stream())
                        .toList());
    }

    /** Lines over a common axis that fall by powers of ten, where they do; what is not positive is left out then. */
    public static Plot.Curves falling(String title, String x, String y, List<Series> series) {
        Plot.Curves lines = lines(title, x, y, series);
        DoubleSummaryStatistics numbers = series.stream()
                .flatMapToDouble(line -> Arrays.stream(line.y()))
                .filter(number -> number > 0)
                .summaryStatistics();
        return numbers.getMax() > TENFOLD * numbers.getMin() ? lines.along(Plot.Axis.logarithmic(y)) : lines;
    }

    /** The same over seconds, of which some lines need ten times as many as others; the start, at 0 seconds, is left out. */
    public static Plot.Curves racing(String title, String y, List<Series> series) {
        return falling(
                        title,
                        "seconds",
                        y,
                        series.stream()
                                .map(line -> line.where(i -> line.x()[i] > 0))
                                .toList())
                .over(Plot.Axis.logarithmic("seconds"));
    }

    /** Lines through points over logarithmic axes, and power laws fitted to them. */
    public static Plot.Curves scaling(String title, String x, String y, List<Series> measured, List<Series> fits) {
        return laws(title, x, y, curves(measured, Plot.Style.THROUGH), fits);
    }

    private static Plot.Curves laws(String title, String x, String y, List<Plot.Curve> measured, List<Series> fits) {
        List<Plot.Curve> all = new ArrayList<>(measured);
        all.addAll(curves(fits, Plot.Style.FIT));
        return new Plot.Curves(title, Plot.Axis.logarithmic(x), Plot.Axis.logarithmic(y), all);
    }

    /** Means over logarithmic axes, with bars one standard deviation long on either side or single runs, as far as they are positive. */
    public static Plot.Curves scalingBars(String title, String x, String y, List<Band> means, List<Series> fits) {
        return laws(
                title,
                x,
                y,
                means.stream().map(mean -> mean.curve(Plot.Style.THROUGH)).toList(),
                fits);
    }

    /** Curves over a common axis. */
    public static Plot.Curves curves(String title, String x, String y, List<Plot.Curve> curves) {
        return new Plot.Curves(title, Plot.Axis.of(x), Plot.Axis.of(y), curves);
    }

    /** Means as lines, in the middle of bands one standard deviation wide on either side or among those of single runs. */
    public static Plot.Curves bands(String title, String x, String y, List<Band> bands) {
        return curves(
                title,
                x,
                y,
                bands.stream().map(band -> band.curve(Plot.Style.LINE)).toList());
    }

    /** Saves charts, side by side in the PNG. */
    public static void save(Path png, List<? extends Plot> charts) throws IOException {
        save(png, charts, charts.size());
    }

    /**
     * Saves charts: what they show, then a PNG of them, row by row; nothing if there is nothing to look at.
     *
     * @param png {@code NAME.png} in a folder whose {@link #FOLDER} gets {@code NAME.json}
     * @param columns of the PNG
     */
    public static void save(Path png, List<? extends Plot> charts, int columns) throws IOException {
        List<? extends Plot> telling = charts.stream().filter(Plot::isTelling).toList();
        if (telling.isEmpty()) {
            return;
        }
        String name = String.valueOf(png.getFileName()).replaceFirst("\\.png$", "");
        Path folder = Files.createDirectories(png.resolveSibling(FOLDER));
        AtomicFile.write(folder.resolve(name + ".json"), Json.brief(telling.toArray(Plot[]::new)));
        List<Plot> panels = telling.stream().flatMap(Charts::panels).toList();
        savePng(png, panels, panels.size() > telling.size() ? panels.size() / 2 + panels.size() % 2 : columns);
    }

    /** A chart as a picture, for a notebook. */
    public static BufferedImage picture(Plot chart) {
        return Drawing.of(chart);
    }

    /**
     * What the charts of a folder show, as they were saved.
     *
     * @return by name, such as {@code objective}; none where nothing was drawn
     */
    public static Map<String, List<Plot>> saved(Path folder) throws IOException {
        Map<String, List<Plot>> saved = new TreeMap<>();
        Path parts = folder.resolve(FOLDER);
        if (Files.isDirectory(parts)) {
            try (Stream<Path> files = Files.list(parts)) {
                for (Path file : files.toList()) {
                    String name = String.valueOf(file.getFileName());
                    Plot[] charts = name.endsWith(".json") ? Json.intact(file, Plot[].class) : null;
                    if (charts != null) {
                        saved.put(name.substring(0, name.length() - ".json".length()), List.of(charts));
                    }
                }
            }
        }
        return saved;
    }

    /** A chart, or some of its frames. */
    private static Stream<Plot> panels(Plot chart) {
        if (!(chart instanceof Plot.Frames frames)) {
            return Stream.of(chart);
        }
        return IntStream.of(evenly(frames.plots().size(), MOST_FRAMES))
                .mapToObj(i -> frames.plots().get(i));
    }

    /** Saves charts one after the other, as a GIF. */
    public static void animate(Path gif, Plot.Frames frames) throws IOException {
        Animation.save(gif, frames.plots().stream().map(Drawing::of), MILLISECONDS);
    }

    private static void savePng(Path file, List<Plot> panels, int most) throws IOException {
        int columns = Math.min(most, panels.size());
        int width = Drawing.WIDTH * columns;
        int height = Drawing.HEIGHT * ((panels.size() + columns - 1) / columns);
        BufferedImage all = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = all.createGraphics();
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, width, height);
        for (int i = 0; i < panels.size(); i++) {
            canvas.drawImage(
                    Drawing.of(panels.get(i)), i % columns * Drawing.WIDTH, i / columns * Drawing.HEIGHT, null);
        }
        canvas.dispose();
        AtomicFile.write(file, out -> ImageIO.write(all, "png", out));
    }
}
