package mfg.eval.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far names are apart. */
final class NearestTest {

    @Test
    void aNameIsNearWithOneSlipInTwoLetters() {
        List<String> names = List.of("braess", "rps", "sis");
        assertEquals(Optional.of("braess"), Nearest.to("brass", names));
        assertEquals(Optional.of("rps"), Nearest.to("rpss", names));
        assertEquals(Optional.empty(), Nearest.to("chess", List.of("rps", "left-right")));
        assertEquals(Optional.empty(), Nearest.to("chess", List.of()));
    }

    /** Known distances, which are the same from both sides. */
    @ParameterizedTest
    @CsvSource({
        "fuel, fuel, 0",
        "congstion, congestion, 1",
        "kitten, sitting, 3",
        "saturday, sunday, 3",
        "fule, fuel, 1",
        "'', fuel, 4",
        "'', '', 0",
        "intention, execution, 5",
    })
    void slipsAreLettersChangedAddedOrLeftOut(String from, String to, int slips) {
        assertEquals(slips, Nearest.slips(from, to));
        assertEquals(slips, Nearest.slips(to, from));
    }
}
