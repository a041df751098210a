package mfg.eval.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TextTest {

    @Test
    void numbersLookAlikeWhateverTheLanguage() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            Text text = new Text();
            text.line("%.2f", 1234.5);
            text.add(Text.of("%,d", 1234));
            assertEquals("1234.50" + System.lineSeparator() + "1,234", text.toString());
            assertEquals("0.50 ± 0.25", new Spread(0.5, 0.25).text(2));
            assertEquals("0.50", new Spread(0.5, Double.NaN).text(2));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void oneIsNotSeveral() {
        assertEquals(
                "0 seeds, 1 seed, 2 seeds",
                Stream.of(0, 1, 2).map(number -> Text.count(number, "seeds")).collect(Collectors.joining(", ")));
    }

    @Test
    void aTableByColumnsIsOneByRows() {
        assertEquals(
                TextTable.text(List.of("x", "x"), List.of(List.of("1", "10"), List.of("2", "20"))),
                TextTable.of(List.of(1, 2))
                        .column("x", String::valueOf)
                        .column("x", i -> String.valueOf(10 * i))
                        .toString());
    }
}
