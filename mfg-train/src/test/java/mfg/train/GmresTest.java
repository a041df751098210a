package mfg.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Solutions by products alone are those of elimination, and what is reported of them is true. */
final class GmresTest {

    /** Counts products, and sees to it that their argument is what it was. */
    private static final class Products {
        private final double[][] matrix;
        private int count;

        Products(double[][] matrix) {
            this.matrix = matrix;
        }

        Gmres solve(double[] b, double tolerance, int most) {
            double[] before = b.clone();
            Gmres solution = Gmres.solve(this::times, b, tolerance, most);
            assertArrayEquals(before, b, "the right side was modified");
            assertEquals(count, solution.products());
            return solution;
        }

        private double[] times(double[] x) {
            count++;
            assertEquals(1, Problems.norm(x), 1e-12, "a direction of the basis");
            return Dense.times(matrix, x);
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void solutionsAreThoseOfElimination(@ForAll @IntRange(min = 1, max = 40) int n, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] matrix = Dense.random(n, n, random);
        for (int i = 0; i < n; i++) {
            matrix[i][i] += 2 * Math.sqrt(n);
        }
        double[] b = random.doubles(n, -3, 3).toArray();
        Gmres solution = new Products(matrix).solve(b, 1e-13, n);
        double[] expected = Dense.solve(matrix, b);
        assertArrayEquals(expected, solution.x(), 1e-10 * Problems.norm(expected));
        assertTrue(solution.residual() < 1e-12);
    }

    /** Eigenvalues from 1e-8 to 1e8: the solution may be anywhere, its residual is what it is said to be. */
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void theResidualOfIllConditionedSystemsIsTrue(@ForAll @IntRange(min = 2, max = 30) int n, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] matrix = Dense.random(n, n, random);
        for (double[] row : matrix) {
            double size = Math.pow(10, random.nextDouble(-8, 8));
            for (int j = 0; j < n; j++) {
                row[j] *= size;
            }
        }
        double[] b = random.doubles(n, -1, 1).toArray();
        for (int most : new int[] {1, 1 + n / 2, n, 3 * n}) {
            assertTrueResidual(matrix, b, new Products(matrix).solve(b, 1e-10, most));
        }
    }

    /** {@code |b - A x| / |b|}, up to rounding in {@code A x}. */
    private static void assertTrueResidual(double[][] matrix, double[] b, Gmres solution) {
        double[] rest = Dense.times(matrix, solution.x());
        double largest = 0;
        for (int i = 0; i < b.length; i++) {
            rest[i] = b[i] - rest[i];
            largest = Math.max(largest, Problems.norm(matrix[i]) * Problems.norm(solution.x()));
        }
        double rounding = 1e-13 * (1 + largest / Problems.norm(b));
        assertEquals(Problems.norm(rest) / Problems.norm(b), solution.residual(), rounding);
        assertTrue(solution.residual() <= 1 + 1e-12);
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void eachEigenvalueThatStandsApartCostsOneProduct(
            @ForAll @IntRange(min = 0, max = 6) int rank,
            @ForAll @IntRange(min = 8, max = 60) int n,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] left = Dense.random(n, rank, random);
        double[][] right = Dense.random(rank, n, random);
        double[][] matrix = new double[n][];
        for (int i = 0; i < n; i++) {
            matrix[i] = new double[n];
            for (int j = 0; j < n; j++) {
                matrix[i][j] = i == j ? 1 : 0;
                for (int r = 0; r < rank; r++) {
                    matrix[i][j] += left[i][r] * right[r][j] * Math.pow(4, r);
                }
            }
        }
        double[] b = random.doubles(n, -1, 1).toArray();
        Gmres solution = new Products(matrix).solve(b, 1e-8, n);
        assertTrue(solution.products() <= rank + 1, solution.products() + " products for a rank of " + rank);
        assertTrue(solution.residual() <= 1e-8, "residual " + solution.residual());
    }

    @Test
    void zerosNeedNoProduct() {
        Gmres solution = new Products(new double[][] {{2, 1}, {0, 3}}).solve(new double[2], 1e-10, 5);
        assertArrayEquals(new double[2], solution.x());
        assertEquals(0, solution.residual());
        assertEquals(0, solution.products());
    }

    /** What lies in the range is solved, what does not is left and told. */
    @Test
    void singularSystemsAreSolvedAsFarAsTheyCanBe() {
        double[][] flat = {{2, 0, 0}, {0, 5, 0}, {0, 0, 0}};
        Gmres within = new Products(flat).solve(new double[] {2, 5, 0}, 1e-12, 9);
        assertArrayEquals(new double[] {1, 1, 0}, within.x(), 1e-12);
        Gmres beyond = new Products(flat).solve(new double[] {2, 5, 3}, 1e-12, 9);
        assertTrue(Problems.norm(beyond.x()) < 1e3, "a solution of size " + Problems.norm(beyond.x()));
        assertEquals(3 / Math.sqrt(38), beyond.residual(), 1e-9);
        assertTrueResidual(flat, new double[] {2, 5, 3}, beyond);

        Gmres nothing = new Products(new double[2][2]).solve(new double[] {1, 2}, 1e-12, 9);
        assertArrayEquals(new double[2], nothing.x());
        assertEquals(1, nothing.residual());

        // turns everything by a quarter: the first product brings nothing
        double[][] turn = {{0, -1}, {1, 0}};
        Gmres first = new Products(turn).solve(new double[] {1, 0}, 1e-12, 1);
        assertArrayEquals(new double[2], first.x(), 1e-15);
        assertEquals(1, first.residual(), 1e-15);
        Gmres second = new Products(turn).solve(new double[] {1, 0}, 1e-12, 2);
        assertArrayEquals(new double[] {0, -1}, second.x(), 1e-15);
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void singularSystemsOfAnyKindAreToldTruly(@ForAll @IntRange(min = 2, max = 20) int n, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] matrix = Dense.random(n, n, random);
        for (int i = 0; i < n; i++) {
            matrix[i][0] = 0; // the first number of x does not matter
            for (int j = 1; j < n; j++) {
                matrix[i][0] += matrix[i][j] / n;
            }
        }
        double[] b = random.doubles(n, -1, 1).toArray();
        assertTrueResidual(matrix, b, new Products(matrix).solve(b, 1e-10, 2 * n));
    }

    @Test
    void numbersThatAreNoneAreNoSolution() {
        double[][] broken = {{1, Double.NaN}, {0, 1}};
        assertTrue(!(new Products(broken).solve(new double[] {1, 1}, 1e-10, 5).residual() < 1));
        assertTrue(!(Gmres.solve(x -> x.clone(), new double[] {1, Double.NaN}, 1e-10, 5)
                        .residual()
                < 1));
    }
}
