package mfg.eval.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.AWTError;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import mfg.core.AtomicFile;
import mfg.eval.io.Failure;
import mfg.eval.io.Json;
import mfg.eval.io.Spread;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;

/** The house style of charts, drawn from tables. */
public final class Charts {

    static final int WIDTH = 640;
    static final int HEIGHT = 440;

    /** So many numbers of an axis can be labelled, each of them. */
    private static final int MOST_LABELS = 12;

    /** Colours that the colour-blind can tell apart (Okabe and Ito 2008), black and yellow left out. */
    private static final Color[] COLOURS = {
        new Color(0x0072B2),
        new Color(0xD55E00),
        new Color(0x009E73),
        new Color(0xCC79A7),
        new Color(0xE69F00),
        new Color(0x56B4E9)
    };

    /** More bands than this in one chart would share colours. */
    public static final int MOST_BANDS = COLOURS.length;

    private static final int MOST_DECIMALS = 9;

    /** A bar on a logarithmic axis does not come to zero. */
    private static final double MOST_BAR = 0.9;

    private static final float[][] DASHES = {{8, 4}, {2, 3}, {8, 3, 2, 3}, {14, 3}};

    private Charts() {}

    /** Draws and writes charts. */
    public interface Drawing {
        void draw() throws IOException;
    }

    /**
     * Draws, or tells why not: results are on disk by now, and a server without fonts, a full disk or a fault in drawing
     * shall not lose them.
     */
    public static void attempt(Drawing drawing) {
        ImageIO.setUseCache(false); // needs no temporary files
        try {
            drawing.draw();
        } catch (Exception | LinkageError | VirtualMachineError | AWTError e) {
            System.err.println("no charts: " + Failure.reason(e));
            Failure.trace(e);
        }
    }

    /** One line of a chart. */
    public record Series(String name, double[] x, double[] y) {

        /** What a logarithmic y axis can show of it. */
        private Series positive() {
            return where(i -> y[i] > 0);
        }

        /** What a logarithmic x axis can show of it. */
        private Series begun() {
            return where(i -> x[i] > 0);
        }

        private Series where(IntPredicate isShown) {
            int[] shown = IntStream.range(0, x.length).filter(isShown).toArray();
            return new Series(
                    name,
                    IntStream.of(shown).mapToDouble(i -> x[i]).toArray(),
                    IntStream.of(shown).mapToDouble(i -> y[i]).toArray());
        }
    }

    /** A line from two columns of a table, rows with a missing entry left out. */
    public static Series series(String name, Table table, String x, String y) {
        Table complete = table.where(table.column(y).isNotMissing());
        return new Series(name, numbers(complete, x), numbers(complete, y));
    }

    private static double[] numbers(Table table, String column) {
        return ((NumericColumn<?>) table.column(column)).asDoubleArray();
    }

    /** Lines over a common axis. */
    public static XYChart lines(String title, String x, String y, List<Series> series) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .theme(Styler.ChartTheme.Matlab)
                .build();
        chart.getStyler().setXAxisDecimalPattern("0.##").setYAxisDecimalPattern(pattern(series));
        chart.getStyler()
                .setPlotGridLinesColor(new Color(0xE0E0E0))
                .setSeriesColors(COLOURS)
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal)
                .setLegendBorderColor(Color.WHITE);
        for (Series line : series) {
            if (line.x().length > 0) {
                XYSeries added = chart.addSeries(line.name(), uneven(line.x()), line.y());
                added.setLineStyle(new BasicStroke(2f));
                added.setMarker(line.x().length == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
            }
        }
        return chart;
    }

    /** So many decimals that labels differ, where all of a chart is close together. */
    private static String pattern(List<Series> series) {
        DoubleSummaryStatistics y = series.stream()
                .flatMapToDouble(line -> Arrays.stream(line.y()))
                .filter(Double::isFinite)
                .summaryStatistics();
        double range = y.getMax() - y.getMin();
        int decimals = range > 0 ? (int) Math.ceil(1 - Math.log10(range)) : 0;
        return "0." + "#".repeat(Math.max(4, Math.min(MOST_DECIMALS, decimals)));
    }

    /**
     * The same to the eye. Of evenly spaced numbers the library labels every k-th, so closely that labels touch; else it labels round
     * numbers.
     */
    private static double[] uneven(double[] x) {
        double[] moved = x.clone();
        if (x.length > MOST_LABELS) {
            moved[1] += 0.01 * (x[1] - x[0]);
        }
        return moved;
    }

    /** One line, which the title or an axis names. */
    public static XYChart line(String title, String x, String y, Series line) {
        XYChart chart = lines(title, x, y, List.of(line));
        chart.getStyler().setLegendVisible(false);
        return chart;
    }

    /** A point for each place, with a bar of its error on either side. */
    public static XYChart points(String title, String x, String y, double[] places, double[] means, double[] errors) {
        XYChart chart = lines(title, x, y, List.of());
        XYSeries series = chart.addSeries("each", places, means, errors);
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setMarkerColor(COLOURS[0]);
        series.setLineColor(COLOURS[0]);
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        return chart;
    }

    /** A bar for each name, with a line one standard deviation long on either side of its end, where there is one. */
    public static CategoryChart bars(String title, String y, List<String> names, List<Spread> heights) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .yAxisTitle(y)
                .theme(Styler.ChartTheme.Matlab)
                .build();
        chart.getStyler()
                .setAvailableSpaceFill(0.5)
                .setYAxisDecimalPattern("0.####")
                .setPlotGridLinesColor(new Color(0xE0E0E0))
                .setLegendVisible(false)
                .setSeriesColors(COLOURS);
        chart.addSeries(
                "mean",
                names,
                heights.stream().map(Spread::mean).toList(),
                heights.stream()
                        .map(spread -> Double.isNaN(spread.deviation()) ? 0 : spread.deviation())
                        .toList());
        return chart;
    }

    /** A filled step from each x to the next, all of one width. */
    public static XYChart histogram(String title, String x, String y, Series steps) {
        int n = steps.x().length;
        double[] edges = Arrays.copyOf(steps.x(), n + 1);
        edges[n] = 2 * edges[n - 1] - edges[n - 2];
        double[] heights = Arrays.copyOf(steps.y(), n + 1);
        heights[n] = heights[n - 1];
        XYChart chart = lines(title, x, y, List.of(new Series(steps.name(), edges, heights)));
        chart.getStyler()
                .setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.StepArea)
                .setYAxisMin(0.0);
        return chart;
    }

    /**
     * Lines over logarithmic axes, on which a power law is straight. Each has the colour of its place in the list, also where
     * others are empty and left out; what is not positive is left out, too.
     *
     * @param measured drawn as lines through points
     * @param reported drawn as points alone
     */
    public static XYChart logarithmic(String title, String x, String y, List<Series> measured, List<Series> reported) {
        XYChart chart =
                lines(title, x, y, measured.stream().map(Series::positive).toList());
        chart.getStyler()
                .setXAxisLogarithmic(true)
                .setXAxisLogarithmicDecadeOnly(false)
                .setXAxisLabelRotation(90) // from 500 to 900 there is little room
                .setYAxisLogarithmic(true)
                .setLegendPosition(Styler.LegendPosition.OutsideE)
                .setLegendLayout(Styler.LegendLayout.Vertical);
        for (int i = 0; i < measured.size(); i++) {
            XYSeries line = chart.getSeriesMap().get(measured.get(i).name());
            if (line != null) {
                Color colour = COLOURS[i % COLOURS.length];
                line.setLineColor(colour);
                line.setMarkerColor(colour);
                line.setMarker(SeriesMarkers.CIRCLE);
                line.setLineStyle(i < COLOURS.length ? SeriesLines.SOLID : SeriesLines.DASH_DASH);
            }
        }
        for (int i = 0; i < reported.size(); i++) {
            Series points = reported.get(i).positive();
            if (points.x().length > 0) {
                XYSeries added = chart.addSeries(points.name(), points.x(), points.y());
                added.setLineStyle(SeriesLines.NONE);
                added.setMarker(i == 0 ? SeriesMarkers.CROSS : SeriesMarkers.DIAMOND);
                added.setMarkerColor(Color.DARK_GRAY);
            }
        }
        wholeDecades(chart);
        return chart;
    }

    /** Lines over a common axis that fall by powers of ten; what is not positive is left out. */
    public static XYChart falling(String title, String x, String y, List<Series> series) {
        List<Series> above = series.stream().map(Series::positive).toList();
        if (above.stream().allMatch(line -> line.x().length == 0)) {
            return lines(title, x, y, series);
        }
        XYChart chart = lines(
                title, x, y, above.stream().filter(line -> line.x().length > 0).toList());
        chart.getStyler().setYAxisLogarithmic(true);
        wholeDecades(chart);
        return chart;
    }

    /** The same over seconds, of which some lines need ten times as many as others; the start, at 0 seconds, is left out. */
    public static XYChart racing(String title, String y, List<Series> series) {
        XYChart chart =
                falling(title, "seconds", y, series.stream().map(Series::begun).toList());
        chart.getStyler().setXAxisLogarithmic(true).setXAxisDecimalPattern("0.######");
        return chart;
    }

    /** Lines through points over logarithmic axes, and power laws fitted to them. */
    public static XYChart scaling(String title, String x, String y, List<Series> measured, List<Series> fits) {
        XYChart chart = logarithmic(title, x, y, measured, List.of());
        chart.getStyler()
                .setXAxisLogarithmicDecadeOnly(true)
                .setXAxisLabelRotation(0)
                .setXAxisDecimalPattern("#,##0")
                .setYAxisDecimalPattern("0E0")
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal);
        for (Series fit : fits) {
            XYSeries line = chart.addSeries(fit.name(), fit.x(), fit.y());
            line.setLineStyle(SeriesLines.DASH_DASH);
            line.setLineColor(Color.DARK_GRAY);
            line.setMarker(SeriesMarkers.NONE);
        }
        return chart;
    }

    /** Means over logarithmic axes with bars one standard deviation long on either side, as far as they are positive. */
    public static XYChart scalingBars(String title, String x, String y, List<Band> means, List<Series> fits) {
        XYChart chart = scaling(title, x, y, means.stream().map(Band::line).toList(), fits);
        chart.getStyler().setXAxisDecimalPattern("#,##0.###");
        chart.getSeriesMap().values().forEach(line -> line.setShowInLegend(false));
        for (Band mean : means) {
            XYSeries line = chart.getSeriesMap().get(mean.name());
            if (line != null) {
                line.setShowInLegend(true);
                double[] bars = IntStream.range(0, mean.x().length)
                        .filter(i -> mean.mean()[i] > 0)
                        .mapToDouble(i -> Math.min(mean.deviation()[i], MOST_BAR * mean.mean()[i]))
                        .toArray();
                chart.updateXYSeries(mean.name(), line.getXData(), line.getYData(), bars);
            }
        }
        return chart;
    }

    /** Lets the logarithmic y axis run from one power of ten to another, which are what it labels. */
    private static void wholeDecades(XYChart chart) {
        DoubleSummaryStatistics numbers = chart.getSeriesMap().values().stream()
                .flatMapToDouble(series -> Arrays.stream(series.getYData()))
                .summaryStatistics();
        if (numbers.getCount() > 0) {
            double low = Math.floor(Math.log10(numbers.getMin()));
            double high = Math.ceil(Math.log10(numbers.getMax()));
            chart.getStyler().setYAxisMin(Math.pow(10, low)).setYAxisMax(Math.pow(10, Math.max(high, low + 1)));
        }
    }

    /** Means as lines in the middle of bands one standard deviation wide on either side. */
    public static XYChart bands(String title, String x, String y, List<Band> bands) {
        XYChart chart = lines(title, x, y, bands.stream().map(Band::line).toList());
        for (int i = 0; i < bands.size(); i++) {
            if (bands.get(i).x().length > 1) {
                Series outline = bands.get(i).outline();
                Color colour = COLOURS[i];
                XYSeries area = chart.addSeries(outline.name(), outline.x(), outline.y());
                area.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
                area.setFillColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 60));
                area.setLineStyle(SeriesLines.NONE);
                area.setMarker(SeriesMarkers.NONE);
                area.setShowInLegend(false);
            }
        }
        return chart;
    }

    /** A value that does not depend on x. */
    public record Level(String name, double y) {

        /** A row for a table on disk. */
        public ObjectNode row(String setting) {
            return Json.object().put("setting", setting).put("method", name).put("mean", y);
        }
    }

    /** Adds levels as broken grey lines, each broken in its own way. */
    public static XYChart withLevels(XYChart chart, List<Level> levels) {
        chart.getStyler()
                .setLegendPosition(Styler.LegendPosition.OutsideE)
                .setLegendLayout(Styler.LegendLayout.Vertical); // they may be too many for one line
        DoubleSummaryStatistics x = chart.getSeriesMap().values().stream()
                .flatMapToDouble(series -> Arrays.stream(series.getXData()))
                .summaryStatistics();
        for (int i = 0; i < levels.size(); i++) {
            Level level = levels.get(i);
            XYSeries line = chart.addSeries(
                    level.name(), new double[] {x.getMin(), x.getMax()}, new double[] {level.y(), level.y()});
            line.setLineColor(i < DASHES.length ? Color.DARK_GRAY : Color.GRAY);
            line.setLineStyle(new BasicStroke(
                    1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 0, DASHES[i % DASHES.length], 0));
            line.setMarker(SeriesMarkers.NONE);
        }
        return chart;
    }

    /** Writes charts side by side as one PNG. */
    public static void save(Path file, List<Chart<?, ?>> charts) throws IOException {
        save(file, charts, charts.size());
    }

    /** Writes charts row by row as one PNG. */
    public static void save(Path file, List<Chart<?, ?>> charts, int columns) throws IOException {
        int width = WIDTH * columns;
        int height = HEIGHT * ((charts.size() + columns - 1) / columns);
        BufferedImage all = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = all.createGraphics();
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, width, height);
        for (int i = 0; i < charts.size(); i++) {
            BufferedImage chart = BitmapEncoder.getBufferedImage(charts.get(i));
            canvas.drawImage(chart, i % columns * WIDTH, i / columns * HEIGHT, null);
        }
        canvas.dispose();
        AtomicFile.write(file, out -> ImageIO.write(all, "png", out));
    }
}
