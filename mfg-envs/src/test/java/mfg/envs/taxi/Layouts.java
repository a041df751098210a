package mfg.envs.taxi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Random maps. */
final class Layouts {

    private static final int[][] SIDES = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};

    private Layouts() {}

    /** A map of up to a number of cells: two zones grow from the start until they would touch or fill the grid. */
    static CityLayout random(SplittableRandom random, int most) {
        int height = random.nextInt(2, 12);
        int width = random.nextInt(2, 12);
        char[][] grid = new char[height][width];
        for (char[] row : grid) {
            Arrays.fill(row, '#');
        }
        int r = random.nextInt(height);
        int c = random.nextInt(width);
        grid[r][c] = 'S';
        int[] seats = {random.nextInt(4), 0};
        seats[1] = (seats[0] + random.nextInt(1, 4)) % 4;
        for (int z = 0; z < 2; z++) {
            int row = r + SIDES[seats[z]][0];
            int column = c + SIDES[seats[z]][1];
            if (row < 0 || row >= height || column < 0 || column >= width) {
                return random(random, most);
            }
            grid[row][column] = (char) ('1' + z);
        }
        int wanted = random.nextInt(2, most + 1);
        for (int cells = 2; cells < wanted; cells++) {
            List<int[]> free = new ArrayList<>();
            for (int place = 0; place < height * width; place++) {
                for (char zone : new char[] {'1', '2'}) {
                    if (grid[place / width][place % width] == '#'
                            && touches(grid, place / width, place % width, zone)
                            && !touches(grid, place / width, place % width, (char) ('1' + '2' - zone))) {
                        free.add(new int[] {place / width, place % width, zone});
                    }
                }
            }
            if (free.isEmpty()) {
                break;
            }
            int[] chosen = free.get(random.nextInt(free.size()));
            grid[chosen[0]][chosen[1]] = (char) chosen[2];
        }
        List<String> rows = new ArrayList<>();
        for (char[] row : grid) {
            rows.add(new String(row));
        }
        return new CityLayout(String.join("/", rows));
    }

    private static boolean touches(char[][] grid, int row, int column, char zone) {
        for (int[] side : SIDES) {
            int r = row + side[0];
            int c = column + side[1];
            if (r >= 0 && r < grid.length && c >= 0 && c < grid[0].length && grid[r][c] == zone) {
                return true;
            }
        }
        return false;
    }
}
