package mfg.eval.learn;

import java.util.stream.DoubleStream;
import mfg.core.Streams;
import mfg.envs.symmetry.Plays;
import mfg.envs.symmetry.Policies;
import mfg.envs.symmetry.Trajectory;

/** What players earn by what they play. */
final class Rewards {

    private Rewards() {}

    /** The sum over rounds, averaged over players and plays. */
    static double of(Plays plays, Policies policies, int count, long seed) {
        Trajectory play = Trajectory.empty(plays.shape().rounds(), plays.players());
        double sum = 0;
        for (int k = 0; k < count; k++) {
            plays.play(Streams.seed(seed, "rewards", k), policies, play);
            sum += DoubleStream.of(play.rewards()).sum();
        }
        return sum / count / plays.players();
    }
}
