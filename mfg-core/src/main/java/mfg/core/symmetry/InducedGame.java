package mfg.core.symmetry;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import mfg.core.GameShape;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.Sizes;
import mfg.core.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * The mean-field game that a game of named players induces (SYMM Def. 6, 7): the average over players {@code P = (1/N) sum_i
 * Ext(Sym(P_i))}, {@code R = (1/N) sum_i Ext(Sym(R_i))} at the distribution of the others. Any solver finds its equilibria; it is
 * computed on primitive arrays, so that no gradient passes through it.
 */
public final class InducedGame implements MeanFieldGame<KernelRound> {

    private final NamedGame game;
    private final Average average;

    /** {@code P} and {@code R} at a distribution of the others. */
    @FunctionalInterface
    private interface Average {
        void at(double[] others, double[] reward, double[] kernel);
    }

    private InducedGame(NamedGame game, Average average) {
        this.game = game;
        this.average = average;
    }

    /**
     * Induces the game of few players, from tables of all that they can face.
     *
     * @param game the game
     * @param symmetrization how to forget names
     * @param extension how to go on to distributions of more players, component by component; what is no distribution then is
     *     projected
     * @return the induced game
     */
    public static InducedGame of(NamedGame game, Symmetrization symmetrization, Extension extension) {
        Lattice known = Lattice.of(game.players() - 1, game.pairs());
        List<List<ToDoubleFunction<double[]>>> players = new ArrayList<>();
        for (int i = 0; i < game.players(); i++) {
            players.add(extended(game, i, known, symmetrization, extension));
        }
        return new InducedGame(game, (others, reward, kernel) -> {
            int states = game.shape().states();
            double[] row = new double[states];
            for (int pair = 0; pair < reward.length; pair++) {
                reward[pair] = 0;
                Arrays.fill(kernel, pair * states, (pair + 1) * states, 0);
                for (List<ToDoubleFunction<double[]>> player : players) {
                    int at = pair * (states + 1);
                    reward[pair] += player.get(at).applyAsDouble(others) / players.size();
                    for (int to = 0; to < states; to++) {
                        row[to] = player.get(at + 1 + to).applyAsDouble(others);
                    }
                    Simplex.project(row, 0, states);
                    for (int to = 0; to < states; to++) {
                        kernel[pair * states + to] += row[to] / players.size();
                    }
                }
            }
        });
    }

    /** For each pair a player may have: its reward, then the probability of each next state. */
    private static List<ToDoubleFunction<double[]>> extended(
            NamedGame game, int i, Lattice known, Symmetrization symmetrization, Extension extension) {
        int states = game.shape().states();
        int actions = game.shape().actions();
        double[][] values = new double[Sizes.product("pairs x numbers of each", game.pairs(), states + 1L)]
                [known.counts().size()];
        double[] lifted = new double[values.length];
        double[] next = new double[states];
        for (int k = 0; k < known.counts().size(); k++) {
            symmetrization.average(
                    (others, out) -> {
                        for (int pair = 0; pair < game.pairs(); pair++) {
                            int s = pair / actions;
                            int a = pair % actions;
                            out[pair * (states + 1)] = game.reward(i, s, a, others);
                            game.transition(i, s, a, others, next);
                            System.arraycopy(next, 0, out, pair * (states + 1) + 1, states);
                        }
                    },
                    known.counts().get(k),
                    lifted);
            for (int value = 0; value < values.length; value++) {
                values[value][k] = lifted[value];
            }
        }
        List<ToDoubleFunction<double[]>> functions = new ArrayList<>();
        for (double[] function : values) {
            functions.add(extension.extend(known, function));
        }
        return functions;
    }

    /**
     * Induces the game of players who do not care for names: {@code R(s,a,L) = (1/N) sum_i R_i(s, a, ((N-1) L + e(s,a)) / N)},
     * {@code P} likewise.
     *
     * @param game the game, of any number of players
     * @return the induced game
     */
    public static InducedGame of(AnonymousGame game) {
        return of(game, game.players());
    }

    /**
     * The same of players who are all alike, whose average is any of them.
     *
     * @param game the game, of any number of players
     * @return the induced game
     */
    public static InducedGame ofAlike(AnonymousGame game) {
        return of(game, 1);
    }

    /** Averages over the first n players. */
    private static InducedGame of(AnonymousGame game, int n) {
        int actions = game.shape().actions();
        int states = game.shape().states();
        return new InducedGame(game, (others, reward, kernel) -> {
            double[] next = new double[states];
            Arrays.fill(kernel, 0);
            for (int pair = 0; pair < others.length; pair++) {
                int s = pair / actions;
                int a = pair % actions;
                double[] sigma = game.sigma(others, s, a);
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += game.reward(i, s, a, sigma);
                    game.transition(i, s, a, sigma, next);
                    for (int to = 0; to < states; to++) {
                        kernel[pair * states + to] += next[to] / n;
                    }
                }
                reward[pair] = sum / n;
            }
        });
    }

    /**
     * What N players face who are all alike and play alike, exactly, where nobody moves anybody else and a reward depends only on
     * how many others have the player's own pair (1-sparse): their number is binomial, {@code R(s,a,L) = E R_i(s, a, K)}, {@code K ~
     * Binomial(N-1, L(s,a))}. So the exploitability of a policy in this game is that among the N players.
     *
     * @param game such a game
     * @return the game of one of its players
     */
    public static InducedGame ofIndependent(AnonymousGame game) {
        int n = game.players();
        int actions = game.shape().actions();
        int states = game.shape().states();
        return new InducedGame(game, (others, reward, kernel) -> {
            double[] next = new double[states];
            for (int pair = 0; pair < others.length; pair++) {
                int s = pair / actions;
                int a = pair % actions;
                double[] sigma = new double[others.length];
                double[] chances = binomial(n - 1, others[pair]);
                reward[pair] = 0;
                for (int k = 0; k < n; k++) {
                    sigma[pair] = (k + 1.0) / n;
                    reward[pair] += chances[k] * game.reward(0, s, a, sigma);
                }
                game.transition(0, s, a, sigma, next);
                System.arraycopy(next, 0, kernel, pair * states, states);
            }
        });
    }

    /** The chances of 0, 1, .., n; by logarithms, for the first ones may be too small for a number. */
    private static double[] binomial(int n, double p) {
        boolean seldom = p <= 0.5;
        double odds = seldom ? Math.log(p / (1 - p)) : Math.log((1 - p) / p);
        double logarithm = n * Math.log1p(-Math.min(p, 1 - p));
        double[] chances = new double[n + 1];
        for (int k = 0; k <= n; k++) {
            chances[seldom ? k : n - k] = Math.exp(logarithm);
            logarithm += Math.log((n - k) / (k + 1.0)) + odds;
        }
        return chances;
    }

    @Override
    public GameShape shape() {
        return game.shape();
    }

    @Override
    public double[] initialStates() {
        return game.initialStates();
    }

    /**
     * Computes {@code R} and {@code P} at a distribution.
     *
     * @param others the distribution of the others' pairs, (S * A); not modified
     * @param reward out: {@code R(s, a, L)}, (S * A)
     * @param kernel out: {@code P(s' | s, a, L)}, (S * A, S)
     */
    public void at(double[] others, double[] reward, double[] kernel) {
        average.at(others, reward, kernel);
    }

    /** The same in every round. */
    @Override
    public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
        int states = shape().states();
        double[] reward = new double[game.pairs()];
        double[] kernel = new double[Sizes.product("pairs x states", game.pairs(), states)];
        average.at(Tensors.toDoubles(flow), reward, kernel);
        NDManager manager = flow.getManager();
        return new KernelRound(
                flow,
                Tensors.create(manager, flow.getDataType(), reward, flow.getShape()),
                Tensors.create(manager, flow.getDataType(), kernel, new Shape(game.pairs(), states)));
    }
}
