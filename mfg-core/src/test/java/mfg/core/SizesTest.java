package mfg.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import mfg.core.kernel.Kernels;
import mfg.core.kernel.Table;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SizesTest {

    @Property
    void aProductIsExactOrRefused(@ForAll @Size(max = 5) List<@LongRange(min = 0, max = 5_000_000_000L) Long> factors) {
        long[] sizes = factors.stream().mapToLong(size -> size).toArray();
        BigInteger product =
                Arrays.stream(sizes).mapToObj(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
        if (product.compareTo(BigInteger.valueOf(Integer.MAX_VALUE - 32)) <= 0) {
            assertEquals(product.intValueExact(), Sizes.product("a x b", sizes));
        } else {
            assertThrows(InvalidInputException.class, () -> Sizes.product("a x b", sizes));
        }
    }

    @Test
    void theSentenceNamesTheSizes() {
        assertEquals(
                "a table of rounds x values x bids = 600 x 2001 x 2000 has more numbers than an array holds, which is"
                        + " 2147483615",
                assertThrows(
                                InvalidInputException.class,
                                () -> Sizes.product("rounds x values x bids", 600, 2001, 2000))
                        .getMessage());
        assertEquals(Integer.MAX_VALUE - 32, Sizes.product("n", Integer.MAX_VALUE - 32));
        assertEquals(0, Sizes.product("a x b x c", Long.MAX_VALUE, Long.MAX_VALUE, 0));
    }

    @Test
    void gamesAndTablesThatNoArrayHoldsAreRefused() {
        String game = assertThrows(InvalidInputException.class, () -> new GameShape(600, 2001, 2000))
                .getMessage();
        assertTrue(game.contains("600 x 2001 x 2000"), game);
        for (Kernels<?> kernels : Kernels.allFloats()) {
            assertThrows(InvalidInputException.class, () -> kernels.table(50_000, 50_000));
        }
        assertEquals(1_600_000_000, new Table(40_000, 40_000, 1).size());
    }
}
