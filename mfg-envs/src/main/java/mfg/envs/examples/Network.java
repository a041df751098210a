package mfg.envs.examples;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Roads, and who wants to go where. At a node that a road ends at, drivers choose one of the roads that begin there. A road at
 * whose end no road begins is an exit.
 *
 * @param roads the roads
 * @param trips the drivers
 * @param step the length of a round, in units of travel times
 */
record Network(List<Road> roads, List<Trip> trips, double step) {

    /**
     * A road that v vehicles pass in {@code free * (1 + slope * (v / capacity)^power)} (Bureau of Public Roads).
     *
     * @param from where it begins
     * @param to where it ends
     * @param free the travel time when it is empty
     * @param slope how much vehicles slow each other down
     * @param capacity the unit of their number
     * @param power how fast that grows
     */
    record Road(String from, String to, double free, double slope, double capacity, double power) {
        double time(double vehicles) {
            return free * (1 + slope * Math.pow(vehicles / capacity, power));
        }

        @Override
        public String toString() {
            return from + "->" + to;
        }
    }

    /**
     * Drivers on a road who want to leave by an exit.
     *
     * @param origin the number of the road on which they are, at its end
     * @param destination the number of the exit
     * @param vehicles how many they are
     */
    record Trip(int origin, int destination, double vehicles) {}

    double vehicles() {
        return trips.stream().mapToDouble(Trip::vehicles).sum();
    }

    /** The roads that begin where one ends, in order; none for an exit. */
    int[] after(int road) {
        return IntStream.range(0, roads.size())
                .filter(next -> roads.get(next).from().equals(roads.get(road).to()))
                .toArray();
    }

    /** The exits that drivers look for, in order. */
    int[] destinations() {
        return trips.stream().mapToInt(Trip::destination).distinct().toArray();
    }

    /** Braess's network as OpenSpiel has it: five vehicles, rounds of 0.05. */
    static Network braess() {
        List<Road> roads = List.of(
                new Road("O", "A", 0, 0, 5, 1),
                new Road("A", "B", 1, 1, 5, 1),
                new Road("A", "C", 2, 0, 5, 1),
                new Road("B", "C", 0.25, 0, 5, 1),
                new Road("B", "D", 2, 0, 5, 1),
                new Road("C", "D", 1, 1, 5, 1),
                new Road("D", "E", 0, 0, 5, 1));
        return new Network(roads, List.of(new Trip(0, 6, 5)), 0.05);
    }

    /**
     * Sioux Falls (LeBlanc et al. 1975) as OpenSpiel has it: 7000 vehicles from node 19 to node 1 and as many back, rounds of 0.5.
     * Every node has an exit.
     */
    static Network siouxFalls() {
        Stream<Road> exits =
                IntStream.rangeClosed(1, 24).mapToObj(node -> new Road("" + node, "after " + node, 0, 0, 1, 4));
        Stream<Road> entries = IntStream.of(19, 1).mapToObj(node -> new Road("before " + node, "" + node, 0, 0, 1, 4));
        Stream<Road> both = Arrays.stream(SIOUX_FALLS).flatMap(row -> Stream.of(street(row, 0, 1), street(row, 1, 0)));
        List<Road> roads = new ArrayList<>(both.toList());
        int streets = roads.size();
        roads.addAll(entries.toList());
        int firstExit = roads.size();
        roads.addAll(exits.toList());
        List<Trip> trips = List.of(new Trip(streets, firstExit, 7000), new Trip(streets + 1, firstExit + 18, 7000));
        return new Network(List.copyOf(roads), trips, 0.5);
    }

    private static Road street(int[] row, int from, int to) {
        return new Road("" + row[from], "" + row[to], row[2], row[3] * 1e-18, 1, 4);
    }

    /** Two nodes, the travel time between them when empty, the slope in 1e-18: the same both ways. */
    private static final int[][] SIOUX_FALLS = {
        {1, 2, 6, 2}, {1, 3, 4, 2}, {2, 6, 5, 1240}, {3, 4, 4, 6}, {3, 12, 4, 2}, {4, 5, 2, 3},
        {4, 11, 6, 1550}, {5, 6, 4, 1000}, {5, 9, 5, 75}, {6, 8, 2, 520}, {7, 8, 3, 119}, {7, 18, 2, 1},
        {8, 9, 10, 2306}, {8, 16, 5, 1156}, {9, 10, 3, 11}, {10, 11, 5, 75}, {10, 15, 6, 26}, {10, 16, 4, 1080},
        {10, 17, 8, 1929}, {11, 12, 6, 1550}, {11, 14, 4, 1061}, {12, 13, 3, 1}, {13, 24, 4, 893}, {14, 15, 5, 1085},
        {14, 23, 4, 1020}, {15, 19, 3, 10}, {15, 22, 3, 53}, {16, 17, 2, 401}, {16, 18, 3, 3}, {17, 19, 2, 553},
        {18, 20, 4, 2}, {19, 20, 4, 957}, {20, 21, 6, 1373}, {20, 22, 5, 1130}, {21, 22, 2, 401}, {21, 24, 3, 789},
        {22, 23, 4, 960}, {23, 24, 2, 451}
    };
}
