package mfg.eval.view;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A few colours that pictures are reduced to, so that frames of a GIF, which have no more than 256, look alike and are small. */
public final class Palette {

    private final List<Color> colours = new ArrayList<>();

    /** Adds what lies between two colours, in even steps, both included. */
    public Palette ramp(Color from, Color to, int steps) {
        for (int step = 0; step < steps; step++) {
            colours.add(mix(from, to, step / (steps - 1.0)));
        }
        return this;
    }

    /** Mixes two colours, a share of the second. */
    public static Color mix(Color from, Color to, double share) {
        return new Color(
                mix(from.getRed(), to.getRed(), share),
                mix(from.getGreen(), to.getGreen(), share),
                mix(from.getBlue(), to.getBlue(), share));
    }

    private static int mix(int from, int to, double share) {
        return (int) Math.round(from + (to - from) * share);
    }

    /** Returns the same picture with the nearest of these colours everywhere, without dithering. */
    public BufferedImage reduce(BufferedImage picture) {
        IndexColorModel model = model();
        int width = picture.getWidth();
        int height = picture.getHeight();
        int[] pixels = picture.getRGB(0, 0, width, height, null, 0, width);
        byte[] reduced = new byte[pixels.length];
        Map<Integer, Byte> nearest = new HashMap<>();
        for (int k = 0; k < pixels.length; k++) {
            reduced[k] = k > 0 && pixels[k] == pixels[k - 1]
                    ? reduced[k - 1]
                    : nearest.computeIfAbsent(pixels[k], rgb -> ((byte[]) model.getDataElements(rgb, null))[0]);
        }
        BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
        result.getRaster().setDataElements(0, 0, width, height, reduced);
        return result;
    }

    private IndexColorModel model() {
        byte[] red = new byte[colours.size()];
        byte[] green = new byte[colours.size()];
        byte[] blue = new byte[colours.size()];
        for (int k = 0; k < red.length; k++) {
            red[k] = (byte) colours.get(k).getRed();
            green[k] = (byte) colours.get(k).getGreen();
            blue[k] = (byte) colours.get(k).getBlue();
        }
        return new IndexColorModel(Byte.SIZE, red.length, red, green, blue);
    }
}
