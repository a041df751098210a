package mfg.core.symmetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import mfg.core.InvalidInputException;

/**
 * Extends what is known at the distributions of K players to all distributions, with the same Lipschitz modulus in the l1 norm
 * (SYMM Def. 5, Kirszbraun and Valentine).
 */
@FunctionalInterface
public interface Extension {

    /** Any function: {@code f(x) = min over known y of f(y) + Lip |x - y|} (McShane 1934). */
    Extension MCSHANE = Extension::mcShane;

    /** A function of one coordinate (1-sparse): linear between its neighbours. */
    Extension INTERPOLATION = Extension::interpolation;

    /**
     * Extends a function.
     *
     * @param known where it is known
     * @param values its value at each point; not modified
     * @return a function of distributions, (S * A), that agrees with it there
     * @throws InvalidInputException if this way does not suit the function
     */
    ToDoubleFunction<double[]> extend(Lattice known, double[] values);

    private static ToDoubleFunction<double[]> mcShane(Lattice known, double[] values) {
        List<double[]> points = new ArrayList<>();
        for (int k = 0; k < values.length; k++) {
            points.add(known.point(k));
        }
        double modulus = modulus(points, values);
        return x -> {
            double least = Double.POSITIVE_INFINITY;
            for (int k = 0; k < values.length; k++) {
                least = Math.min(least, values[k] + modulus * distance(x, points.get(k)));
            }
            return least;
        };
    }

    private static double modulus(List<double[]> points, double[] values) {
        double modulus = 0;
        for (int k = 0; k < values.length; k++) {
            for (int j = 0; j < k; j++) {
                modulus = Math.max(modulus, Math.abs(values[k] - values[j]) / distance(points.get(k), points.get(j)));
            }
        }
        return modulus;
    }

    private static double distance(double[] x, double[] y) {
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            sum += Math.abs(x[k] - y[k]);
        }
        return sum;
    }

    private static ToDoubleFunction<double[]> interpolation(Lattice known, double[] values) {
        int pairs = known.counts().get(0).length;
        for (int pair = 0; pair < pairs; pair++) {
            double[] byCount = byCount(known, values, pair);
            if (byCount.length > 0) {
                int coordinate = pair;
                return x -> between(byCount, x[coordinate] * known.players());
            }
        }
        throw new InvalidInputException("only a function of one coordinate can be interpolated; use McShane's formula");
    }

    /** The values by how many have a pair, if nothing else matters; else nothing. */
    private static double[] byCount(Lattice known, double[] values, int pair) {
        double[] byCount = new double[known.players() + 1];
        Arrays.fill(byCount, Double.NaN);
        for (int k = 0; k < values.length; k++) {
            int count = known.counts().get(k)[pair];
            if (!Double.isNaN(byCount[count]) && Math.abs(byCount[count] - values[k]) > 1e-12) {
                return new double[0];
            }
            byCount[count] = values[k];
        }
        return byCount;
    }

    private static double between(double[] values, double at) {
        int left = Math.max(0, Math.min((int) at, values.length - 2));
        double part = at - left;
        return (1 - part) * values[left] + part * values[left + 1];
    }
}
