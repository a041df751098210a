package mfg.eval.view;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mfg.eval.io.Spread;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws what a {@link Plot} says, by XChart. */
final class Drawing {

    static final int WIDTH = 640;
    static final int HEIGHT = 440;

    /** Colours that the colour-blind can tell apart (Okabe and Ito 2008), black and yellow left out. Pages have the same. */
    private static final Color[] PALETTE = {
        new Color(0x0072B2),
        new Color(0xD55E00),
        new Color(0x009E73),
        new Color(0xCC79A7),
        new Color(0xE69F00),
        new Color(0x56B4E9)
    };

    static final int COLOURS = PALETTE.length;

    /** From few to many, of ColorBrewer's YlGnBu, which the colour-blind can read. Pages have the same. */
    private static final Color[] SHADES = {
        new Color(0xFFFFD9),
        new Color(0xEDF8B1),
        new Color(0xC7E9B4),
        new Color(0x7FCDBB),
        new Color(0x41B6C4),
        new Color(0x1D91C0),
        new Color(0x225EA8),
        new Color(0x253494),
        new Color(0x081D58)
    };

    private static final Color GRID = new Color(0xE0E0E0);
    private static final Color WALL = new Color(0x404040);

    /** So many names fit beside each other under a chart. */
    private static final int SHORT_LEGEND = 75;

    /** So many numbers of an axis can be labelled, each of them. */
    private static final int MOST_LABELS = 12;

    /** So many letters fit beside each other on an axis of cells. */
    private static final int LETTERS = 60;

    private static final int MOST_DECIMALS = 9;

    /** A bar on a logarithmic axis does not come to zero. */
    private static final double MOST_BAR = 0.9;

    private static final float[][] DASHES = {{8, 4}, {2, 3}, {8, 3, 2, 3}, {14, 3}};

    private Drawing() {}

    /** A picture of {@link #WIDTH} by {@link #HEIGHT}. */
    static BufferedImage of(Plot plot) {
        if (plot instanceof Plot.Curves curves) {
            return BitmapEncoder.getBufferedImage(chart(curves));
        }
        if (plot instanceof Plot.Bars bars) {
            return BitmapEncoder.getBufferedImage(chart(bars));
        }
        if (plot instanceof Plot.Cells cells) {
            return BitmapEncoder.getBufferedImage(chart(cells));
        }
        if (plot instanceof Plot.Places places) {
            return picture(places);
        }
        return of(((Plot.Frames) plot).plots().get(0));
    }

    /** The colour of a share of the most, from 0 to 1. */
    static Color shade(double share) {
        double at = Math.max(0, Math.min(1, share)) * (SHADES.length - 1);
        int low = Math.min((int) at, SHADES.length - 2);
        return Palette.mix(SHADES[low], SHADES[low + 1], at - low);
    }

    // ---- curves ----

    private static XYChart chart(Plot.Curves plot) {
        List<Plot.Curve> shown = plot.curves().stream()
                .map(curve -> shown(curve, plot.x(), plot.y()))
                .toList();
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(plot.title())
                .xAxisTitle(plot.x().label())
                .yAxisTitle(plot.y().label())
                .theme(Styler.ChartTheme.Matlab)
                .build();
        chart.getStyler().setPlotGridLinesColor(GRID).setSeriesColors(PALETTE).setLegendBorderColor(Color.WHITE);
        legend(chart, plot);
        axes(chart, plot, shown);
        for (int i = 0; i < shown.size(); i++) {
            if (shown.get(i).x().length > 0) {
                add(chart, shown.get(i), PALETTE[i % PALETTE.length], i >= PALETTE.length);
            }
        }
        unevenly(chart, shown);
        levels(chart, plot);
        return chart;
    }

    /** What the axes can show of a curve, and numbers that are not there as gaps. */
    private static Plot.Curve shown(Plot.Curve curve, Plot.Axis x, Plot.Axis y) {
        double[][] singles = curve.singles();
        int[] places = IntStream.range(0, curve.x().length)
                .filter(i -> x.shows(curve.x()[i]) && (y.shows(curve.y()[i]) || Double.isNaN(curve.y()[i])))
                .toArray();
        double[] deviation = curve.deviation();
        return new Plot.Curve(
                curve.name(),
                IntStream.of(places).mapToDouble(i -> curve.x()[i]).toArray(),
                IntStream.of(places).mapToDouble(i -> curve.y()[i]).toArray(),
                deviation == null
                        ? null
                        : IntStream.of(places)
                                .mapToDouble(i -> y.logarithmic()
                                        ? Math.min(deviation[i], MOST_BAR * curve.y()[i])
                                        : deviation[i])
                                .toArray(),
                singles == null
                        ? null
                        : Arrays.stream(singles)
                                .map(run -> IntStream.of(places)
                                        .mapToDouble(i -> y.shows(run[i]) ? run[i] : Double.NaN)
                                        .toArray())
                                .toArray(double[][]::new),
                curve.style());
    }

    private static void legend(XYChart chart, Plot.Curves plot) {
        List<String> names = Stream.concat(
                        plot.curves().stream().map(Plot.Curve::name),
                        plot.levels().stream().map(Plot.Level::name))
                .toList();
        boolean fits = names.stream().mapToInt(name -> name.length() + 4).sum() <= SHORT_LEGEND;
        chart.getStyler()
                .setLegendVisible(names.size() > 1)
                .setLegendPosition(fits ? Styler.LegendPosition.OutsideS : Styler.LegendPosition.OutsideE)
                .setLegendLayout(fits ? Styler.LegendLayout.Horizontal : Styler.LegendLayout.Vertical);
    }

    private static void axes(XYChart chart, Plot.Curves plot, List<Plot.Curve> shown) {
        AxesChartStyler styler = chart.getStyler();
        DoubleSummaryStatistics x = numbers(shown.stream().flatMapToDouble(curve -> Arrays.stream(curve.x())));
        boolean decades = x.getMax() >= 100 * x.getMin();
        styler.setXAxisLogarithmic(plot.x().logarithmic() && x.getMin() > 0)
                .setXAxisLogarithmicDecadeOnly(decades)
                .setXAxisDecimalPattern(plot.x().logarithmic() ? "#,##0.######" : "0.######");
        if (plot.x().logarithmic() && !decades) {
            styler.setXAxisLabelRotation(90); // from 500 to 900 there is little room
        }
        double[] levels = plot.levels().stream().mapToDouble(Plot.Level::y).toArray();
        DoubleSummaryStatistics y = numbers(DoubleStream.concat(
                shown.stream()
                        .flatMapToDouble(curve -> DoubleStream.concat(
                                Arrays.stream(curve.y()),
                                curve.singles() == null
                                        ? DoubleStream.empty()
                                        : Arrays.stream(curve.singles()).flatMapToDouble(Arrays::stream))),
                Arrays.stream(levels)));
        styler.setYAxisDecimalPattern(pattern(y.getMax() - y.getMin()));
        if (plot.y().logarithmic() && y.getCount() > 0) {
            double low = Math.floor(Math.log10(y.getMin()));
            double high = Math.max(Math.ceil(Math.log10(y.getMax())), low + 1);
            styler.setYAxisLogarithmic(true)
                    .setYAxisDecimalPattern("0E0")
                    .setYAxisMin(Math.pow(10, low))
                    .setYAxisMax(Math.pow(10, high));
        }
        bounds(styler, plot.x(), plot.y());
    }

    private static void bounds(AxesChartStyler styler, Plot.Axis x, Plot.Axis y) {
        if (Double.isFinite(x.low())) {
            styler.setXAxisMin(x.low());
        }
        if (Double.isFinite(x.high())) {
            styler.setXAxisMax(x.high());
        }
        if (Double.isFinite(y.low())) {
            styler.setYAxisMin(y.low());
        }
        if (Double.isFinite(y.high())) {
            styler.setYAxisMax(y.high());
        }
    }

    private static DoubleSummaryStatistics numbers(DoubleStream all) {
        return all.filter(Double::isFinite).summaryStatistics();
    }

    /** So many decimals that labels differ, where all of a chart is close together. */
    private static String pattern(double range) {
        int decimals = range > 0 && Double.isFinite(range) ? (int) Math.ceil(1 - Math.log10(range)) : 0;
        return "0." + "#".repeat(Math.max(4, Math.min(MOST_DECIMALS, decimals)));
    }

    private static void add(XYChart chart, Plot.Curve curve, Color colour, boolean again) {
        if (curve.deviation() != null && curve.style() == Plot.Style.LINE && curve.x().length > 1) {
            addBand(chart, curve, colour);
        }
        if (curve.singles() != null) {
            addSingles(chart, curve, curve.singles(), colour);
        }
        boolean bars = curve.deviation() != null && curve.style() != Plot.Style.LINE;
        XYSeries line = bars
                ? chart.addSeries(curve.name(), curve.x(), curve.y(), curve.deviation())
                : chart.addSeries(curve.name(), curve.x(), curve.y());
        boolean fit = curve.style() == Plot.Style.FIT;
        line.setLineColor(fit ? Color.DARK_GRAY : colour);
        line.setMarkerColor(colour);
        line.setLineStyle(
                fit || again
                        ? new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 0, DASHES[0], 0)
                        : new BasicStroke(2f));
        line.setMarker(marker(curve));
        if (curve.style() == Plot.Style.STEPS) {
            line.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.StepArea);
            line.setFillColor(colour);
        } else if (curve.style() == Plot.Style.POINTS) {
            line.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        }
    }

    private static Marker marker(Plot.Curve curve) {
        boolean points = curve.style() == Plot.Style.POINTS || curve.style() == Plot.Style.THROUGH;
        return points || curve.x().length == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE;
    }

    /** To the end above the mean, and back below. */
    private static void addBand(XYChart chart, Plot.Curve curve, Color colour) {
        double[] deviation = Objects.requireNonNull(curve.deviation());
        int n = curve.x().length;
        double[] around = new double[2 * n];
        double[] edge = new double[2 * n];
        for (int k = 0; k < n; k++) {
            around[k] = curve.x()[k];
            edge[k] = curve.y()[k] + deviation[k];
            around[2 * n - 1 - k] = curve.x()[k];
            edge[2 * n - 1 - k] = curve.y()[k] - deviation[k];
        }
        XYSeries area = chart.addSeries(curve.name() + " ± sd", around, edge);
        area.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
        area.setFillColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 60));
        area.setLineStyle(new BasicStroke(0f));
        area.setLineColor(new Color(0, 0, 0, 0));
        area.setMarker(SeriesMarkers.NONE);
        area.setShowInLegend(false);
    }

    private static void addSingles(XYChart chart, Plot.Curve curve, double[][] singles, Color colour) {
        Color faint = new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 130);
        for (int run = 0; run < singles.length; run++) {
            XYSeries single = chart.addSeries("%s, %d".formatted(curve.name(), run + 1), curve.x(), singles[run]);
            single.setLineColor(faint);
            single.setMarkerColor(colour);
            single.setShowInLegend(false);
            if (curve.style() == Plot.Style.LINE && curve.x().length > 1) {
                single.setLineStyle(new BasicStroke(0.8f));
                single.setMarker(SeriesMarkers.NONE);
            } else {
                single.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
                single.setMarker(SeriesMarkers.CROSS);
            }
        }
    }

    /**
     * Adds a point that nobody sees. Where all numbers are evenly spaced the library labels every k-th of them, so closely that labels
     * touch; else it labels round numbers.
     */
    private static void unevenly(XYChart chart, List<Plot.Curve> shown) {
        shown.stream()
                .filter(curve -> curve.x().length > MOST_LABELS && Double.isFinite(curve.y()[0]))
                .findFirst()
                .ifPresent(curve -> {
                    double between = curve.x()[0] + 0.37 * (curve.x()[1] - curve.x()[0]);
                    XYSeries unseen = chart.addSeries(
                            " ", new double[] {between, between}, new double[] {curve.y()[0], curve.y()[0]});
                    unseen.setLineStyle(new BasicStroke(0f));
                    unseen.setLineColor(new Color(0, 0, 0, 0));
                    unseen.setMarker(SeriesMarkers.NONE);
                    unseen.setShowInLegend(false);
                });
    }

    /** Levels as broken grey lines, each broken in its own way, and marks as upright ones. */
    private static void levels(XYChart chart, Plot.Curves plot) {
        DoubleSummaryStatistics x = numbers(
                chart.getSeriesMap().values().stream().flatMapToDouble(series -> Arrays.stream(series.getXData())));
        DoubleSummaryStatistics y = numbers(
                chart.getSeriesMap().values().stream().flatMapToDouble(series -> Arrays.stream(series.getYData())));
        List<Plot.Level> levels = plot.levels();
        for (int i = 0; i < levels.size() && x.getCount() > 0; i++) {
            Plot.Level level = levels.get(i);
            XYSeries line = chart.addSeries(
                    level.name(), new double[] {x.getMin(), x.getMax()}, new double[] {level.y(), level.y()});
            dash(line, i);
        }
        for (int i = 0; i < plot.marks().size() && y.getCount() > 0; i++) {
            Plot.Mark mark = plot.marks().get(i);
            dash(
                    chart.addSeries(
                            mark.name(), new double[] {mark.x(), mark.x()}, new double[] {y.getMin(), y.getMax()}),
                    1);
        }
    }

    private static void dash(XYSeries line, int i) {
        line.setLineColor(i < DASHES.length ? Color.DARK_GRAY : Color.GRAY);
        line.setLineStyle(
                new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 0, DASHES[i % DASHES.length], 0));
        line.setMarker(SeriesMarkers.NONE);
    }

    // ---- bars ----

    private static CategoryChart chart(Plot.Bars plot) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(plot.title())
                .yAxisTitle(plot.y().label())
                .theme(Styler.ChartTheme.Matlab)
                .build();
        chart.getStyler()
                .setAvailableSpaceFill(0.5)
                .setYAxisDecimalPattern("0.####")
                .setPlotGridLinesColor(GRID)
                .setLegendVisible(!plot.levels().isEmpty())
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal)
                .setLegendBorderColor(Color.WHITE)
                .setSeriesColors(PALETTE);
        chart.getStyler().setXAxisLabelRotation(plot.names().size() > 5 ? 45 : 0);
        CategorySeries bars = chart.addSeries(
                "mean",
                plot.names(),
                plot.heights().stream().map(Spread::mean).toList(),
                plot.heights().stream()
                        .map(spread -> Double.isNaN(spread.deviation()) ? 0 : spread.deviation())
                        .toList());
        bars.setShowInLegend(false);
        for (int i = 0; i < plot.levels().size(); i++) {
            Plot.Level level = plot.levels().get(i);
            CategorySeries line = chart.addSeries(
                    level.name(), plot.names(), Collections.nCopies(plot.names().size(), level.y()));
            line.setChartCategorySeriesRenderStyle(CategorySeries.CategorySeriesRenderStyle.Line);
            line.setLineColor(Color.DARK_GRAY);
            line.setLineStyle(new BasicStroke(
                    1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 0, DASHES[i % DASHES.length], 0));
            line.setMarker(SeriesMarkers.NONE);
        }
        return chart;
    }

    // ---- cells ----

    private static HeatMapChart chart(Plot.Cells plot) {
        List<Number[]> cells = new ArrayList<>();
        for (int row = 0; row < plot.rows().size(); row++) {
            for (int column = 0; column < plot.columns().size(); column++) {
                double value = plot.values()[row][column];
                if (Double.isFinite(value)) {
                    cells.add(new Number[] {column, row, value});
                }
            }
        }
        HeatMapChart chart = new HeatMapChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(plot.title())
                .xAxisTitle(plot.x())
                .yAxisTitle(plot.y())
                .build();
        chart.getStyler()
                .setRangeColors(SHADES)
                .setHeatMapValueDecimalPattern("0.000")
                .setShowValue(false)
                .setMin(plot.low())
                .setMax(plot.high());
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.addSeries(plot.what(), spaced(plot.columns()), spaced(plot.rows()), cells);
        return chart;
    }

    /** Of many names, every k-th. */
    private static List<String> spaced(List<String> names) {
        int longest = names.stream().mapToInt(String::length).max().orElse(1);
        int every = (names.size() * Math.max(3, longest) + LETTERS - 1) / LETTERS;
        return IntStream.range(0, names.size())
                .mapToObj(i -> i % every > 0 ? " " : names.get(i))
                .toList();
    }

    // ---- places ----

    private static final int TITLE = 34;
    private static final int MARGIN = 10;

    private static BufferedImage picture(Plot.Places plot) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, WIDTH, HEIGHT);
        canvas.setColor(Color.BLACK);
        canvas.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        canvas.drawString(plot.title(), MARGIN, 20);
        int columns = width(plot.places(), 0);
        int rows = width(plot.places(), 1);
        int cell = Math.max(1, Math.min((WIDTH - 2 * MARGIN) / columns, (HEIGHT - TITLE - MARGIN) / rows));
        canvas.translate(MARGIN, TITLE);
        canvas.setColor(WALL);
        canvas.fillRect(0, 0, columns * cell, rows * cell);
        int gap = cell > 3 ? 1 : 0;
        for (int s = 0; s < plot.places().length; s++) {
            canvas.setColor(shade(Math.sqrt(plot.values()[s] / plot.high()))); // few are seen, too
            canvas.fillRect(plot.places()[s][0] * cell, plot.places()[s][1] * cell, cell - gap, cell - gap);
        }
        canvas.dispose();
        return image;
    }

    /** Room for all places along an axis, and as much after the last as there is before the first: a wall on one side, a wall on the other. */
    private static int width(int[][] places, int axis) {
        var all = Arrays.stream(places).mapToInt(place -> place[axis]).summaryStatistics();
        return all.getMax() + 1 + all.getMin();
    }
}
