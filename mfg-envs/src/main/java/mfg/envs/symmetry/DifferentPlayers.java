package mfg.envs.symmetry;

import java.util.Map;
import mfg.core.catalogue.CrowdGame;
import mfg.core.catalogue.Parameter;

/** A game of SYMM, whose players differ, as commands know it. */
abstract class DifferentPlayers implements CrowdGame {

    @Parameter(about = "players", min = 2, max = 1e6)
    int players;

    @Parameter(about = "rounds", min = 1, max = 1e6)
    int horizon;

    private final String about;
    private final String xi0;

    /**
     * Describes the game.
     *
     * @param players usual N
     * @param horizon usual H
     * @param xi0 the step size that suits it
     */
    DifferentPlayers(int players, int horizon, String about, String xi0) {
        this.players = players;
        this.horizon = horizon;
        this.about = about;
        this.xi0 = xi0;
    }

    @Override
    public String about() {
        return about;
    }

    @Override
    public String source() {
        return "SYMM";
    }

    @Override
    public Map<String, String> defaults() {
        return Map.of("xi0", xi0);
    }
}
