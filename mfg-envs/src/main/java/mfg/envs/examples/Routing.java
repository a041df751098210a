package mfg.envs.examples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import com.google.auto.service.AutoService;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import mfg.core.Constants;
import mfg.core.GameShape;
import mfg.core.MeanFieldGame;
import mfg.core.Round;
import mfg.core.Tensors;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;
import mfg.core.catalogue.SolvableGame;
import mfg.envs.examples.Journeys.State;
import mfg.envs.examples.Network.Road;
import org.jspecify.annotations.Nullable;

/**
 * Drivers choose their ways through a network whose roads slow down with the traffic on them (Cabannes et al. 2021, as OpenSpiel's
 * {@code dynamic_routing}). A state is a destination, a road and the rounds w to wait there, or that one is away. Who waits goes on
 * waiting, {@code w <- w - 1}; action 0 alone is legal. Who has {@code w = 0} takes road a of those that begin where this one ends,
 * and waits there {@code max(0, floor(T(v) / step) - 1)} rounds, with the travel time {@code T(v) = free (1 + slope (v /
 * capacity)^power)} and the vehicles v that are on it after this round's moves, those who enter included. Who takes an exit is away:
 * in round h by the exit sought this earns {@code -step h}, by another one {@code -step (H + 1)}, which is also earned by those who
 * have not left in the last round.
 */
public final class Routing implements MeanFieldGame<Routing.Traffic> {

    private final GameShape shape;
    private final double[] start;
    private final Ways ways;
    private final Speeds speeds;
    private final Rewards rewards;
    private final NDArray forbidden;

    private Routing(Constants constants, Network network, int rounds) {
        Journeys journeys = new Journeys(network, rounds);
        this.shape = new GameShape(rounds, journeys.states().size(), journeys.actions());
        this.start = journeys.start();
        this.ways = Ways.of(constants, journeys);
        this.speeds = Speeds.of(constants, journeys, network);
        this.rewards = Rewards.of(constants, journeys, -network.step(), rounds);
        this.forbidden = table(constants, journeys, (state, a) -> a < journeys.legal(state) ? 0 : NEVER);
    }

    /**
     * Creates Braess's network: A->B and C->D slow down, A->C and B->D do not, and B->C is a short cut between them. Five vehicles,
     * rounds of 0.05.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon; 100 in the source
     * @return the game
     */
    public static Routing braess(Constants constants, int rounds) {
        return new Routing(constants, Network.braess(), rounds);
    }

    /**
     * Creates Sioux Falls with 24 nodes and 76 roads, each node with an exit: 7000 vehicles from node 1 to node 19, 7000 back,
     * rounds of 0.5.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon; 81 in the source
     * @return the game
     */
    public static Routing siouxFalls(Constants constants, int rounds) {
        return new Routing(constants, Network.siouxFalls(), rounds);
    }

    private static NDArray table(Constants constants, Journeys journeys, ToDoubleBiFunction<State, Integer> entry) {
        return constants.matrix(journeys.states().stream()
                .map(state -> IntStream.range(0, journeys.actions())
                        .mapToDouble(a -> entry.applyAsDouble(state, a))
                        .toArray())
                .toArray(double[][]::new));
    }

    @Override
    public GameShape shape() {
        return shape;
    }

    @Override
    public double[] initialStates() {
        return start.clone();
    }

    @Override
    public NDArray legal(NDArray values) {
        return values.add(forbidden);
    }

    @Override
    public Traffic round(int h, NDArray flow, @Nullable Traffic previous, NDList theta) {
        NDArray waiting = padded(flow.sum(new int[] {1})).take(ways.later);
        NDArray entering = flow.flatten()
                .take(ways.choices)
                .reshape(ways.destinations, ways.joins.getShape().get(0))
                .matMul(ways.joins);
        NDArray still = padded(waiting).take(ways.grid).reshape(ways.destinations, ways.places, ways.waits);
        NDArray on = still.sum(new int[] {0, 2}).add(entering.sum(new int[] {0}));
        NDArray joined = speeds.waits(on).take(ways.place).eq(ways.left).toType(flow.getDataType(), false);
        NDArray next = entering.flatten().take(ways.pair).mul(joined).add(waiting);
        return new Traffic(ways, rewards.of(h, shape.rounds(), flow), joined, next);
    }

    /** With one 0 more at the end, for what does not exist. */
    private static NDArray padded(NDArray vector) {
        return vector.concat(vector.getManager().zeros(new Shape(1), vector.getDataType()));
    }

    /** What happens in a round. */
    public static final class Traffic implements Round {

        private final Ways ways;
        private final NDArray reward;
        private final NDArray joined;
        private final NDArray next;

        /** Of those who enter a road now, all come to one of its states: joined is 1 there and else 0, (S). */
        private Traffic(Ways ways, NDArray reward, NDArray joined, NDArray next) {
            this.ways = ways;
            this.reward = reward;
            this.joined = joined;
            this.next = next;
        }

        @Override
        public NDArray reward() {
            return reward;
        }

        @Override
        public NDArray next() {
            return next;
        }

        @Override
        public NDArray continuation(NDArray value) {
            NDArray entered = padded(joined.mul(value))
                    .take(ways.grid)
                    .reshape((long) ways.destinations * ways.places, ways.waits)
                    .sum(new int[] {1});
            return value.concat(entered).take(ways.ahead).reshape(reward.getShape());
        }
    }

    /**
     * The tables of {@link Journeys}. A pair is a destination and a place; S is the place of a {@link #padded} zero.
     *
     * @param later for each state that with one round more to wait, else S, (S)
     * @param choices for each pair the entries of its row with w = 0 in a flow, (pairs * A)
     * @param joins 1 where an action at a place leads to a place, (places * A, places)
     * @param grid for each pair and w its state, else S, (pairs * waits)
     * @param pair that of each state, (S)
     * @param place that of each state, (S)
     * @param left the rounds to wait of each state, (S)
     * @param ahead for each state and action the next state, or S plus the pair that is entered, (S * A)
     */
    private record Ways(
            int destinations,
            int places,
            int waits,
            NDArray later,
            NDArray choices,
            NDArray joins,
            NDArray grid,
            NDArray pair,
            NDArray place,
            NDArray left,
            NDArray ahead) {

        static Ways of(Constants constants, Journeys journeys) {
            List<State> states = journeys.states();
            return new Ways(
                    journeys.destinations(),
                    journeys.places(),
                    journeys.waits(),
                    constants.places(journeys.later()),
                    constants.places(journeys.choices()),
                    constants.matrix(journeys.joins()),
                    constants.places(journeys.grid()),
                    constants.places(states.stream().mapToInt(journeys::pair).toArray()),
                    constants.places(states.stream().mapToInt(State::place).toArray()),
                    constants.vector(states.stream().mapToDouble(State::left).toArray()),
                    constants.places(journeys.ahead()));
        }
    }

    /** What travel times are made of, (places) each. */
    private record Speeds(
            NDArray vehicles,
            NDArray capacity,
            NDArray power,
            NDArray slope,
            NDArray free,
            NDArray step,
            NDArray longest) {

        static Speeds of(Constants constants, Journeys journeys, Network network) {
            double[] longest = IntStream.range(0, journeys.places())
                    .mapToDouble(journeys::longest)
                    .toArray();
            return new Speeds(
                    constants.vector(network.vehicles()),
                    each(constants, journeys, Road::capacity),
                    each(constants, journeys, Road::power),
                    each(constants, journeys, Road::slope),
                    each(constants, journeys, Road::free),
                    constants.vector(network.step()),
                    constants.vector(longest));
        }

        private static NDArray each(Constants constants, Journeys journeys, ToDoubleFunction<Road> number) {
            return constants.vector(IntStream.range(0, journeys.places())
                    .mapToObj(journeys::road)
                    .mapToDouble(number)
                    .toArray());
        }

        /** How long those wait who enter now. */
        NDArray waits(NDArray on) {
            NDArray congestion = on.mul(vehicles).div(capacity).pow(power).mul(slope);
            NDArray time = congestion.add(1).mul(free);
            return Activation.relu(time.div(step).floor().sub(1)).minimum(longest);
        }
    }

    /** {@code exit h + astray}, and {@code exit h + late} in the last round, (S, A) each. */
    private record Rewards(NDArray exit, NDArray astray, NDArray late) {

        static Rewards of(Constants constants, Journeys journeys, double exit, int rounds) {
            double never = exit * (rounds + 1);
            return new Rewards(
                    table(constants, journeys, (state, a) -> journeys.isArriving(state, a) ? exit : 0),
                    table(constants, journeys, (state, a) -> journeys.isAstray(state, a) ? never : 0),
                    table(
                            constants,
                            journeys,
                            (state, a) -> journeys.isAway(state.place()) || journeys.isArriving(state, a) ? 0 : never));
        }

        NDArray of(int h, int rounds, NDArray flow) {
            return Tensors.times(Tensors.copy(flow.getManager(), exit), h).add(h == rounds - 1 ? late : astray);
        }
    }

    /** A network as commands know it. */
    abstract static class Entry implements SolvableGame<Traffic> {

        @Parameter(about = "rounds", min = 1, max = 1e6)
        int horizon;

        private final Network network;
        private final String about;
        private final String eta;

        Entry(Network network, int horizon, String eta, String about) {
            this.network = network;
            this.horizon = horizon;
            this.about = about;
            this.eta = eta;
        }

        @Override
        public String about() {
            return about;
        }

        @Override
        public String source() {
            return "OpenSpiel; Cabannes et al. 2021";
        }

        @Override
        public List<String> stateNames() {
            Journeys journeys = new Journeys(network, horizon);
            return journeys.states().stream().map(journeys::name).toList();
        }

        @Override
        public Map<String, String> defaults() {
            return Map.of("eta", eta, "solve.iterations", "50");
        }
    }

    /** Braess's network as commands know it. */
    @Named("braess")
    @AutoService(Game.class)
    public static final class Braess extends Entry {
        public Braess() {
            super(Network.braess(), 100, "1", "drivers in Braess's network");
        }

        @Override
        public MeanFieldGame<Traffic> build(Constants constants) {
            return braess(constants, horizon);
        }
    }

    /** Sioux Falls as commands know it. */
    @Named("sioux-falls")
    @AutoService(Game.class)
    public static final class SiouxFalls extends Entry {
        public SiouxFalls() {
            super(Network.siouxFalls(), 81, "0.1", "drivers in Sioux Falls");
        }

        @Override
        public MeanFieldGame<Traffic> build(Constants constants) {
            return siouxFalls(constants, horizon);
        }
    }
}
