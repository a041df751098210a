package mfg.envs.examples;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import mfg.envs.examples.Network.Road;

/**
 * The states of drivers: for each destination and each place those with w = 0, 1, ... rounds to wait, side by side. Places are the
 * roads without the exits, and at last that one is away, where there is nothing to wait for.
 */
final class Journeys {

    /** One state. */
    record State(int destination, int place, int left) {}

    private static final Road AWAY = new Road("", "", 0, 0, 1, 1);

    private final Network network;
    private final int[] destinations;
    private final int[] roads;
    private final int[] longest;
    private final int[][] next;
    private final List<State> states = new ArrayList<>();
    private final int[] first;

    /**
     * Lays out the states.
     *
     * @param network where they drive
     * @param rounds the horizon H: longer waits than H - 1 are the same, as nobody lives to see their end
     */
    Journeys(Network network, int rounds) {
        this.network = network;
        this.destinations = network.destinations();
        this.roads = IntStream.range(0, network.roads().size())
                .filter(road -> !isExit(road))
                .toArray();
        this.next = Arrays.stream(roads).mapToObj(network::after).toArray(int[][]::new);
        this.longest = new int[places()];
        for (int place = 0; place < away(); place++) {
            double time = road(place).time(network.vehicles());
            longest[place] = (int) Math.min(Math.max(0, Math.floor(time / network.step()) - 1), rounds - 1);
        }
        this.first = new int[destinations.length * places()];
        for (int d = 0; d < destinations.length; d++) {
            for (int place = 0; place < places(); place++) {
                first[d * places() + place] = states.size();
                for (int wait = 0; wait <= longest[place]; wait++) {
                    states.add(new State(d, place, wait));
                }
            }
        }
    }

    List<State> states() {
        return states;
    }

    int destinations() {
        return destinations.length;
    }

    int places() {
        return roads.length + 1;
    }

    private int away() {
        return roads.length;
    }

    /** The road that is a place; away there is no travelling. */
    Road road(int place) {
        return isAway(place) ? AWAY : network.roads().get(roads[place]);
    }

    boolean isAway(int place) {
        return place == away();
    }

    /** The longest wait at a place. */
    int longest(int place) {
        return longest[place];
    }

    /** One more than the longest wait anywhere. */
    int waits() {
        return Arrays.stream(longest).max().orElse(0) + 1;
    }

    /** The number of a destination and a place. */
    int pair(State state) {
        return state.destination() * places() + state.place();
    }

    /** The most roads among which to choose. */
    int actions() {
        return Arrays.stream(next).mapToInt(roads -> roads.length).max().orElse(1);
    }

    /** So many of the actions are legal. */
    int legal(State state) {
        return state.left() > 0 || isAway(state.place()) ? 1 : next[state.place()].length;
    }

    /** The road that is taken; an action that is not legal is action 0. */
    private int taken(int place, int action) {
        return next[place][action < next[place].length ? action : 0];
    }

    /** The place after one, once there is nothing to wait for. */
    private int after(int place, int action) {
        if (isAway(place) || isExit(taken(place, action))) {
            return away();
        }
        return Arrays.binarySearch(roads, taken(place, action));
    }

    private boolean isLeaving(State state, int action) {
        return state.left() == 0 && !isAway(state.place()) && isExit(taken(state.place(), action));
    }

    /** Whether an action leads to where one wants to go. */
    boolean isArriving(State state, int action) {
        return isLeaving(state, action) && taken(state.place(), action) == destinations[state.destination()];
    }

    /** Whether an action leads away elsewhere. */
    boolean isAstray(State state, int action) {
        return isLeaving(state, action) && !isArriving(state, action);
    }

    private boolean isExit(int road) {
        return network.after(road).length == 0;
    }

    /** {@code mu0}: drivers at the ends of the roads on which they are. */
    double[] start() {
        double[] start = new double[states.size()];
        for (Network.Trip trip : network.trips()) {
            int d = IntStream.range(0, destinations.length)
                    .filter(i -> destinations[i] == trip.destination())
                    .findFirst()
                    .orElseThrow();
            start[first[d * places() + Arrays.binarySearch(roads, trip.origin())]] +=
                    trip.vehicles() / network.vehicles();
        }
        return start;
    }

    /** For each state that with one round more to wait, or the number of states where there is none. */
    int[] later() {
        return IntStream.range(0, states.size())
                .map(s -> states.get(s).left() < longest[states.get(s).place()] ? s + 1 : states.size())
                .toArray();
    }

    /** For each pair the entries of the state without a wait among those of all states and actions. */
    int[] choices() {
        return Arrays.stream(first)
                .flatMap(s -> IntStream.range(0, actions()).map(a -> s * actions() + a))
                .toArray();
    }

    /** For each place and action a row: 1 at the place to which it leads, else 0. */
    double[][] joins() {
        double[][] joins = new double[places() * actions()][places()];
        for (int row = 0; row < joins.length; row++) {
            joins[row][after(row / actions(), row % actions())] = 1;
        }
        return joins;
    }

    /** For each pair the states with w = 0, 1, ..., or the number of states where there is none. */
    int[] grid() {
        int[] grid = new int[first.length * waits()];
        Arrays.fill(grid, states.size());
        for (int s = 0; s < states.size(); s++) {
            grid[pair(states.get(s)) * waits() + states.get(s).left()] = s;
        }
        return grid;
    }

    /** For each state and action the next state, or the number of states plus that of the pair that is entered. */
    int[] ahead() {
        int[] ahead = new int[states.size() * actions()];
        for (int i = 0; i < ahead.length; i++) {
            int s = i / actions();
            State state = states.get(s);
            ahead[i] = state.left() > 0
                    ? s - 1
                    : states.size() + state.destination() * places() + after(state.place(), i % actions());
        }
        return ahead;
    }

    /** As people read it. */
    String name(State state) {
        String destination =
                network.roads().get(destinations[state.destination()]).toString();
        String to = destinations.length > 1 ? " to " + destination : "";
        if (isAway(state.place())) {
            return "away" + to;
        }
        return road(state.place()) + to + (state.left() > 0 ? " in " + state.left() : "");
    }
}
