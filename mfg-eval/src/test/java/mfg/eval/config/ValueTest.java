package mfg.eval.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import mfg.core.InvalidInputException;
import mfg.core.catalogue.Parameter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values as texts. */
final class ValueTest {

    enum Colour {
        RED,
        DARK_BLUE
    }

    record All(
            @Parameter(about = "a whole number", min = -5, max = 1e6)
            int whole,

            @Parameter(about = "a long one") long seed,

            @Parameter(about = "a number", above = 0, max = 1)
            double share,

            @Parameter(about = "any number") double any,
            @Parameter(about = "a flag") boolean flag,
            @Parameter(about = "a colour") Colour colour,
            @Parameter(about = "numbers", min = 0) List<Double> numbers,

            @Parameter(
                    about = "a word",
                    oneOf = {"yes", "no"})
            String word,

            @Parameter(about = "a text") String text) {}

    private static Object read(String name, String text) {
        Slot slot = Slot.of(All.class).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        return Value.read(slot, text, "--" + name);
    }

    @ParameterizedTest
    @CsvSource({
        "whole, 010, 10",
        "whole, +3, 3",
        "whole, -5, -5",
        "whole, 1000000, 1000000",
        "seed, -9223372036854775808, -9223372036854775808",
        "seed, 9223372036854775807, 9223372036854775807",
        "share, 1, 1.0",
        "share, .5, 0.5",
        "share, 5e-1, 0.5",
        "share, 5.E-1, 0.5",
        "share, 010e-2, 0.1",
        "any, -0, -0.0",
        "flag, true, true",
        "colour, dark-blue, DARK_BLUE",
        "colour, Red, RED",
        "numbers, '', []",
        "numbers, '1, 2.5', '[1.0, 2.5]'",
        "word, no, no",
        "text, ' 010 ', ' 010 '",
    })
    void whatIsMeantIsRead(String name, String text, String value) {
        assertEquals(value, String.valueOf(read(name, text) instanceof Colour c ? c.name() : read(name, text)));
    }

    @ParameterizedTest
    @CsvSource({
        "whole, 3.9, whole number",
        "whole, 3.0, whole number",
        "whole, '', 'whole number, not empty'",
        "whole, ' 3', whole number",
        "whole, 1e3, whole number",
        "whole, 0x1F, whole number",
        "whole, 1_000, whole number",
        "whole, '1,000', whole number",
        "whole, ٣, whole number",
        "whole, true, whole number",
        "whole, -6, between -5 and 1000000",
        "whole, 1000001, between -5 and 1000000",
        "whole, 4294967297, between -5 and 1000000",
        "whole, 99999999999999999999, whole number",
        "seed, 9223372036854775808, too large",
        "seed, 9999999999999999999, too large",
        "share, 0, positive and at most 1",
        "share, -0.0, positive",
        "share, 1.0000001, at most 1",
        "share, NaN, a number",
        "share, Infinity, a number",
        "share, 0x1p-3, a number",
        "share, 0.5f, a number",
        "share, 0.5d, a number",
        "share, '0,5', a number",
        "share, .e1, a number",
        "share, '', a number",
        "any, 1e999, too large",
        "any, 1e99999, a number",
        "flag, yes, true or false",
        "flag, TRUE, true or false",
        "flag, '', true or false",
        "colour, green, red or dark-blue",
        "colour, dark_blue, red or dark-blue",
        "numbers, '1,', a number",
        "numbers, ',', a number",
        "numbers, '1;2', a number",
        "numbers, '1,-1', 0 or more",
        "numbers, [1], a number",
        "word, maybe, yes or no",
        "word, Yes, yes or no",
        "word, '', yes or no",
    })
    void whatIsNoneIsRefusedWithItsName(String name, String text, String words) {
        String told = assertThrows(InvalidInputException.class, () -> read(name, text))
                .getMessage();
        assertTrue(told.startsWith("--" + name) && told.contains(words), told);
    }

    @Test
    void aRefusalIsShortAndInOneLine() {
        String told = assertThrows(InvalidInputException.class, () -> read("whole", "9\n".repeat(10_000)))
                .getMessage();
        assertTrue(told.length() < 150 && told.lines().count() == 1, told);
    }

    @Property
    void everyValueComesBackFromItsText(
            @ForAll int whole,
            @ForAll long seed,
            @ForAll double any,
            @ForAll boolean flag,
            @ForAll Colour colour,
            @ForAll List<Double> numbers,
            @ForAll String text) {
        if (whole >= -5 && whole <= 1_000_000) {
            assertEquals(whole, read("whole", Value.text(whole)));
        }
        assertEquals(seed, read("seed", Value.text(seed)));
        assertEquals(any, read("any", Value.text(any)));
        assertEquals(flag, read("flag", Value.text(flag)));
        assertEquals(colour, read("colour", Value.text(colour)));
        List<Double> positive = numbers.stream().map(Math::abs).toList();
        assertEquals(positive, read("numbers", Value.text(positive)));
        assertEquals(text, read("text", Value.text(text)));
    }
}
