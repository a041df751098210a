package mfg.eval.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.AWTError;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import mfg.core.AtomicFile;
import mfg.eval.io.Failure;
import mfg.eval.io.Json;
import mfg.eval.io.Spread;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;

/** The house style of charts, drawn from tables. */
public final class Charts {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 440;

    /** So many numbers of an axis can be labelled, each of them. */
    private static final int MOST_LABELS = 12;

    /** More rounds than this in one chart cannot be told apart: of a long horizon evenly spaced ones are drawn. */
    private static final int MOST_ROUNDS = 6;

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

    /** From few to many. */
    private static final Color[] SHADES = {new Color(0xF7FBFF), new Color(0x6BAED6), new Color(0x08306B)};

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
    public record Series(String name, double[] x, double[] y) {}

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
        chart.getStyler().setXAxisDecimalPattern("0.##").setYAxisDecimalPattern("0.####");
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
     * others are empty and left out.
     *
     * @param measured drawn as lines through points
     * @param reported drawn as points alone
     */
    public static XYChart logarithmic(String title, String x, String y, List<Series> measured, List<Series> reported) {
        XYChart chart = lines(title, x, y, measured);
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
            Series points = reported.get(i);
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

    /** A mean and its standard deviation along x. */
    public record Band(String name, double[] x, double[] mean, double[] deviation) {

        /** A row for each iteration, for a table on disk. */
        public List<ObjectNode> rows(String setting) {
            return IntStream.range(0, x.length)
                    .mapToObj(i -> Json.object()
                            .put("setting", setting)
                            .put("method", name)
                            .put("iteration", (int) x[i])
                            .put("mean", mean[i])
                            .put("deviation", deviation[i]))
                    .toList();
        }
    }

    /** Lines over the same x. */
    public static Band band(String name, List<Series> lines) {
        double[] x = lines.get(0).x();
        List<double[]> numbers = IntStream.range(0, x.length)
                .mapToObj(
                        row -> lines.stream().mapToDouble(line -> line.y()[row]).toArray())
                .toList();
        return band(name, x, numbers);
    }

    /** The spread of the numbers at each x, as a chart shows it: a single number has no width. */
    public static Band band(String name, double[] x, List<double[]> numbers) {
        List<Spread> spreads = numbers.stream().map(Spread::of).toList();
        return new Band(
                name,
                x,
                spreads.stream().mapToDouble(Spread::mean).toArray(),
                spreads.stream()
                        .mapToDouble(Spread::deviation)
                        .map(deviation -> Double.isNaN(deviation) ? 0 : deviation)
                        .toArray());
    }

    /** Means as lines in the middle of bands one standard deviation wide on either side. */
    public static XYChart bands(String title, String x, String y, List<Band> bands) {
        XYChart chart = lines(
                title,
                x,
                y,
                bands.stream()
                        .map(band -> new Series(band.name(), band.x(), band.mean()))
                        .toList());
        for (int i = 0; i < bands.size(); i++) {
            Band band = bands.get(i);
            int n = band.x().length;
            if (n > 1) {
                double[] around = new double[2 * n]; // to the end above the mean, and back below
                double[] edge = new double[2 * n];
                for (int k = 0; k < n; k++) {
                    around[k] = band.x()[k];
                    edge[k] = band.mean()[k] + band.deviation()[k];
                    around[2 * n - 1 - k] = band.x()[k];
                    edge[2 * n - 1 - k] = band.mean()[k] - band.deviation()[k];
                }
                Color colour = COLOURS[i];
                XYSeries area = chart.addSeries(band.name() + " ± sd", around, edge);
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
    public record Level(String name, double y) {}

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
            line.setLineColor(Color.DARK_GRAY);
            line.setLineStyle(new BasicStroke(
                    1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 0, DASHES[i % DASHES.length], 0));
            line.setMarker(SeriesMarkers.NONE);
        }
        return chart;
    }

    /** A mean over the number of players, beside what it comes near to. */
    public static XYChart overPlayers(String title, String y, Band band, Level level) {
        XYChart chart = withLevels(bands(title, "players N", y, List.of(band)), List.of(level));
        chart.getStyler()
                .setXAxisLogarithmic(true)
                .setXAxisDecimalPattern("#,##0")
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal);
        return chart;
    }

    /** One line a round, from a table with a column {@code round}. */
    private static XYChart byRound(String title, Table table, String x, String y) {
        IntColumn round = table.intColumn("round");
        int last = (int) round.max();
        List<Series> series = new ArrayList<>();
        int shown = Math.min(MOST_ROUNDS, last + 1);
        for (int i = 0; i < shown; i++) {
            int h = shown == 1 ? 0 : Math.round((float) i * last / (shown - 1));
            series.add(series("round " + (h + 1), table.where(round.isEqualTo(h)), x, y));
        }
        return lines(title, x, y, series);
    }

    /** The same chart before and after, on one scale. */
    public static List<Chart<?, ?>> beforeAndAfter(String title, Table before, Table after, String x, String y) {
        double low = Math.min(0, Math.min(minimum(before, y), minimum(after, y)));
        double high = Math.max(maximum(before, y), maximum(after, y));
        XYChart left = byRound(title + " before", before, x, y);
        XYChart right = byRound(title + " after", after, x, y);
        for (XYChart chart : List.of(left, right)) {
            chart.getStyler().setYAxisMin(low).setYAxisMax(high > low ? high : low + 1);
        }
        return List.of(left, right);
    }

    private static double minimum(Table table, String column) {
        return table.doubleColumn(column).min();
    }

    private static double maximum(Table table, String column) {
        return table.doubleColumn(column).max();
    }

    /** Colours over two integer columns of tables, by their titles, on one scale. */
    public static List<Chart<?, ?>> heatMaps(Map<String, Table> tables, String x, String y, String z) {
        DoubleSummaryStatistics numbers = tables.values().stream()
                .flatMapToDouble(table -> Arrays.stream(numbers(table, z)))
                .summaryStatistics();
        double low = Math.floor(1000 * numbers.getMin()) / 1000;
        double high = Math.ceil(1000 * numbers.getMax()) / 1000;
        List<Chart<?, ?>> charts = new ArrayList<>();
        tables.forEach((title, table) -> {
            HeatMapChart chart = heatMap(title, table, x, y, z);
            chart.getStyler().setMin(low).setMax(high > low ? high : low + 1);
            charts.add(chart);
        });
        return charts;
    }

    private static HeatMapChart heatMap(String title, Table table, String x, String y, String z) {
        int[] columns = distinct(table.intColumn(x));
        int[] rows = distinct(table.intColumn(y));
        List<Number[]> cells = new ArrayList<>();
        for (int i = 0; i < table.rowCount(); i++) {
            cells.add(new Number[] {
                table.intColumn(x).getInt(i),
                table.intColumn(y).getInt(i),
                table.doubleColumn(z).getDouble(i)
            });
        }
        HeatMapChart chart = new HeatMapChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        chart.getStyler()
                .setRangeColors(SHADES)
                .setHeatMapValueDecimalPattern("0.000")
                .setShowValue(false);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.addSeries(
                z,
                Arrays.stream(columns).boxed().toList(),
                Arrays.stream(rows).boxed().toList(),
                cells);
        return chart;
    }

    private static int[] distinct(IntColumn column) {
        return Arrays.stream(column.asIntArray()).distinct().sorted().toArray();
    }

    /** Writes charts side by side as one PNG. */
    public static void save(Path file, List<Chart<?, ?>> charts) throws IOException {
        save(file, charts, charts.size());
    }

    /** Writes charts row by row as one PNG. */
    public static void save(Path file, List<Chart<?, ?>> charts, int columns) throws IOException {
        byte[] picture = picture(charts, columns);
        AtomicFile.write(file, out -> out.write(picture));
    }

    private static byte[] picture(List<Chart<?, ?>> charts, int columns) throws IOException {
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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(all, "png", bytes);
        return bytes.toByteArray();
    }
}
