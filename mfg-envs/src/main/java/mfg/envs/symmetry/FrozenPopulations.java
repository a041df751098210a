package mfg.envs.symmetry;

import java.util.List;
import java.util.stream.IntStream;
import mfg.core.Parallel;
import mfg.core.Sizes;
import mfg.core.symmetry.AnonymousGame;
import mfg.envs.players.Draws;

/**
 * Plays that were watched, and what a player would have faced in them if nobody else had noticed what it does: good to find
 * deviations, up to its own part of {@code 1/N} in what the others do.
 */
final class FrozenPopulations {

    private final AnonymousGame game;
    private final long seed;

    /** Each player's pair in each play, (H, N). */
    private final List<short[]> plays;

    /** How many had each pair in each round of each play, (H, S * A). */
    private final List<double[]> counts;

    FrozenPopulations(AnonymousGame game, Policies policies, int plays, long seed, int threads) {
        this.game = game;
        this.seed = seed;
        this.plays = Parallel.map(IntStream.range(0, plays).boxed().toList(), threads, k -> {
            Trajectory play = Trajectory.empty(game.shape().rounds(), game.players());
            new CrowdSimulation(game).play(Draws.at(seed, k), policies, play);
            return play.pairs();
        });
        this.counts = this.plays.stream().map(this::count).toList();
    }

    private double[] count(short[] play) {
        double[] count = new double[Sizes.product("rounds x pairs", game.shape().rounds(), game.pairs())];
        for (int k = 0; k < play.length; k++) {
            count[k / game.players() * game.pairs() + play[k]]++;
        }
        return count;
    }

    /**
     * How much more a player gets in a play if others notice what it does than if they do not: next to nothing, and so with next to
     * no noise; nothing where nobody moves anybody else.
     */
    double notice(CrowdSimulation simulation, Policies policies, int k, int i, double[] own, double[] bonus) {
        if (game.movesAlone()) {
            return 0;
        }
        long played = Draws.at(seed, k);
        return simulation.noticed(played, policies, i, own, bonus)
                - simulation.unnoticed(played, plays.get(k), counts.get(k), i, own, bonus);
    }

    /** What a player faced on average over some plays. */
    PlayerProblem problem(int i, int from, int to) {
        PlayerProblem problem = PlayerProblem.empty(game.shape(), game.initialStates());
        int n = game.players();
        int pairs = game.pairs();
        int states = game.shape().states();
        int actions = game.shape().actions();
        double weight = 1.0 / (to - from);
        double[] sigma = new double[pairs];
        double[] next = new double[states];
        for (int k = from; k < to; k++) {
            for (int h = 0; h < game.shape().rounds(); h++) {
                for (int pair = 0; pair < pairs; pair++) {
                    sigma[pair] = counts.get(k)[h * pairs + pair] / n;
                }
                sigma[plays.get(k)[h * n + i]] -= 1.0 / n;
                for (int pair = 0; pair < pairs; pair++) {
                    sigma[pair] += 1.0 / n;
                    int at = h * pairs + pair;
                    problem.reward()[at] += weight * game.reward(i, pair / actions, pair % actions, sigma);
                    game.transition(i, pair / actions, pair % actions, sigma, next);
                    for (int s = 0; s < states; s++) {
                        problem.kernel()[at * states + s] += weight * next[s];
                    }
                    sigma[pair] -= 1.0 / n;
                }
            }
        }
        return problem;
    }
}
