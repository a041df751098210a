package mfg.core;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Lengths of arrays, computed so that they cannot overflow. */
public final class Sizes {

    /** The longest array that every virtual machine can make, less what vector loops leave free in front. */
    private static final int MOST = Integer.MAX_VALUE - 32;

    private Sizes() {}

    /**
     * Multiplies the sizes of a table that is held in one array.
     *
     * @param what the sizes in words, such as {@code rounds x values x bids}
     * @param sizes at least 0 each
     * @return their product
     * @throws InvalidInputException if no array is that long
     */
    public static int product(String what, long... sizes) {
        long product = 1;
        for (long size : sizes) {
            product = Math.multiplyHigh(product, size) == 0 && product * size >= 0 ? product * size : Long.MAX_VALUE;
        }
        if (product > MOST) {
            throw new InvalidInputException("a table of %s = %s has more numbers than an array holds, which is %d"
                    .formatted(
                            what,
                            Arrays.stream(sizes).mapToObj(Long::toString).collect(Collectors.joining(" x ")),
                            MOST));
        }
        return (int) product;
    }
}
