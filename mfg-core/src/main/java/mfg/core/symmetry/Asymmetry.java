package mfg.core.symmetry;

import java.util.Arrays;
import java.util.SplittableRandom;
import mfg.core.InvalidInputException;
import mfg.core.Sizes;

/**
 * How far players are from all being alike, and how much each feels the others. An equilibrium of the induced game is an {@code
 * O(1/sqrt(N) + alpha + beta)}-equilibrium of the game itself (SYMM Thm. 1).
 *
 * @param alpha the largest l1 distance of a player's transition from that of the induced game, over players, states, actions and
 *     configurations of the others
 * @param beta the largest difference of a player's reward from that of the induced game
 * @param kappa the least number of pairs such that a player at {@code (s, a)} feels only who has one of these
 * @param effectOnTransitions {@code C1}: how far, in the l1 norm, one other player that changes its pair moves a transition at most
 * @param effectOnRewards {@code C2}: the same of rewards
 * @param players N
 * @param sampled from how many configurations these are, each a lower bound then; 0 if they are exact
 */
public record Asymmetry(
        double alpha,
        double beta,
        int kappa,
        double effectOnTransitions,
        double effectOnRewards,
        int players,
        int sampled) {

    private static final int MOST_CONFIGURATIONS = 1_000_000;

    /** What moves less than this is not moved. */
    private static final double NOTHING = 1e-12;

    /**
     * Bounds the Lipschitz modulus of the induced transitions (SYMM Lemma 2).
     *
     * @return {@code C1 N sqrt(kappa)}
     */
    public double transitionModulus() {
        return effectOnTransitions * players * Math.sqrt(kappa);
    }

    /**
     * Bounds the Lipschitz modulus of the induced rewards (SYMM Lemma 2).
     *
     * @return {@code C2 N sqrt(kappa)}
     */
    public double rewardModulus() {
        return effectOnRewards * players * Math.sqrt(kappa);
    }

    /**
     * Says what the numbers are.
     *
     * @return that they are exact, or how they are not
     */
    public String statement() {
        return sampled == 0 ? "exact" : "a lower bound, from %d sampled configurations".formatted(sampled);
    }

    /**
     * Measures a game of few players at all configurations, exactly.
     *
     * @param game the game
     * @param induced its induced game
     * @return the measures
     * @throws InvalidInputException if there are too many configurations
     */
    public static Asymmetry exact(NamedGame game, InducedGame induced) {
        double configurations = Math.pow(game.pairs(), game.players() - 1.0);
        if (configurations > MOST_CONFIGURATIONS) {
            throw new InvalidInputException(
                    "%d players on %d pairs have too many configurations to measure all; sample them"
                            .formatted(game.players(), game.pairs()));
        }
        Measure measure = new Measure(game, induced);
        int[] others = new int[game.players() - 1];
        do {
            measure.compare(others);
            for (int j = 0; j < others.length; j++) {
                for (int pair = others[j] + 1; pair < game.pairs(); pair++) {
                    measure.move(others, j, pair);
                }
            }
        } while (toNext(others, game.pairs()));
        return measure.result(0);
    }

    /** Counts up; false after the last. */
    private static boolean toNext(int[] digits, int base) {
        for (int j = 0; j < digits.length; j++) {
            if (++digits[j] < base) {
                return true;
            }
            digits[j] = 0;
        }
        return false;
    }

    /**
     * Measures a game of any size: exactly if it is anonymous and affine, from the configurations in which all others have one
     * pair; else from random ones.
     *
     * @param game the game
     * @param induced its induced game
     * @param samples how many random configurations, where these are needed
     * @param seed decides which
     * @return the measures
     */
    public static Asymmetry of(NamedGame game, InducedGame induced, int samples, long seed) {
        if (game instanceof AnonymousGame anonymous && anonymous.isAffine()) {
            return affine(anonymous, induced);
        }
        Measure measure = new Measure(game, induced);
        SplittableRandom random = new SplittableRandom(seed);
        int[] others = new int[game.players() - 1];
        for (int k = 0; k < samples; k++) {
            int common = random.nextInt(game.pairs()); // crowds are where players differ most
            double crowd = random.nextDouble();
            Arrays.setAll(others, j -> random.nextDouble() < crowd ? common : random.nextInt(game.pairs()));
            measure.compare(others);
            measure.move(others, random.nextInt(others.length), random.nextInt(game.pairs()));
        }
        return measure.result(samples);
    }

    /** One step is the (N-1)-th part of what all others do together. */
    private static Asymmetry affine(AnonymousGame game, InducedGame induced) {
        Measure measure = new Measure(game, induced);
        for (int pair = 0; pair < game.pairs(); pair++) {
            double[] corner = new double[game.pairs()];
            corner[pair] = 1;
            measure.compare(corner, faced(game, corner));
            for (int other = 0; other < pair; other++) {
                double[] otherCorner = new double[game.pairs()];
                otherCorner[other] = 1;
                measure.differ(faced(game, corner), faced(game, otherCorner), pair, other, game.players() - 1.0);
            }
        }
        return measure.result(0);
    }

    /** Rewards and transitions in one configuration of the others. */
    private interface Faced {
        double reward(int i, int s, int a);

        void transition(int i, int s, int a, double[] next);
    }

    private static Faced faced(NamedGame game, int[] others) {
        return new Faced() {
            @Override
            public double reward(int i, int s, int a) {
                return game.reward(i, s, a, others);
            }

            @Override
            public void transition(int i, int s, int a, double[] next) {
                game.transition(i, s, a, others, next);
            }
        };
    }

    private static Faced faced(AnonymousGame game, double[] others) {
        int actions = game.shape().actions();
        double[][] sigma = new double[game.pairs()][];
        Arrays.setAll(sigma, pair -> game.sigma(others, pair / actions, pair % actions)); // the same for all players
        return new Faced() {
            @Override
            public double reward(int i, int s, int a) {
                return game.reward(i, s, a, sigma[s * actions + a]);
            }

            @Override
            public void transition(int i, int s, int a, double[] next) {
                game.transition(i, s, a, sigma[s * actions + a], next);
            }
        };
    }

    /** Collects the largest of everything. */
    private static final class Measure {

        private final NamedGame game;
        private final InducedGame induced;
        private final int states;
        private final int actions;
        private final double[] reward;
        private final double[] kernel;
        private final double[] next;
        private final double[] otherNext;

        /** Whether somebody with the first pair feels it if another goes from the second to the third. */
        private final boolean[][][] felt;

        private double alpha;
        private double beta;
        private double effectOnTransitions;
        private double effectOnRewards;

        Measure(NamedGame game, InducedGame induced) {
            this.game = game;
            this.induced = induced;
            this.states = game.shape().states();
            this.actions = game.shape().actions();
            this.reward = new double[game.pairs()];
            this.kernel = new double[Sizes.product("pairs x states", game.pairs(), states)];
            this.next = new double[states];
            this.otherNext = new double[states];
            this.felt = new boolean[game.pairs()][game.pairs()][game.pairs()];
        }

        /** Compares everybody with the induced game. */
        void compare(int[] others) {
            double[] distribution = new double[game.pairs()];
            for (int pair : others) {
                distribution[pair] += 1.0 / others.length;
            }
            compare(distribution, faced(game, others));
        }

        /** Compares everybody with the induced game at a distribution of the others. */
        void compare(double[] distribution, Faced faced) {
            induced.at(distribution, reward, kernel);
            for (int i = 0; i < game.players(); i++) {
                for (int pair = 0; pair < game.pairs(); pair++) {
                    int s = pair / actions;
                    int a = pair % actions;
                    beta = Math.max(beta, Math.abs(faced.reward(i, s, a) - reward[pair]));
                    faced.transition(i, s, a, next);
                    System.arraycopy(kernel, pair * states, otherNext, 0, states);
                    alpha = Math.max(alpha, distance());
                }
            }
        }

        /** One of the others changes its pair. */
        void move(int[] others, int j, int to) {
            int from = others[j];
            int[] moved = others.clone();
            moved[j] = to;
            differ(faced(game, others), faced(game, moved), from, to, 1);
        }

        /** The others change from one configuration to another, in some steps from one pair to another. */
        void differ(Faced faced, Faced moved, int from, int to, double steps) {
            for (int i = 0; i < game.players(); i++) {
                for (int pair = 0; pair < game.pairs(); pair++) {
                    int s = pair / actions;
                    int a = pair % actions;
                    double onReward = Math.abs(moved.reward(i, s, a) - faced.reward(i, s, a)) / steps;
                    faced.transition(i, s, a, next);
                    moved.transition(i, s, a, otherNext);
                    double onTransition = distance() / steps;
                    effectOnRewards = Math.max(effectOnRewards, onReward);
                    effectOnTransitions = Math.max(effectOnTransitions, onTransition);
                    if (onReward * steps > NOTHING || onTransition * steps > NOTHING) {
                        felt[pair][from][to] = true;
                        felt[pair][to][from] = true;
                    }
                }
            }
        }

        private double distance() {
            double sum = 0;
            for (int to = 0; to < states; to++) {
                sum += Math.abs(next[to] - otherNext[to]);
            }
            return sum;
        }

        Asymmetry result(int sampled) {
            return new Asymmetry(alpha, beta, kappa(), effectOnTransitions, effectOnRewards, game.players(), sampled);
        }

        /** All pairs but the largest class of those between which nobody feels a move. */
        private int kappa() {
            int kappa = 0;
            for (boolean[][] byMove : felt) {
                int largest = 0;
                for (boolean[] from : byMove) {
                    int alike = 0;
                    for (boolean isFelt : from) {
                        alike += isFelt ? 0 : 1;
                    }
                    largest = Math.max(largest, alike);
                }
                kappa = Math.max(kappa, game.pairs() - largest);
            }
            return kappa;
        }
    }
}
