package mfg.eval.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a line of progress says of time. */
final class ProgressTest {

    @ParameterizedTest
    @CsvSource({
        "0, 300, 0, ''",
        "0, 300, 5, ''",
        "1, 299, 0, ''",
        "10, 290, 1.692, ' (5.91/s, 49 s left)'",
        "300, 0, 50, ' (6.00/s)'",
        "1, 99, 1, ' (1.00/s, 99 s left)'",
        "1, 100, 1, ' (1.00/s, 2 min left)'",
        "10, 990, 50, ' (0.20/s, 83 min left)'",
        "1, 299, 30, ' (30 s each, 2 h 30 min left)'",
        "1, 1, 360000, ' (360000 s each, 100 h 0 min left)'",
        "5, 5, 0.0000001, ' (50000000.00/s, 0 s left)'",
    })
    void paceIsToldAsSoonAsThereIsOne(int steps, int left, double seconds, String words) {
        assertEquals(words, Progress.pace(steps, left, seconds));
    }
}
