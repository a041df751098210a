package mfg.eval.view;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws {@link Plot.Curves}, by XChart. */
final class CurveDrawing {

    /** So many names fit beside each other under a chart. */
    private static final int SHORT_LEGEND = 75;

    /** So many numbers of an axis can be labelled, each of them. */
    private static final int MOST_LABELS = 12;

    private static final int MOST_DECIMALS = 9;

    /** An interval on a logarithmic axis does not come to zero: it ends at this share of its number. */
    private static final double LEAST_END = 0.1;

    /** What is between the ends of intervals has this behind its name. */
    private static final String BETWEEN = ", between";

    private CurveDrawing() {}

    static XYChart chart(Plot.Curves plot) {
        List<Plot.Curve> shown = plot.curves().stream()
                .map(curve -> shown(curve, plot.x(), plot.y()))
                .toList();
        XYChart chart = new XYChartBuilder()
                .width(Drawing.WIDTH)
                .height(Drawing.HEIGHT)
                .title(plot.title())
                .xAxisTitle(plot.x().label())
                .yAxisTitle(plot.y().label())
                .theme(Styler.ChartTheme.Matlab)
                .build();
        chart.getStyler()
                .setPlotGridLinesColor(Drawing.GRID)
                .setSeriesColors(Drawing.PALETTE)
                .setLegendBorderColor(Color.WHITE);
        legend(chart, plot);
        axes(chart, plot, shown);
        for (int i = 0; i < shown.size(); i++) {
            if (shown.get(i).x().length > 0) {
                add(chart, shown.get(i), Drawing.PALETTE[i % Drawing.PALETTE.length], i >= Drawing.PALETTE.length);
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
        return new Plot.Curve(
                curve.name(),
                IntStream.of(places).mapToDouble(i -> curve.x()[i]).toArray(),
                IntStream.of(places).mapToDouble(i -> curve.y()[i]).toArray(),
                ends(curve, places, y.logarithmic()),
                singles == null
                        ? null
                        : Arrays.stream(singles)
                                .map(run -> IntStream.of(places)
                                        .mapToDouble(i -> y.shows(run[i]) ? run[i] : Double.NaN)
                                        .toArray())
                                .toArray(double[][]::new),
                curve.style());
    }

    private static double @Nullable [][] ends(Plot.Curve curve, int[] places, boolean logarithmic) {
        double[][] ends = curve.ends();
        return ends == null
                ? null
                : Arrays.stream(ends)
                        .map(end -> IntStream.of(places)
                                .mapToDouble(i -> logarithmic ? Math.max(end[i], LEAST_END * curve.y()[i]) : end[i])
                                .toArray())
                        .toArray(double[][]::new);
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
        double[][] ends = curve.ends();
        if (ends != null && curve.style() != Plot.Style.LINE) {
            addBars(chart, curve, ends[0], ends[1], colour);
        } else if (ends != null && curve.x().length > 1) {
            addBand(chart, curve, ends[0], ends[1], colour);
        }
        if (curve.singles() != null) {
            addSingles(chart, curve, curve.singles(), colour);
        }
        XYSeries line = chart.addSeries(curve.name(), curve.x(), curve.y());
        boolean fit = curve.style() == Plot.Style.FIT;
        line.setLineColor(fit ? Color.DARK_GRAY : colour);
        line.setMarkerColor(colour);
        line.setLineStyle(
                fit || again
                        ? new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 0, Drawing.DASHES[0], 0)
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

    /** Along the ends above, and back along those below; where an interval has no end there is no band. */
    private static void addBand(XYChart chart, Plot.Curve curve, double[] low, double[] high, Color colour) {
        int[] places = IntStream.range(0, low.length)
                .filter(i -> Double.isFinite(high[i] - low[i]))
                .toArray();
        int n = places.length;
        if (n == 0) {
            return;
        }
        double[] around = new double[2 * n];
        double[] edge = new double[2 * n];
        for (int k = 0; k < n; k++) {
            around[k] = curve.x()[places[k]];
            edge[k] = high[places[k]];
            around[2 * n - 1 - k] = curve.x()[places[k]];
            edge[2 * n - 1 - k] = low[places[k]];
        }
        XYSeries area = chart.addSeries(curve.name() + BETWEEN, around, edge);
        area.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
        area.setFillColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 60));
        area.setLineStyle(new BasicStroke(0f));
        area.setLineColor(new Color(0, 0, 0, 0));
        area.setMarker(SeriesMarkers.NONE);
        area.setShowInLegend(false);
    }

    /** The library draws bars as long on both sides: on a point in the middle that nobody sees. */
    private static void addBars(XYChart chart, Plot.Curve curve, double[] low, double[] high, Color colour) {
        XYSeries bars = chart.addSeries(curve.name() + BETWEEN, curve.x(), middle(low, high), half(low, high));
        bars.setLineStyle(new BasicStroke(0f));
        bars.setLineColor(new Color(0, 0, 0, 0));
        bars.setMarker(SeriesMarkers.NONE);
        bars.setMarkerColor(colour);
        bars.setShowInLegend(false);
    }

    private static double[] middle(double[] low, double[] high) {
        return IntStream.range(0, low.length)
                .mapToDouble(i -> (low[i] + high[i]) / 2)
                .toArray();
    }

    private static double[] half(double[] low, double[] high) {
        return IntStream.range(0, low.length)
                .mapToDouble(i -> (high[i] - low[i]) / 2)
                .toArray();
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
        line.setLineColor(i < Drawing.DASHES.length ? Color.DARK_GRAY : Color.GRAY);
        line.setLineStyle(new BasicStroke(
                1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 0, Drawing.DASHES[i % Drawing.DASHES.length], 0));
        line.setMarker(SeriesMarkers.NONE);
    }
}
