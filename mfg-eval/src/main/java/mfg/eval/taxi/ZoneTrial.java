package mfg.eval.taxi;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import mfg.core.InvalidInputException;
import mfg.envs.players.Draws;
import mfg.envs.taxi.CityLayout;
import mfg.envs.taxi.Sent;
import mfg.envs.taxi.TaxiGame;
import mfg.envs.taxi.TaxiSimulator;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.learn.LearnConfig;
import mfg.eval.learn.LearnKind;
import mfg.eval.learn.Networks;
import mfg.eval.run.Run;
import mfg.nn.ActorCritic;
import mfg.nn.Devices;
import mfg.train.ppo.Actor;
import mfg.train.ppo.Episodes;

/**
 * What taxis of a run earn in each zone, whether they would have gone there or not: one in 40 is sent to zone 1 and one in 40 to zone 2,
 * in so many cities that about as many taxis as a city has are sent to each. From there on they drive as they have learned.
 *
 * @param returns of those who were sent
 * @param atStart the share of their rounds in which the others were at the start
 */
public record ZoneTrial(ZoneReturns returns, double atStart) {

    private static final int ONE_IN = 40;
    private static final long SEED = 1;

    /** Plays an episode with the networks of a run that has come to its end. */
    public static ZoneTrial of(Path run) throws IOException {
        LearnConfig config = Run.config(LearnKind.LEARN, Catalogue.builtIn(), run);
        if (!(config.game() instanceof TaxiGame game)) {
            throw new InvalidInputException("%s is no run of taxis".formatted(run));
        }
        Networks learner = config.networks(run);
        try (NDManager manager = NDManager.newBaseManager(Devices.named(learner.device()))) {
            TaxiSimulator taxis = new TaxiSimulator(game.city(config.seed()), ONE_IN);
            ActorCritic networks = learner.networks(taxis);
            return of(taxis, new Actor(taxis, networks, learner.learned(run, networks, manager)));
        }
    }

    private static ZoneTrial of(TaxiSimulator taxis, Actor actor) {
        CityLayout layout = taxis.city().layout();
        long[] counts = new long[2]; // rounds at the start, and all
        double[] returns = Episodes.play(new Sent(taxis, layout, ZoneTrial::zone), actor, SEED, () -> {
            for (int k = 0; k < taxis.agents() && taxis.round() < taxis.rounds(); k++) {
                if (zone(k) == 0) {
                    counts[0] += taxis.cell(k) == layout.start() ? 1 : 0;
                    counts[1]++;
                }
            }
        });
        return new ZoneTrial(ZoneReturns.of(taxis, returns, k -> zone(k) > 0), (double) counts[0] / counts[1]);
    }

    /** Where a taxi is sent to, 1 or 2; 0 if it chooses. */
    private static int zone(int k) {
        int lot = Draws.below(ONE_IN, Draws.at(SEED, k));
        return lot <= 2 ? lot : 0;
    }
}
