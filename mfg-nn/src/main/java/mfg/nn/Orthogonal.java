package mfg.nn;

import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;

/** Random matrices with orthogonal rows, or columns where these are fewer (Saxe et al. 2014). */
final class Orthogonal {

    private Orthogonal() {}

    /**
     * Draws K matrices, uniform over all that are orthogonal (Gram and Schmidt, applied to normal numbers).
     *
     * @param shape (K, rows, columns)
     * @param gain the length of each row, or column
     * @param random the source
     * @return the entries, last axis fastest
     */
    static double[] draw(Shape shape, double gain, SplittableRandom random) {
        int rows = (int) shape.get(1);
        int columns = (int) shape.get(2);
        double[] all = new double[(int) shape.size()];
        for (int at = 0; at < all.length; at += rows * columns) {
            boolean wide = rows <= columns;
            double[][] vectors = vectors(wide ? rows : columns, wide ? columns : rows, random);
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    all[at + i * columns + j] = gain * (wide ? vectors[i][j] : vectors[j][i]);
                }
            }
        }
        return all;
    }

    private static double[][] vectors(int count, int length, SplittableRandom random) {
        double[][] vectors = new double[count][length];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < length; j++) {
                vectors[i][j] = random.nextGaussian();
            }
            for (int before = 0; before < i; before++) {
                add(vectors[i], -dot(vectors[i], vectors[before]), vectors[before]);
            }
            double norm = Math.sqrt(dot(vectors[i], vectors[i]));
            for (int j = 0; j < length; j++) {
                vectors[i][j] /= norm;
            }
        }
        return vectors;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int j = 0; j < x.length; j++) {
            sum += x[j] * y[j];
        }
        return sum;
    }

    private static void add(double[] x, double factor, double[] y) {
        for (int j = 0; j < x.length; j++) {
            x[j] += factor * y[j];
        }
    }
}
