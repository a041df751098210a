package mfg.eval.learn;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mfg.core.InvalidInputException;
import mfg.core.catalogue.CrowdGame;
import mfg.core.catalogue.LearnableGame;
import mfg.core.catalogue.SolvableGame;
import mfg.envs.SimulatedGame;
import mfg.envs.SimulatorCheck;
import mfg.envs.StateSimulator;
import mfg.envs.symmetry.Plays;
import mfg.envs.symmetry.Policies;
import mfg.envs.symmetry.StatePlays;
import mfg.eval.run.Context;
import org.jspecify.annotations.Nullable;

/** N players of a game with states, for tables and networks to learn, and how good what they learned is. */
public abstract class Seated implements SimulatedGame<StateSimulator>, AutoCloseable {

    private final LearnableGame entry;

    Seated(LearnableGame entry) {
        this.entry = entry;
    }

    /**
     * Seats the players of a configuration, who have states.
     *
     * @throws InvalidInputException if the game's players cannot be seated
     */
    public static Seated of(LearnConfig config) {
        if (config.game() instanceof CrowdGame crowd) {
            return new SeatedCrowd(crowd, config.seed());
        }
        if (config.game() instanceof SolvableGame<?> field) {
            return new SeatedField<>(field, config.players(), config.seed());
        }
        return new SeatedSimulation((SimulatedGame<?>) config.game(), config.seed());
    }

    /** Whether players of a game have states, so that tables can learn it. */
    static boolean hasStates(LearnableGame game) {
        return !(game instanceof SimulatedGame)
                || Arrays.stream(game.getClass().getMethods())
                        .filter(method -> method.getName().equals("simulator"))
                        .anyMatch(method -> StateSimulator.class.isAssignableFrom(method.getReturnType()));
    }

    /** Something to play with; for one thread. */
    abstract Plays plays();

    /** What a quick look sees. */
    String quickFigure() {
        return "exploitability";
    }

    /** A quick look, along learning, at how much players gain by leaving what they play, where that is known. */
    abstract double quick(Policies policies, Learner.Measuring how, Context context);

    /**
     * Measures what was learned.
     *
     * @param average of what was played along learning
     * @param last what was played last; null where nothing is averaged
     * @return the most telling first
     */
    abstract Map<String, @Nullable Object> measured(
            Policies average, @Nullable Policies last, double tau, Learner.Measuring how, Context context);

    @Override
    public final String name() {
        return entry.name();
    }

    @Override
    public final String about() {
        return entry.about();
    }

    @Override
    public final List<String> stateNames() {
        return entry.stateNames();
    }

    @Override
    public void close() {}

    /** A game that is known by its simulator alone: {@code respond} tells how good what was learned is. */
    private static final class SeatedSimulation extends Seated {

        private final SimulatedGame<?> game;
        private final long seed;

        SeatedSimulation(SimulatedGame<?> game, long seed) {
            super(game);
            this.game = game;
            this.seed = seed;
        }

        @Override
        public StateSimulator simulator(long who) {
            return (StateSimulator) SimulatorCheck.of(game, who);
        }

        @Override
        public int players() {
            return game.players();
        }

        @Override
        Plays plays() {
            return new StatePlays(simulator(seed));
        }

        @Override
        String quickFigure() {
            return "meanReward";
        }

        @Override
        double quick(Policies policies, Learner.Measuring how, Context context) {
            return Rewards.of(plays(), policies, how.repetitions(), seed);
        }

        @Override
        Map<String, @Nullable Object> measured(
                Policies average, @Nullable Policies last, double tau, Learner.Measuring how, Context context) {
            Map<String, @Nullable Object> measured = new LinkedHashMap<>();
            measured.put("meanReward", Rewards.of(plays(), average, how.repetitions(), seed));
            if (last != null) {
                measured.put("lastMeanReward", Rewards.of(plays(), last, how.repetitions(), seed));
            }
            return measured;
        }
    }
}
