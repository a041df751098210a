package mfg.eval.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import mfg.envs.taxi.City;
import mfg.envs.taxi.CityLayout;
import mfg.envs.taxi.Driver;
import mfg.envs.taxi.ScriptedDriver;
import mfg.envs.taxi.TaxiSimulator;
import mfg.eval.view.Animation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CityPictureTest {

    private static final int ROUNDS = 12;
    private static final CityLayout LAYOUT = new CityLayout(CityLayout.DEFAULT);

    @TempDir
    private Path folder;

    private static List<CityView> episode(CityLayout layout) {
        TaxiSimulator taxis = new TaxiSimulator(City.of(layout, 40, ROUNDS, 2, 1), 2);
        Driver driver = new ScriptedDriver(layout, 0.5, 1);
        int[] actions = new int[taxis.agents()];
        List<CityView> views = new ArrayList<>();
        taxis.reset(1);
        views.add(CityView.of(taxis));
        for (int h = 0; h < ROUNDS; h++) {
            driver.act(taxis, actions, 0);
            taxis.step(actions, 0, new float[actions.length], 0);
            views.add(CityView.of(taxis));
        }
        return views;
    }

    private static int[] pixels(BufferedImage picture) {
        return picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    }

    @Test
    void anEpisodeHasAFrameForTheStartAndForEachRound() throws IOException {
        Path file = folder.resolve("episode.gif");
        List<CityView> views = episode(LAYOUT);
        CityPicture picture = new CityPicture(LAYOUT);
        picture.animate(file, views);
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            reader.setInput(in);
            assertEquals(ROUNDS + 1, reader.getNumImages(true));
            int[] first = pixels(reader.read(0));
            assertFalse(Arrays.equals(first, pixels(reader.read(ROUNDS))));
            int[] drawn = pixels(picture.draw(views.get(0)));
            for (int k = 0; k < drawn.length; k++) {
                for (int shift = 0; shift < 24; shift += 8) { // blue, green, red
                    assertEquals(drawn[k] >> shift & 255, first[k] >> shift & 255, 64, "the nearest colour");
                }
            }
        }
    }

    @Test
    void picturesShowWhereTaxisAre() throws IOException {
        List<CityView> views = episode(LAYOUT);
        CityView mean = CityView.mean(views);
        assertEquals(40, Arrays.stream(mean.taxis()).sum(), 1e-9);
        assertEquals(40, views.get(0).taxis()[LAYOUT.start()], 1e-9);
        assertEquals(0, Arrays.stream(views.get(0).customers()).sum());
        CityPicture picture = new CityPicture(LAYOUT);
        picture.save(folder.resolve("city.png"), mean);
        int[] drawn = pixels(picture.draw(mean));
        assertArrayEquals(drawn, pixels(ImageIO.read(folder.resolve("city.png").toFile())));
        mean.taxis()[3]++;
        assertFalse(Arrays.equals(drawn, pixels(picture.draw(mean))));
    }

    @Test
    void anyCityFits() {
        CityLayout wide = new CityLayout("1".repeat(31) + "S" + "2".repeat(31));
        BufferedImage picture = new CityPicture(wide).draw(CityView.mean(episode(wide)));
        assertTrue(picture.getWidth() < 1000 && picture.getHeight() < 1000);
    }

    /** What was there before is lost only when all is drawn. */
    @Test
    void halfAnAnimationIsNone() throws IOException {
        Path file = folder.resolve("episode.gif");
        Files.writeString(file, "before");
        BufferedImage frame = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
        Stream<BufferedImage> frames = Stream.of(1, 2).map(k -> {
            if (k == 2) {
                throw new IllegalStateException("no more");
            }
            return frame;
        });
        assertThrows(IllegalStateException.class, () -> Animation.save(file, frames, 100));
        assertEquals("before", Files.readString(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }
}
