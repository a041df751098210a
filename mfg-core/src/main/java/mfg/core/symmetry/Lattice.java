package mfg.core.symmetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mfg.core.InvalidInputException;

/**
 * All distributions of K players over some pairs: the points of the simplex whose coordinates are multiples of {@code 1/K}.
 *
 * @param players K, at least 1
 * @param counts how many have each pair, for each point
 */
public record Lattice(int players, List<int[]> counts) {

    private static final int MOST_POINTS = 1_000_000;

    /**
     * Lists the points.
     *
     * @param players K
     * @param pairs the number of coordinates
     * @return the lattice
     * @throws InvalidInputException if there are more than a million
     */
    public static Lattice of(int players, int pairs) {
        double points = 1;
        for (int k = 1; k < pairs; k++) {
            points *= (double) (players + k) / k;
        }
        if (points > MOST_POINTS) {
            throw new InvalidInputException(
                    "%d players on %d pairs have too many distributions to list all of them".formatted(players, pairs));
        }
        List<int[]> counts = new ArrayList<>();
        fill(new int[pairs], 0, players, counts);
        return new Lattice(players, counts);
    }

    private static void fill(int[] point, int pair, int left, List<int[]> counts) {
        if (pair == point.length - 1) {
            point[pair] = left;
            counts.add(point.clone());
            return;
        }
        for (int k = 0; k <= left; k++) {
            point[pair] = k;
            fill(point, pair + 1, left - k, counts);
        }
    }

    /**
     * Returns a point as a distribution.
     *
     * @param index which
     * @return its coordinates, a new array
     */
    public double[] point(int index) {
        return Arrays.stream(counts.get(index))
                .mapToDouble(k -> (double) k / players)
                .toArray();
    }
}
