package mfg.envs.examples;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Cells of a plan on which players move, row by row from the top. Where the plan says {@code #} or ends, there is a wall. */
final class Grid {

    private final int[][] moves;
    private final int[][] number;
    private final List<int[]> cells = new ArrayList<>();

    /**
     * Reads a plan.
     *
     * @param moves the actions, {x, y} each; one of them is {0, 0}
     * @param plan the rows
     */
    Grid(int[][] moves, String... plan) {
        this.moves = moves;
        this.number = new int[plan.length][];
        for (int y = 0; y < plan.length; y++) {
            number[y] = new int[plan[y].length()];
            for (int x = 0; x < plan[y].length(); x++) {
                boolean isWall = plan[y].charAt(x) == '#';
                number[y][x] = isWall ? -1 : cells.size();
                if (!isWall) {
                    cells.add(new int[] {x, y});
                }
            }
        }
    }

    int cells() {
        return cells.size();
    }

    /** Column and row of each cell, so many times side by side. */
    int[][] map(int times) {
        int width = Arrays.stream(number).mapToInt(row -> row.length).max().orElse(0) + 1;
        return IntStream.range(0, times * cells())
                .mapToObj(s -> new int[] {cells.get(s % cells())[0] + s / cells() * width, cells.get(s % cells())[1]})
                .toArray(int[][]::new);
    }

    int moves() {
        return moves.length;
    }

    /** The number of the cell in column x and row y, -1 for a wall. */
    int at(int x, int y) {
        return y < 0 || y >= number.length || x < 0 || x >= number[y].length ? -1 : number[y][x];
    }

    /** Where a move leads, -1 for a wall. */
    private int beyond(int cell, int move) {
        int[] here = cells.get(cell);
        return at(here[0] + moves[move][0], here[1] + moves[move][1]);
    }

    boolean isOpen(int cell, int move) {
        return beyond(cell, move) >= 0;
    }

    /** Where a move leads; a wall stops it. */
    int after(int cell, int move) {
        return isOpen(cell, move) ? beyond(cell, move) : cell;
    }

    /** So many open moves a cell has. */
    int ways(int cell) {
        return (int) IntStream.range(0, moves.length)
                .filter(move -> isOpen(cell, move))
                .count();
    }

    /**
     * Writes out the kernel of players who move and then are moved once more by noise. Populations have their cells side by side.
     *
     * @param populations how many there are
     * @param noise by cell, how likely each move is
     * @return (populations * cells * moves, populations * cells)
     */
    double[][] kernel(int populations, double[][] noise) {
        int states = populations * cells();
        double[][] kernel = new double[states * moves.length][states];
        for (int s = 0; s < states; s++) {
            int first = s / cells() * cells();
            for (int a = 0; a < moves.length; a++) {
                int moved = after(s - first, a);
                for (int b = 0; b < moves.length; b++) {
                    kernel[s * moves.length + a][first + after(moved, b)] += noise[moved][b];
                }
            }
        }
        return kernel;
    }

    /** Column and row of each cell. */
    List<String> names() {
        return cells.stream().map(cell -> "x%d y%d".formatted(cell[0], cell[1])).toList();
    }
}
