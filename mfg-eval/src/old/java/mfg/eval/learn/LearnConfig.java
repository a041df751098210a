package mfg.eval.learn;

import mfg.core.InvalidInputException;
import mfg.core.Streams;
import mfg.core.symmetry.AnonymousGame;
import mfg.envs.symmetry.CrowdExploitability;
import mfg.train.symmetry.PolicyMirrorDescent;
import mfg.train.symmetry.TemporalDifference;

/**
 * All that decides the numbers of a run of {@code learn}.
 *
 * @param epochs T
 * @param tdEpochs M, trajectories an epoch
 * @param tdData all or player-1
 * @param evaluateEvery epochs between two quick looks at the exploitability
 * @param repetitions pairs of plays of the final measurement
 * @param sample how many players are measured at most
 * @param seed decides who is who and all that is random
 */
public record LearnConfig(
        String game,
        String algorithm,
        int players,
        int horizon,
        double alpha,
        double beta,
        int epochs,
        int tdEpochs,
        String tdData,
        double delta,
        double xi0,
        double tau,
        int evaluateEvery,
        int repetitions,
        int sample,
        long seed) {

    /** Checks what no part of it checks itself. */
    public LearnConfig {
        if (epochs < 0) {
            throw new InvalidInputException("--epochs must be 0 or more, not " + epochs);
        }
        if (evaluateEvery < 1) {
            throw new InvalidInputException("--evaluate-every must be at least 1, not " + evaluateEvery);
        }
    }

    /** The defaults of a game and an algorithm. */
    public static LearnConfig of(CrowdSetting setting, String algorithm, long seed) {
        boolean shared = algorithm.equals("symm-pmd");
        return new LearnConfig(
                setting.name(),
                algorithm,
                setting.players(),
                setting.rounds(),
                setting.alpha(),
                setting.beta(),
                100,
                20,
                "all",
                shared ? 0.1 : 0.5,
                setting.xi0(),
                0.02,
                5,
                20,
                1000,
                seed);
    }

    /** The game, with the players of this seed. */
    public AnonymousGame build() {
        return CrowdSetting.named(game).build().of(players, horizon, alpha, beta, seed);
    }

    /** Whether all share one table. */
    boolean isShared() {
        return switch (algorithm) {
            case "symm-pmd" -> true;
            case "ipmd" -> false;
            default -> throw new InvalidInputException("--algorithm must be symm-pmd or ipmd, not " + algorithm);
        };
    }

    PolicyMirrorDescent.Options options() {
        return new PolicyMirrorDescent.Options(tdEpochs, delta, xi0, tau, data());
    }

    private TemporalDifference.Data data() {
        return switch (tdData) {
            case "all" -> TemporalDifference.Data.ALL;
            case "player-1" -> {
                if (!isShared()) {
                    throw new InvalidInputException(
                            "--td-data player-1 is for symm-pmd: with ipmd each learns from its own");
                }
                yield TemporalDifference.Data.PLAYER_1;
            }
            default -> throw new InvalidInputException("--td-data must be all or player-1, not " + tdData);
        };
    }

    /** How exploitability is measured. */
    CrowdExploitability.Plan measurement(int threads) {
        return new CrowdExploitability.Plan(repetitions, sample, Streams.seed(seed, "measurement"), threads);
    }
}
