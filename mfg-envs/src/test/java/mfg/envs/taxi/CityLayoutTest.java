package mfg.envs.taxi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import mfg.core.InvalidInputException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CityLayoutTest {

    private final CityLayout city = new CityLayout(CityLayout.DEFAULT);

    @Test
    void thePapersCity() {
        assertEquals(18, city.cells());
        assertEquals(7, city.height());
        assertEquals(3, city.width());
        assertEquals(7, city.next(city.start(), CityLayout.UP));
        assertEquals(10, city.next(city.start(), CityLayout.DOWN));
        assertEquals(city.start(), city.next(city.start(), CityLayout.LEFT), "a wall");
        assertEquals(7, city.next(7, CityLayout.DOWN), "nobody goes back to the start");
        assertEquals(8, city.next(8, CityLayout.DOWN), "a wall");
        assertEquals(0, city.next(0, CityLayout.UP), "the border");
        assertEquals(5, city.next(4, CityLayout.RIGHT));
        assertEquals(3, city.next(4, CityLayout.LEFT));
        assertEquals(4, city.next(4, CityLayout.WAIT));
        assertEquals(1, city.zone(8));
        assertEquals(2, city.zone(9));
        assertEquals(0, city.zone(city.start()));
        assertEquals(3, city.row(city.start()));
        assertEquals(1, city.column(city.start()));
        assertEquals(CityLayout.DEFAULT, city.toString());
    }

    /** Moves go one place or none, and back again but to the start. */
    @Property(tries = 100)
    void streetsGoBothWays(@ForAll long seed) {
        CityLayout layout = Layouts.random(new SplittableRandom(seed), 64);
        int[] back = {CityLayout.DOWN, CityLayout.UP, CityLayout.RIGHT, CityLayout.LEFT, CityLayout.WAIT};
        for (int s = 0; s <= layout.cells(); s++) {
            for (int action = 0; action < CityLayout.ACTIONS; action++) {
                int to = layout.next(s, action);
                int moved = Math.abs(layout.row(to) - layout.row(s)) + Math.abs(layout.column(to) - layout.column(s));
                assertEquals(to == s ? 0 : 1, moved);
                int again = layout.next(to, back[action]);
                assertTrue(to == s || again == (s == layout.start() ? to : s));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1S2/12      | the rows of a city are equally long; row 1 has 3 cells, row 2 has 2",
                "1S3         | a city consists of #, S, 1 and 2; row 1 has '3'",
                "1#2         | a city has exactly one start S, not 0",
                "1S2/#S#     | a city has exactly one start S, not 2",
                "1S#         | no cell of zone 2 is next to the start",
                "1S#/##2     | no cell of zone 2 is next to the start",
                "1S2/12#     | a way leads from the start through zone 1 to row 2, column 2 of the city",
                "1S2/##2/1#2 | no way leads from the start through zone 1 to row 3, column 1 of the city",
                "#1S1/##2#   | no way leads from the start through zone 1 to row 1, column 4 of the city",
                "''          | a city has exactly one start S, not 0",
            })
    void whatIsNoCityIsRefused(String text, String sentence) {
        assertEquals(
                sentence,
                assertThrows(InvalidInputException.class, () -> new CityLayout(text))
                        .getMessage());
    }

    @Test
    void largeCitiesAreRefused() {
        new CityLayout("1".repeat(32) + "S" + "2".repeat(31));
        for (String large :
                new String[] {"1".repeat(30) + "S" + "2".repeat(34), "/".repeat(1 << 20), "1S2/".repeat(20) + "1S2"}) {
            assertThrows(InvalidInputException.class, () -> new CityLayout(large));
        }
        String tall = "1S2" + "/1#2".repeat(32);
        assertEquals(
                "the zones of a city have at most 64 cells, not 66",
                assertThrows(InvalidInputException.class, () -> new CityLayout(tall))
                        .getMessage());
    }
}
