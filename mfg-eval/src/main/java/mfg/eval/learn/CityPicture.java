package mfg.eval.learn;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import mfg.core.AtomicFile;
import mfg.envs.taxi.CityLayout;
import mfg.eval.view.Animation;
import mfg.eval.view.Palette;

/**
 * Draws a city: how many taxis are in each cell, as a number and a shade of the zone's colour; a bar for the share of taxis that see a
 * customer there; and one taxi, with its customers and its target.
 */
public final class CityPicture {

    private static final int MARGIN = 24;
    private static final int HEADER = 68;
    private static final int LINE = 22;
    private static final int LEGEND_LINES = 2;
    private static final int FOLLOWED_LINES = 3;
    private static final int LEAST_WIDTH = 350;
    private static final int LEAST_LABEL = 116;
    private static final int LEAST_NUMBER = 46;
    private static final int SIDE = 660;
    private static final int LARGEST_CELL = 92;
    private static final int MILLISECONDS = 150;

    /** The start and the zones where many are, in colours that the colour-blind can tell apart (Okabe and Ito 2008). */
    private static final Color[] FULL = {new Color(0x4D4D4D), new Color(0x0072B2), new Color(0xD55E00)};

    private static final Color WALL = new Color(0x2B2B2B);
    private static final Color INK = new Color(0x1A1A1A);
    private static final Color TAXI = new Color(0xF0E442);

    /** The tint of a cell where nobody is. */
    private static final double LIGHTEST = 0.08;

    /** From here on white can be read better than black. */
    private static final double DARK = 0.85;

    /** A cell with this many times its even share of the taxis has the full colour. */
    private static final double CROWD = 4;

    private static final Palette PALETTE = palette();

    private final CityLayout layout;
    private final double cell;
    private final int width;
    private final int foot;

    public CityPicture(CityLayout layout) {
        this.layout = layout;
        this.cell = Math.min(LARGEST_CELL, SIDE / Math.max(layout.width(), layout.height()));
        this.width = Math.max(LEAST_WIDTH, (int) (layout.width() * cell) + 2 * MARGIN);
        this.foot = HEADER + (int) (layout.height() * cell) + MARGIN;
    }

    /** Writes a picture as PNG. */
    public void save(Path file, CityView view) throws IOException {
        BufferedImage picture = draw(view);
        AtomicFile.write(file, out -> ImageIO.write(picture, "png", out));
    }

    /** Writes views one after the other as an animated GIF. */
    public void animate(Path file, List<CityView> views) throws IOException {
        Animation.save(file, views.stream().map(this::draw).map(PALETTE::reduce), MILLISECONDS);
    }

    /** Draws a view. */
    BufferedImage draw(CityView view) {
        boolean follows = view.followed().cell() >= 0;
        int height = foot + LINE * (follows ? LEGEND_LINES + FOLLOWED_LINES : LEGEND_LINES);
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = picture.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        canvas.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, width, height);
        header(canvas, view);
        canvas.setColor(WALL);
        canvas.fill(
                new Rectangle2D.Double(left() - 3, HEADER - 3, layout.width() * cell + 6, layout.height() * cell + 6));
        for (int s = 0; s <= layout.cells(); s++) {
            square(canvas, s, view);
        }
        if (follows) {
            follow(canvas, view.followed());
        }
        legend(canvas, follows);
        canvas.dispose();
        return picture;
    }

    private double left() {
        return (width - layout.width() * cell) / 2;
    }

    private double x(int s) {
        return left() + layout.column(s) * cell;
    }

    private double y(int s) {
        return HEADER + layout.row(s) * cell;
    }

    private void header(Graphics2D canvas, CityView view) {
        text(canvas, view.title(), Font.BOLD, 16, INK, width / 2.0, 24);
        double share1 = view.zone1();
        double all = Arrays.stream(view.taxis()).sum();
        double share2 = 1 - share1 - view.taxis()[layout.start()] / all;
        double length = width - 2.0 * MARGIN;
        double share0 = length * (1 - share1 - share2);
        canvas.setColor(FULL[1]);
        canvas.fill(new Rectangle2D.Double(MARGIN, 36, length * share1, 20));
        canvas.setColor(FULL[0]);
        canvas.fill(new Rectangle2D.Double(MARGIN + length * share1, 36, share0, 20));
        canvas.setColor(FULL[2]);
        canvas.fill(new Rectangle2D.Double(MARGIN + length * share1 + share0, 36, length * share2, 20));
        label(canvas, 1, share1, MARGIN + length * share1 / 2);
        label(canvas, 2, share2, width - MARGIN - length * share2 / 2);
    }

    /** A label where there is room; where there is little, only the number. */
    private void label(Graphics2D canvas, int zone, double share, double x) {
        String number = String.format(Locale.ROOT, "%.2f", share);
        if (share * width > LEAST_LABEL) {
            text(canvas, "zone %d: %s".formatted(zone, number), Font.BOLD, 13, Color.WHITE, x, 51);
        } else if (share * width > LEAST_NUMBER) {
            text(canvas, number, Font.BOLD, 13, Color.WHITE, x, 51);
        }
    }

    private void square(Graphics2D canvas, int s, CityView view) {
        double share = view.taxis()[s] / Arrays.stream(view.taxis()).sum() * (layout.cells() + 1);
        double shade = LIGHTEST + (1 - LIGHTEST) * Math.sqrt(Math.min(1, share / CROWD));
        canvas.setColor(Palette.mix(Color.WHITE, FULL[layout.zone(s)], shade));
        canvas.fill(new Rectangle2D.Double(x(s) + 1, y(s) + 1, cell - 2, cell - 2));
        int size = (int) Math.max(8, cell * 0.24);
        Color ink = shade > DARK ? Color.WHITE : INK;
        double middle = x(s) + cell / 2;
        String count = String.format(Locale.ROOT, "%.0f", view.taxis()[s]);
        text(canvas, count, Font.BOLD, size, ink, middle, y(s) + cell * 0.5 + size * 0.36);
        if (s == layout.start()) {
            text(canvas, "start", Font.PLAIN, size / 2 + 2, ink, middle, y(s) + cell * 0.85);
        } else {
            bar(canvas, x(s) + cell * 0.15, y(s) + cell * 0.8, cell * 0.7, cell * 0.08, view.customers()[s]);
        }
    }

    private static void bar(Graphics2D canvas, double x, double y, double length, double thickness, double share) {
        canvas.setColor(Color.WHITE);
        canvas.fill(new Rectangle2D.Double(x, y, length, thickness));
        canvas.setColor(INK);
        canvas.fill(new Rectangle2D.Double(x, y, length * share, thickness));
        canvas.setStroke(new BasicStroke(1));
        canvas.draw(new Rectangle2D.Double(x, y, length, thickness));
    }

    private void follow(Graphics2D canvas, CityView.Followed taxi) {
        double size = cell * 0.2;
        for (int s = 0; s < layout.cells(); s++) {
            if ((taxi.field() >>> s & 1) != 0) {
                customer(canvas, x(s) + cell * 0.83, y(s) + cell * 0.18, size * 0.7);
            }
        }
        if (taxi.target() >= 0) {
            flag(canvas, x(taxi.target()) + cell * 0.5, y(taxi.target()) + cell * 0.18, size);
        }
        taxi(canvas, x(taxi.cell()) + cell * 0.2, y(taxi.cell()) + cell * 0.18, size * 1.3, taxi.target() >= 0);
    }

    private static void customer(Graphics2D canvas, double x, double y, double size) {
        outlined(canvas, new Ellipse2D.Double(x - size / 2, y - size / 2, size, size), Color.WHITE);
    }

    /** A taxi, with its passenger if it has one. */
    private static void taxi(Graphics2D canvas, double x, double y, double size, boolean carries) {
        outlined(canvas, new Rectangle2D.Double(x - size / 2, y - size / 2.6, size, size / 1.3), TAXI);
        if (carries) {
            customer(canvas, x, y, size * 0.45);
        }
    }

    private static void flag(Graphics2D canvas, double x, double y, double size) {
        Path2D flag = new Path2D.Double();
        flag.moveTo(x - size / 2, y + size * 0.7);
        flag.lineTo(x - size / 2, y - size / 2);
        flag.lineTo(x + size / 2, y - size / 8);
        flag.lineTo(x - size / 2, y + size / 4);
        flag.closePath();
        outlined(canvas, flag, TAXI);
    }

    private static void outlined(Graphics2D canvas, Shape shape, Color fill) {
        canvas.setColor(fill);
        canvas.fill(shape);
        canvas.setColor(INK);
        canvas.setStroke(new BasicStroke(1.5f));
        canvas.draw(shape);
    }

    private void legend(Graphics2D canvas, boolean follows) {
        double x = MARGIN + 12;
        double y = foot;
        for (int step = 0; step < 8; step++) {
            canvas.setColor(Palette.mix(Color.WHITE, FULL[1], step / 7.0));
            canvas.fill(new Rectangle2D.Double(x - 12 + step * 3, y - 6, 3, 6));
            canvas.setColor(Palette.mix(Color.WHITE, FULL[2], step / 7.0));
            canvas.fill(new Rectangle2D.Double(x - 12 + step * 3, y, 3, 6));
        }
        line(canvas, "taxis in the cell", y);
        bar(canvas, x - 12, y + LINE - 4, 24, 7, 0.6);
        line(canvas, "share of taxis that see a customer there", y + LINE);
        if (follows) {
            taxi(canvas, x, y + 2 * LINE, 18, true);
            line(canvas, "one of the taxis, here with a passenger", y + 2 * LINE);
            customer(canvas, x, y + 3 * LINE, 11);
            line(canvas, "its customers", y + 3 * LINE);
            flag(canvas, x, y + 4 * LINE, 14);
            line(canvas, "where its passenger wants to go", y + 4 * LINE);
        }
    }

    private static void line(Graphics2D canvas, String words, double y) {
        canvas.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        canvas.setColor(INK);
        canvas.drawString(words, MARGIN + 36, (float) y + 4);
    }

    private static void text(
            Graphics2D canvas, String words, int style, int size, Color colour, double centre, double y) {
        canvas.setFont(new Font(Font.SANS_SERIF, style, size));
        canvas.setColor(colour);
        FontMetrics metrics = canvas.getFontMetrics();
        canvas.drawString(words, (float) (centre - metrics.stringWidth(words) / 2.0), (float) y);
    }

    /** Shades of each zone, and what lies between these, white and ink at edges. */
    private static Palette palette() {
        Palette palette =
                new Palette().ramp(Color.WHITE, INK, 24).ramp(TAXI, INK, 8).ramp(WALL, WALL, 2);
        for (Color full : FULL) {
            palette.ramp(Color.WHITE, full, 48).ramp(full, INK, 12).ramp(Palette.mix(Color.WHITE, full, 0.5), INK, 12);
        }
        return palette;
    }
}
