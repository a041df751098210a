package mfg.eval.taxi;

import mfg.core.InvalidInputException;
import mfg.envs.taxi.City;
import mfg.envs.taxi.CityLayout;
import mfg.envs.taxi.Taxis;
import mfg.nn.ActorCritic;
import mfg.nn.Identity;
import mfg.train.ppo.PpoOptions;

/**
 * All that decides the numbers of a run of {@code learn a-taxi}.
 *
 * @param identity how networks know who drives, by name
 * @param players N, in each city
 * @param horizon H
 * @param cities how many are played in at a time
 * @param layout the map
 * @param congestion c
 * @param customers how likely an empty cell gets a customer in a round
 * @param hidden the width of the hidden layers
 * @param ppo how taxis learn
 * @param device cpu or gpu
 * @param seed decides who is who and all that is random
 */
public record TaxiConfig(
        String game,
        String algorithm,
        String identity,
        int players,
        int horizon,
        int cities,
        String layout,
        double congestion,
        double customers,
        int hidden,
        PpoOptions ppo,
        String device,
        long seed) {

    /** What the command line calls the game. */
    public static final String GAME = "a-taxi";

    /** Checks what no part of it checks itself. */
    public TaxiConfig {
        if (!algorithm.equals("ppo")) {
            throw new InvalidInputException("--algorithm must be ppo for %s, not %s".formatted(GAME, algorithm));
        }
    }

    /** The paper's city and options. */
    public static TaxiConfig of(int players, int epochs, long seed) {
        return new TaxiConfig(
                GAME,
                "ppo",
                Identity.NONE.toString(),
                players,
                128,
                1,
                CityLayout.DEFAULT,
                8,
                0.2,
                128,
                PpoOptions.paper(epochs, players),
                "cpu",
                seed);
    }

    /**
     * The same for other taxis (SYMM Sec. 5).
     *
     * @param identity how networks know who drives
     * @param regularized whether entropy counts
     * @param congestion c
     */
    public TaxiConfig variant(Identity identity, boolean regularized, double congestion) {
        PpoOptions learning = regularized ? ppo : ppo.withEntropy(0);
        return new TaxiConfig(
                game,
                algorithm,
                identity.toString(),
                players,
                horizon,
                cities,
                layout,
                congestion,
                customers,
                hidden,
                learning,
                device,
                seed);
    }

    /** The rules, with the players of this seed. */
    public City city() {
        City usual = City.of(new CityLayout(layout), players, horizon, congestion, seed);
        return new City(
                usual.layout(),
                players,
                horizon,
                congestion,
                customers,
                usual.worstJam(),
                usual.fare1(),
                usual.fare2(),
                usual.weightSpread(),
                usual.fareSpread(),
                seed);
    }

    /** The networks of its taxis. */
    public ActorCritic networks(Taxis taxis) {
        return new ActorCritic(players, taxis.features(), taxis.actions(), hidden, Identity.named(identity));
    }
}
