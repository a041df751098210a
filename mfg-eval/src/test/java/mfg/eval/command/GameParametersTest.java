package mfg.eval.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far names are apart. */
final class GameParametersTest {

    /** Known distances, which are the same from both sides. */
    @ParameterizedTest
    @CsvSource({
        "fuel, fuel, 0",
        "congstion, congestion, 1",
        "kitten, sitting, 3",
        "saturday, sunday, 3",
        "fule, fuel, 2",
        "'', fuel, 4",
        "'', '', 0",
        "intention, execution, 5",
    })
    void slipsAreLettersChangedAddedOrLeftOut(String from, String to, int slips) {
        assertEquals(slips, GameParameters.slips(from, to));
        assertEquals(slips, GameParameters.slips(to, from));
    }
}
