package mfg.eval.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import mfg.eval.io.Spread;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One description for PNG and page. */
final class ChartsTest {

    private static final double[] X = {0, 1, 2, 3};

    @TempDir
    private Path folder;

    private static Plot.Curves lines(double... y) {
        return Charts.lines("lines", "x", "y", List.of(new Charts.Series("one", X, y)));
    }

    private static Plot.Curve band(double... high) {
        return new Plot.Curve("band", X, new double[4], new double[][] {{-1, -1, -1, -1}, high}, null, Plot.Style.LINE);
    }

    private static Plot.Height height(double mean, double... ends) {
        return new Plot.Height(mean, ends);
    }

    private static Plot.Cells cells(double... values) {
        return new Plot.Cells(
                "cells", "x", "y", List.of("a", "b"), List.of("c"), new double[][] {values}, "share", 0, 1);
    }

    @Test
    void whatWasSavedIsReadAgain() throws IOException {
        List<Plot> charts = List.of(
                lines(0.5, Double.NaN, 1e-12, 4).withLevels(List.of(new Plot.Level("level", 2))),
                Charts.bars("bars", "y", List.of("a", "b"), List.of(new Spread(1, 0.5), new Spread(2, Double.NaN))),
                Charts.intervals(
                        "intervals",
                        "y",
                        List.of("a", "b"),
                        List.of(height(1, 0.9, 1.5), height(2, 1, Double.POSITIVE_INFINITY))),
                Charts.curves("band", "x", "y", List.of(band(1, 1.1, 3, Double.POSITIVE_INFINITY))),
                cells(0.25, Double.NaN),
                new Plot.Places("places", new int[][] {{1, 1}, {2, 1}}, new double[] {0.1, 0.9}, "share", 1),
                new Plot.Frames("frames", "round", List.of("1", "2"), List.of(cells(0, 1), cells(1, 0))));
        Charts.save(folder.resolve("all.png"), charts);
        List<Plot> read = Charts.saved(folder).get("all");
        assertEquals(charts.size(), read.size());
        double[] y =
                assertInstanceOf(Plot.Curves.class, read.get(0)).curves().get(0).y();
        assertArrayEquals(new double[] {0.5, Double.NaN, 1e-12, 4}, y, 0);
        for (int i = 0; i < read.size(); i++) {
            assertEquals(charts.get(i).getClass(), read.get(i).getClass());
            assertEquals(charts.get(i).title(), read.get(i).title());
            assertEquals(
                    pixels(charts.get(i)), pixels(read.get(i)), charts.get(i).title());
        }
    }

    private static List<Integer> pixels(Plot plot) {
        BufferedImage image = Charts.picture(plot);
        return IntStream.of(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .boxed()
                .toList();
    }

    /** Each end of an interval is drawn where it is; where there is none, no band is drawn. */
    @Test
    void intervalsMayBeLongerOnOneSide() {
        assertNotEquals(pixels(interval(0.9, 1.5)), pixels(interval(0.5, 1.1)));
        assertEquals(pixels(interval(Double.NaN, 1.5)), pixels(interval(1, 1)));
        Plot.Curves ends = Charts.curves("band", "x", "y", List.of(band(1, 1, 1, Double.POSITIVE_INFINITY)));
        assertNotEquals(pixels(ends), pixels(Charts.curves("band", "x", "y", List.of(band(1, 1, 1, 1)))));
        assertEquals(pixels(ends), pixels(Charts.curves("band", "x", "y", List.of(band(1, 1, 1, Double.NaN)))));
    }

    private static Plot.Bars interval(double low, double high) {
        return Charts.intervals("bars", "y", List.of("a"), List.of(height(1, low, high)));
    }

    /** Intervals were the same on both sides once, and had another name. */
    @Test
    void chartsOfOlderFoldersAreShownWithoutTheirIntervals() throws IOException {
        Charts.save(
                folder.resolve("old.png"),
                List.of(
                        Charts.curves("band", "x", "y", List.of(band(1, 1, 1, 1))),
                        Charts.bars("bars", "y", List.of("a"), List.of(new Spread(3, 1)))));
        Path file = folder.resolve("report/old.json");
        String now = Files.readString(file);
        Files.writeString(file, now.replace("\"ends\":", "\"deviation\":"));
        List<Plot> read = Charts.saved(folder).get("old");
        Plot.Curves curves = assertInstanceOf(Plot.Curves.class, read.get(0));
        assertNull(curves.curves().get(0).ends());
        assertArrayEquals(X, curves.curves().get(0).x(), 0);
        Plot.Height height =
                assertInstanceOf(Plot.Bars.class, read.get(1)).heights().get(0);
        assertNull(height.ends());
        assertEquals(3, height.mean());
    }

    @Test
    void aPictureOfOnePointIsNotDrawn() throws IOException {
        Plot point =
                Charts.lines("point", "x", "y", List.of(new Charts.Series("one", new double[] {1}, new double[] {2})));
        Charts.save(folder.resolve("point.png"), List.of(point));
        assertFalse(Files.exists(folder.resolve("point.png")));
        assertTrue(Charts.saved(folder).isEmpty());
    }

    @Test
    void framesStandBesideEachOther() throws IOException {
        List<Plot.Cells> rounds =
                IntStream.range(0, 9).mapToObj(i -> cells(i / 9.0, 0)).toList();
        List<String> names =
                IntStream.rangeClosed(1, 9).mapToObj(String::valueOf).toList();
        Charts.save(folder.resolve("frames.png"), List.of(new Plot.Frames("frames", "round", names, rounds)));
        BufferedImage image = ImageIO.read(folder.resolve("frames.png").toFile());
        assertEquals(2 * Drawing.WIDTH, image.getWidth());
        assertEquals(2 * Drawing.HEIGHT, image.getHeight());
    }

    /** Only what falls by powers of ten has an axis of them. */
    @Test
    void axesAreLogarithmicWhereThatShowsMore() {
        assertTrue(Charts.falling("f", "x", "y", List.of(new Charts.Series("s", X, new double[] {1, 0.1, 0.01, 0})))
                .y()
                .logarithmic());
        assertFalse(Charts.falling("f", "x", "y", List.of(new Charts.Series("s", X, new double[] {1, 0.9, 0.8, 0})))
                .y()
                .logarithmic());
        assertFalse(Charts.falling("f", "x", "y", List.of(new Charts.Series("s", X, new double[] {0, 0, 0, 0})))
                .y()
                .logarithmic());
    }
}
