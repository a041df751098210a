package mfg.envs;

import mfg.core.InvalidInputException;

/** Looks over simulators of a user's own before they are played. */
public final class SimulatorCheck {

    private SimulatorCheck() {}

    /**
     * Makes a simulator, whose sizes fit together.
     *
     * @param game whose simulator it is
     * @param seed decides who is who
     * @param <S> the kind of simulator
     * @return the simulator
     * @throws InvalidInputException if there is none, a size is not positive, copies are not whole, or it has other players than the
     *     game says
     */
    public static <S extends Simulator> S of(SimulatedGame<S> game, long seed) {
        S simulator = game.simulator(seed);
        if (simulator == null) {
            throw new InvalidInputException(game.name() + ": simulator() returns null");
        }
        atLeastOne(game, "players", simulator.players());
        atLeastOne(game, "agents", simulator.agents());
        atLeastOne(game, "features", simulator.features());
        atLeastOne(game, "actions", simulator.actions());
        atLeastOne(game, "rounds", simulator.rounds());
        if (simulator.agents() % simulator.players() != 0) {
            throw new InvalidInputException("%s: %d agents are no whole number of copies of %d players"
                    .formatted(game.name(), simulator.agents(), simulator.players()));
        }
        if (simulator.players() != game.players()) {
            throw new InvalidInputException("%s: the game has %d players, its simulator %d"
                    .formatted(game.name(), game.players(), simulator.players()));
        }
        return simulator;
    }

    private static void atLeastOne(SimulatedGame<?> game, String what, int number) {
        if (number < 1) {
            throw new InvalidInputException("%s: %s() must be at least 1, not %d".formatted(game.name(), what, number));
        }
    }
}
