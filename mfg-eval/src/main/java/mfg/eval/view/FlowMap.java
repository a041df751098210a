package mfg.eval.view;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.IntSummaryStatistics;
import java.util.stream.IntStream;
import mfg.core.catalogue.Game;
import tech.tablesaw.api.Table;

/** Who is where on a map, round by round: the darker a place, the more players are there. */
public final class FlowMap {

    private static final int SIDE = 480;
    private static final int TITLE = 28;
    private static final int MARGIN = 10;
    private static final int MILLISECONDS = 400;
    private static final Color WALL = new Color(0x404040);

    private final int[][] map;
    private final double[] mass;
    private final double most;
    private final int columns;
    private final int rows;
    private final int cell;

    private FlowMap(Game game, Table flow) {
        this.map = game.map();
        this.mass = flow.doubleColumn("mass").asDoubleArray();
        this.most = Arrays.stream(mass).max().orElse(1);
        this.columns = width(0);
        this.rows = width(1);
        this.cell = Math.max(4, SIDE / Math.max(columns, rows));
    }

    /** Room for all places along an axis, and as much after the last as there is before the first: a wall on one side, a wall on the other. */
    private int width(int axis) {
        IntSummaryStatistics places =
                Arrays.stream(map).mapToInt(place -> place[axis]).summaryStatistics();
        return places.getMax() + 1 + places.getMin();
    }

    /**
     * Writes an animation.
     *
     * @param file where to
     * @param game has a {@link Game#map}
     * @param flow as {@link Flows#table} makes it
     */
    public static void save(Path file, Game game, Table flow) throws IOException {
        FlowMap picture = new FlowMap(game, flow);
        int rounds = picture.mass.length / picture.map.length;
        Animation.save(file, IntStream.range(0, rounds).mapToObj(h -> picture.draw(h, rounds)), MILLISECONDS);
    }

    private BufferedImage draw(int h, int rounds) {
        BufferedImage image = new BufferedImage(
                columns * cell + 2 * MARGIN, rows * cell + TITLE + 2 * MARGIN, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, image.getWidth(), image.getHeight());
        canvas.setColor(Color.BLACK);
        canvas.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        canvas.drawString("round %d of %d".formatted(h, rounds - 1), MARGIN, MARGIN + 14);
        canvas.translate(MARGIN, MARGIN + TITLE);
        canvas.setColor(WALL);
        canvas.fillRect(0, 0, columns * cell, rows * cell);
        for (int s = 0; s < map.length; s++) {
            canvas.setColor(Flows.shade(Math.sqrt(mass[h * map.length + s] / most))); // few are seen, too
            canvas.fillRect(map[s][0] * cell, map[s][1] * cell, cell - 1, cell - 1);
        }
        canvas.dispose();
        return image;
    }
}
