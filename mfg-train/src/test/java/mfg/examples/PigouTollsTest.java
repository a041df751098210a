package mfg.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class PigouTollsTest {

    /**
     * A share x on a short road takes {@code a + x}, the long road c. Left alone, drivers fill the short road until {@code a
     * + x = c}; best is {@code a + 2x = c}, which a toll of x brings about, the marginal cost to others (Pigou 1920). Here
     * (a, c) is (0, 1), then (0.2, 0.8): x falls from 1 to 0.5 and from 0.6 to 0.3, the mean time from 1.8 to 1.46.
     */
    @Test
    void theExampleFindsTheMarginalCostTollsAndTheSocialOptimum() {
        List<double[]> lines = output().lines().map(PigouTollsTest::numbers).toList();
        assertEquals(2, lines.size());
        double[] before = lines.get(0);
        double[] after = lines.get(1);
        assertEquals(0, before[0]);
        assertEquals(0, before[1]);
        assertEquals(1.8, before[2], 0.05); // the regularization leaves a few drivers on the long road
        assertEquals(0.5, after[0], 0.02);
        assertEquals(0.3, after[1], 0.02);
        assertEquals(1.46, after[2], 0.002);
        assertTrue(before[3] < 0.005 && after[3] < 0.005, "not in equilibrium");
    }

    private static String output() {
        PrintStream screen = System.out;
        Locale locale = Locale.getDefault();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream capture = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setOut(capture);
            Locale.setDefault(Locale.ROOT);
            PigouTolls.main(new String[0]);
        } finally {
            System.setOut(screen);
            Locale.setDefault(locale);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The numbers of a line: two tolls, mean time, exploitability. */
    private static double[] numbers(String line) {
        return Pattern.compile("-?\\d+\\.\\d+")
                .matcher(line)
                .results()
                .mapToDouble(match -> Double.parseDouble(match.group()))
                .toArray();
    }
}
