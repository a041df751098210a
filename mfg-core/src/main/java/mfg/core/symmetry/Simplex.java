package mfg.core.symmetry;

import java.util.Arrays;

/** The probability simplex. */
final class Simplex {

    private Simplex() {}

    /**
     * Moves a part of an array to the nearest distribution in the Euclidean norm, which brings no two points further apart (Held,
     * Wolfe and Crowder 1974).
     */
    static void project(double[] numbers, int from, int length) {
        double[] descending = Arrays.copyOfRange(numbers, from, from + length);
        Arrays.sort(descending);
        double sum = 0;
        double threshold = 0;
        for (int k = 1; k <= length; k++) {
            double next = descending[length - k];
            sum += next;
            if (next > (sum - 1) / k) {
                threshold = (sum - 1) / k;
            }
        }
        for (int k = from; k < from + length; k++) {
            numbers[k] = Math.max(0, numbers[k] - threshold);
        }
    }
}
