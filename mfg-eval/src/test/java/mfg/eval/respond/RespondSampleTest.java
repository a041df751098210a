package mfg.eval.respond;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import mfg.eval.io.Spread;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RespondSampleTest {

    /** Over many tables whose noise is known, the error that is told is how far their means are apart. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, 1", // players differ
        "0, 1, 1", // plays differ, which all share
        "0, 0, 1", // neither
        "0.5, 0.5, 0.5"
    })
    void theErrorIsHowFarMeansAreApart(double byPlayer, double byPlay, double alone) {
        SplittableRandom random = new SplittableRandom(3);
        int tables = 400;
        double[] means = new double[tables];
        double squares = 0;
        for (int t = 0; t < tables; t++) {
            double[][] gains = new double[10][40];
            double[] plays = random.doubles(40, -byPlay, Math.nextUp(byPlay)).toArray();
            for (double[] row : gains) {
                double player = byPlayer * (2 * random.nextDouble() - 1);
                for (int k = 0; k < row.length; k++) {
                    row[k] = player + plays[k] + alone * (2 * random.nextDouble() - 1);
                }
            }
            means[t] = Spread.of(
                            Arrays.stream(gains).flatMapToDouble(Arrays::stream).toArray())
                    .mean();
            squares += RespondSample.error(gains) * RespondSample.error(gains);
        }
        assertEquals(1, Math.sqrt(squares / tables) / Spread.of(means).deviation(), 0.2);
    }
}
