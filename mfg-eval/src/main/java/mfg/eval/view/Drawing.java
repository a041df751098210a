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
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws what a {@link Plot} says, by XChart. */
final class Drawing {

    static final int WIDTH = 640;
    static final int HEIGHT = 440;

    /** Colours that the colour-blind can tell apart (Okabe and Ito 2008), black and yellow left out. Pages have the same. */
    static final Color[] PALETTE = {
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

    static final Color GRID = new Color(0xE0E0E0);
    private static final Color WALL = new Color(0x404040);

    /** So many letters fit beside each other on an axis of names. */
    private static final int LETTERS = 60;

    /** How levels are broken, the first, the second and so on. */
    static final float[][] DASHES = {{8, 4}, {2, 3}, {8, 3, 2, 3}, {14, 3}};

    private Drawing() {}

    /** A picture of {@link #WIDTH} by {@link #HEIGHT}. */
    static BufferedImage of(Plot plot) {
        if (plot instanceof Plot.Curves curves) {
            return BitmapEncoder.getBufferedImage(CurveDrawing.chart(curves));
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
                .setOverlapped(true)
                .setYAxisDecimalPattern("0.####")
                .setPlotGridLinesColor(GRID)
                .setLegendVisible(!plot.levels().isEmpty())
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal)
                .setLegendBorderColor(Color.WHITE)
                .setSeriesColors(PALETTE);
        int longest = plot.names().stream().mapToInt(String::length).max().orElse(1);
        chart.getStyler().setXAxisLabelRotation(plot.names().size() * longest > LETTERS ? 45 : 0);
        chart.addSeries(
                        "mean",
                        plot.names(),
                        plot.heights().stream().map(Plot.Height::mean).toList())
                .setShowInLegend(false);
        addIntervals(chart, plot);
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

    /** The library draws intervals as long on both sides: around a point in their middle that nobody sees. */
    private static void addIntervals(CategoryChart chart, Plot.Bars plot) {
        CategorySeries intervals = chart.addSeries(
                "interval",
                plot.names(),
                plot.heights().stream().map(Drawing::middle).toList(),
                plot.heights().stream().map(Drawing::half).toList());
        intervals.setChartCategorySeriesRenderStyle(CategorySeries.CategorySeriesRenderStyle.Scatter);
        intervals.setMarker(SeriesMarkers.NONE);
        intervals.setShowInLegend(false);
    }

    private static double middle(Plot.Height height) {
        double[] ends = ends(height);
        return (ends[0] + ends[1]) / 2;
    }

    private static double half(Plot.Height height) {
        double[] ends = ends(height);
        return (ends[1] - ends[0]) / 2;
    }

    /** Those of its interval; where there is none, the end of the bar. */
    private static double[] ends(Plot.Height height) {
        double[] ends = height.ends();
        return ends != null && Double.isFinite(ends[1] - ends[0]) ? ends : new double[] {height.mean(), height.mean()};
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
