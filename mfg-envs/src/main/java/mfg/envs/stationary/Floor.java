package mfg.envs.stationary;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Cells of a square, row by row from the bottom, as games of Bench-MFG have them. Actions are up, right, down, left and stay. Nobody gets
 * out of the square or onto an obstacle; but obstacles are states too, in which players may start.
 *
 * @param side cells a row and a column
 * @param obstacles by cell
 */
record Floor(int side, boolean[] obstacles) {

    static final List<String> ACTIONS = List.of("up", "right", "down", "left", "stay");

    private static final int[][] MOVES = {{0, 1}, {1, 0}, {0, -1}, {-1, 0}, {0, 0}};

    /** A floor without obstacles. */
    Floor(int side) {
        this(side, new boolean[side * side]);
    }

    int cells() {
        return side * side;
    }

    int actions() {
        return MOVES.length;
    }

    /** Which cell an action and a noise lead to, both at once; the same cell where they lead out or onto an obstacle. */
    private int after(int cell, int action, int noise) {
        int x = cell % side + MOVES[action][0] + MOVES[noise][0];
        int y = cell / side + MOVES[action][1] + MOVES[noise][1];
        boolean isOpen = x >= 0 && x < side && y >= 0 && y < side && !obstacles[y * side + x];
        return isOpen ? y * side + x : cell;
    }

    /**
     * Writes out the kernel of players who are moved by their action and by noise.
     *
     * @param noise how likely each move is
     * @return (cells * 5, cells)
     */
    double[][] kernel(double... noise) {
        double[][] kernel = new double[cells() * actions()][cells()];
        for (int row = 0; row < kernel.length; row++) {
            for (int e = 0; e < noise.length; e++) {
                kernel[row][after(row / actions(), row % actions(), e)] += noise[e];
            }
        }
        return kernel;
    }

    /**
     * Writes out a reward: what moving costs.
     *
     * @return (cells, 5)
     */
    double[][] cost(double movement) {
        double[] row = {-movement, -movement, -movement, -movement, 0};
        return IntStream.range(0, cells()).mapToObj(cell -> row.clone()).toArray(double[][]::new);
    }

    /** Column and row of each cell. */
    List<String> names() {
        return IntStream.range(0, cells())
                .mapToObj(cell -> "x%d y%d".formatted(cell % side, cell / side))
                .toList();
    }
}
