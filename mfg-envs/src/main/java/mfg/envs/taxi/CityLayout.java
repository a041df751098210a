package mfg.envs.taxi;

import java.util.ArrayDeque;
import java.util.Arrays;
import mfg.core.InvalidInputException;

/**
 * The map of a city: walls, one start, and two zones which are left no more once entered. Cells of zones are numbered row by row, 0
 * .. Z-1; the start is cell Z. Whoever drives into a wall, over the border or back into the start stays where it is.
 */
public final class CityLayout {

    /** Three rows of zone 1, walls with the start between them, three rows of zone 2. */
    public static final String DEFAULT = "111/111/111/#S#/222/222/222";

    /** Actions: up. */
    public static final int UP = 0;

    /** Actions: down. */
    public static final int DOWN = 1;

    /** Actions: left. */
    public static final int LEFT = 2;

    /** Actions: right. */
    public static final int RIGHT = 3;

    /** Actions: wait, which picks up and delivers. */
    public static final int WAIT = 4;

    /** How many actions there are. */
    public static final int ACTIONS = 5;

    private static final int MOST_CELLS = Long.SIZE; // a customer is a bit
    private static final int LONGEST_SIDE = 64;
    private static final int[] ROW_STEPS = {-1, 1, 0, 0, 0};
    private static final int[] COLUMN_STEPS = {0, 0, -1, 1, 0};
    private static final int NO_CELL = -1;

    private final String[] rows;

    /** The row and the column of each cell, (Z + 1). */
    private final int[] row;

    private final int[] column;

    /** 1 or 2, and 0 for the start, (Z + 1). */
    private final byte[] zone;

    /** Where an action leads if nothing is in the way, (Z + 1, A). */
    private final byte[] next;

    /**
     * Reads a map.
     *
     * @param text rows from the top, each ended by {@code /} but the last: {@code #} a wall, {@code S} the start, {@code 1} and {@code
     *     2} cells of the zones
     * @throws InvalidInputException if it is no map, or one on which a zone is in pieces, out of reach or open to the other
     */
    public CityLayout(String text) {
        this.rows = text.split("/", -1);
        checkRows();
        int cells = (int) text.chars().filter(c -> c == '1' || c == '2').count();
        if (cells > MOST_CELLS) {
            throw new InvalidInputException(
                    "the zones of a city have at most %d cells, not %d".formatted(MOST_CELLS, cells));
        }
        this.row = new int[cells + 1];
        this.column = new int[cells + 1];
        this.zone = new byte[cells + 1];
        this.next = new byte[(cells + 1) * ACTIONS];
        int[] numbers = number();
        for (int cell = 0; cell <= cells; cell++) {
            for (int action = 0; action < ACTIONS; action++) {
                next[cell * ACTIONS + action] = (byte) neighbour(numbers, cell, action);
            }
        }
        checkZone(1);
        checkZone(2);
    }

    private void checkRows() {
        int starts = 0;
        for (int r = 0; r < rows.length; r++) {
            if (rows.length > LONGEST_SIDE || rows[r].length() > LONGEST_SIDE) {
                throw new InvalidInputException("a city has at most %d rows and columns".formatted(LONGEST_SIDE));
            }
            if (rows[r].length() != rows[0].length()) {
                throw new InvalidInputException("the rows of a city are equally long; row 1 has %d cells, row %d has %d"
                        .formatted(rows[0].length(), r + 1, rows[r].length()));
            }
            for (char c : rows[r].toCharArray()) {
                if ("#S12".indexOf(c) < 0) {
                    throw new InvalidInputException(
                            "a city consists of #, S, 1 and 2; row %d has '%s'".formatted(r + 1, c));
                }
                starts += c == 'S' ? 1 : 0;
            }
        }
        if (starts != 1) {
            throw new InvalidInputException("a city has exactly one start S, not " + starts);
        }
    }

    /** Numbers the cells, and returns the number at each place, row by row. */
    private int[] number() {
        int[] numbers = new int[height() * width()];
        Arrays.fill(numbers, NO_CELL);
        int cell = 0;
        for (int place = 0; place < numbers.length; place++) {
            char c = rows[place / width()].charAt(place % width());
            if (c != '#') {
                int number = c == 'S' ? cells() : cell++;
                numbers[place] = number;
                row[number] = place / width();
                column[number] = place % width();
                zone[number] = (byte) (c == 'S' ? 0 : c - '0');
            }
        }
        return numbers;
    }

    private int neighbour(int[] numbers, int cell, int action) {
        int r = row[cell] + ROW_STEPS[action];
        int c = column[cell] + COLUMN_STEPS[action];
        if (r < 0 || r >= height() || c < 0 || c >= width()) {
            return cell;
        }
        int to = numbers[r * width() + c];
        return to == NO_CELL || to == start() ? cell : to;
    }

    private void checkZone(int which) {
        int[] far = distances(next(start(), leave(which)));
        for (int cell = 0; cell < cells(); cell++) {
            if ((far[cell] >= 0) != (zone(cell) == which)) {
                throw new InvalidInputException(
                        "%s leads from the start through zone %d to row %d, column %d of the city"
                                .formatted(
                                        zone(cell) == which ? "no way" : "a way",
                                        which,
                                        row(cell) + 1,
                                        column(cell) + 1));
            }
        }
    }

    /**
     * Returns how far all cells are.
     *
     * @param from a cell of a zone
     * @return the least number of moves to each cell, -1 for cells that cannot be reached, (Z)
     */
    int[] distances(int from) {
        int[] far = new int[cells()];
        Arrays.fill(far, -1);
        far[from] = 0;
        ArrayDeque<Integer> open = new ArrayDeque<>();
        for (Integer cell = from; cell != null; cell = open.poll()) {
            for (int action = 0; action < ACTIONS; action++) {
                int to = next(cell, action);
                if (far[to] < 0) {
                    far[to] = far[cell] + 1;
                    open.add(to);
                }
            }
        }
        return far;
    }

    /**
     * Returns how many cells the zones have.
     *
     * @return Z
     */
    public int cells() {
        return zone.length - 1;
    }

    /**
     * Returns where everybody starts.
     *
     * @return cell Z
     */
    public int start() {
        return cells();
    }

    /**
     * Returns where an action leads if there is no jam.
     *
     * @param cell from 0 to Z
     * @param action from 0 to 4
     * @return a cell
     */
    public int next(int cell, int action) {
        return next[cell * ACTIONS + action];
    }

    /**
     * Returns how to leave the start.
     *
     * @param which zone 1 or 2
     * @return the first action that leads there
     * @throws InvalidInputException if none does
     */
    public int leave(int which) {
        for (int action = 0; action < ACTIONS; action++) {
            if (zone(next(start(), action)) == which) {
                return action;
            }
        }
        throw new InvalidInputException("no cell of zone %d is next to the start".formatted(which));
    }

    /**
     * Returns the zone of a cell.
     *
     * @param cell from 0 to Z
     * @return 1 or 2, and 0 for the start
     */
    public int zone(int cell) {
        return zone[cell];
    }

    /**
     * Returns the number of rows.
     *
     * @return at least 1
     */
    public int height() {
        return rows.length;
    }

    /**
     * Returns the number of columns.
     *
     * @return at least 1
     */
    public int width() {
        return rows[0].length();
    }

    /**
     * Returns the row of a cell.
     *
     * @param cell from 0 to Z
     * @return from 0, at the top
     */
    public int row(int cell) {
        return row[cell];
    }

    /**
     * Returns the column of a cell.
     *
     * @param cell from 0 to Z
     * @return from 0, at the left
     */
    public int column(int cell) {
        return column[cell];
    }

    @Override
    public String toString() {
        return String.join("/", rows);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CityLayout layout && Arrays.equals(rows, layout.rows);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(rows);
    }
}
