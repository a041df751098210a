package mfg.envs.players;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.function.LongFunction;
import mfg.core.GameShape;
import mfg.core.InvalidInputException;
import mfg.core.Sizes;
import mfg.envs.StateSimulator;
import mfg.envs.auction.AuctionObjective;
import mfg.envs.auction.BatchedAuction;
import mfg.envs.auction.Transitions;
import mfg.envs.auction.Utility;
import org.jspecify.annotations.Nullable;

/**
 * The auction of N bidders (AMID Def. 6). In round h every active bidder i bids {@code a_i}; from the bid distribution {@code nu(a)
 * = (1/N) #{active i: a_i = a}} the mechanism sets payments and an offer; the {@code floor(alpha_h N)} highest bids win, {@code
 * alpha_h = min(offer, remaining, sum nu)}, ties at the threshold broken uniformly at random; winners pay, get their utility and
 * go to ⊥; then everybody's value moves. Goods are whole: what is not sold remains, {@code r_{h+1} = r_h - sold_h / N} (our
 * reading).
 *
 * <p>Bidders' values move as {@link Transitions} say, which do not depend on the population.
 */
public final class NPlayerAuction implements NPlayerGame {

    /** Probabilities below this count as it where bidders begin to learn. */
    private static final double LEAST = 1e-12;

    private final BatchedAuction auction;
    private final NDList theta;
    private final AuctionObjective objective;
    private final int players;
    private final NDManager manager;
    private final Transitions transitions;
    private final InitialStates initialStates;
    private final @Nullable AliasTables moves;
    private final double[][] level;
    private final double[][] weight;

    /**
     * Seats the bidders.
     *
     * @param auction its mean field
     * @param theta the design, float64; not modified, and read whenever a simulation is made
     * @param objective what the auctioneer wants
     * @param players the number of bidders N, from 2 to {@link #MOST_PLAYERS}
     * @param manager where mechanisms compute that have no version on primitive arrays; nothing stays in it
     * @throws InvalidInputException if these sizes or dynamics cannot be simulated
     */
    public NPlayerAuction(
            BatchedAuction auction, NDList theta, AuctionObjective objective, int players, NDManager manager) {
        NPlayerGame.checkPlayers(players);
        int n = auction.rules().values();
        if (n > Short.MAX_VALUE) {
            throw new InvalidInputException(
                    "bidders are simulated with at most %d values, not %d".formatted(Short.MAX_VALUE, n));
        }
        Transitions known = auction.dynamics().transitions();
        if (known == null) {
            throw new InvalidInputException("bidders are simulated only where values move by a fixed matrix");
        }
        this.auction = auction;
        this.theta = theta;
        this.objective = objective;
        this.players = players;
        this.manager = manager;
        this.transitions = known;
        this.initialStates = new InitialStates(auction.initialStates());
        this.moves = known == Transitions.STILL ? null : tables(known, n + 1);
        int rounds = auction.rules().rounds();
        Utility utility = auction.rules().utility();
        this.level = new double[rounds][n];
        this.weight = new double[rounds][n];
        for (int h = 0; h < rounds; h++) {
            for (int s = 0; s < n; s++) {
                level[h][s] = utility.level(h, (double) s / n);
                weight[h][s] = utility.weight(h, (double) s / n);
            }
        }
    }

    /** A table for each state: where everybody in it goes. */
    private static AliasTables tables(Transitions transitions, int states) {
        double[] all = new double[Sizes.product("states x states", states, states)];
        double[] row = new double[states];
        for (int s = 0; s < states; s++) {
            double[] one = new double[states];
            one[s] = 1;
            transitions.move(one, row);
            System.arraycopy(row, 0, all, s * states, states);
        }
        AliasTables tables = new AliasTables(states, states);
        tables.fill(all);
        return tables;
    }

    @Override
    public int players() {
        return players;
    }

    @Override
    public GameShape shape() {
        return auction.shape();
    }

    @Override
    public AuctionSimulation simulation(Actions policy) {
        return new AuctionSimulation(this, policy, auctioneer(), false);
    }

    /**
     * What was sold in a play.
     *
     * @param revenue what winners paid, values being below 1
     * @param worth what the winners' values are together
     * @param sold how many goods
     */
    public record Sales(double revenue, double worth, long sold) {}

    /**
     * Plays for what is sold. Here a fraction of a good that is offered besides whole ones is sold with that probability, so that few
     * bidders are offered as much as a mean field on average; AMID Def. 6 rounds down.
     *
     * @param policy of all bidders
     * @return what is sold in the play of a seed; for one thread
     */
    public LongFunction<Sales> sales(Actions policy) {
        AuctionSimulation simulation = new AuctionSimulation(this, policy, auctioneer(), true);
        return seed -> {
            simulation.play(seed, Draws.unit(Draws.at(Draws.at(seed, 0), 0)), policy);
            return simulation.sales();
        };
    }

    /**
     * How bidders learn among themselves.
     *
     * @param steps T, how often they change what they do
     * @param plays between two changes
     * @param eta the step size
     * @param tau the weight of entropy
     * @param seed of the plays
     */
    public record Learning(int steps, int plays, double eta, double tau, long seed) {}

    /**
     * Lets all bidders learn, as a mean field does: they play, see what each bid would have got them, and take a step of mirror descent,
     * {@code zeta <- (1 - eta tau) zeta + eta q} with {@code pi = softmax(zeta)}. Fractions of goods are sold as in {@link #sales}.
     *
     * @param start the first policy, (H, S, A); not modified
     * @param learning how
     * @return the mean of the policies of the last quarter of steps, (H, S, A)
     */
    public double[] learned(double[] start, Learning learning) {
        int actions = shape().actions();
        double[] zeta =
                Arrays.stream(start).map(p -> Math.log(Math.max(p, LEAST))).toArray();
        double[] policy = start.clone();
        double[] mean = new double[start.length];
        int last = Math.max(1, learning.steps() / 4);
        Actions[] now = {Actions.tabular(shape(), policy)};
        Actions all = (h, state, random) -> now[0].action(h, state, random);
        AuctionSimulation simulation = new AuctionSimulation(this, all, auctioneer(), true);
        for (int t = 0; t < learning.steps(); t++) {
            simulation.forget();
            for (int play = 0; play < learning.plays(); play++) {
                long seed = Draws.at(learning.seed(), (long) t * learning.plays() + play);
                simulation.play(seed, Draws.unit(Draws.at(Draws.at(seed, 0), 0)), all);
            }
            double[] q = q(simulation.experience(), policy);
            for (int i = 0; i < zeta.length; i++) {
                zeta[i] = (1 - learning.eta() * learning.tau()) * zeta[i] + learning.eta() * q[i];
            }
            softmax(zeta, actions, policy);
            now[0] = Actions.tabular(shape(), policy);
            for (int i = 0; i < mean.length && t >= learning.steps() - last; i++) {
                mean[i] += policy[i] / last;
            }
        }
        return learning.steps() == 0 ? policy : mean;
    }

    private static void softmax(double[] logits, int actions, double[] probabilities) {
        for (int row = 0; row < logits.length; row += actions) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int a = row; a < row + actions; a++) {
                largest = Math.max(largest, logits[a]);
            }
            double sum = 0;
            for (int a = row; a < row + actions; a++) {
                probabilities[a] = Math.exp(logits[a] - largest);
                sum += probabilities[a];
            }
            for (int a = row; a < row + actions; a++) {
                probabilities[a] /= sum;
            }
        }
    }

    @Override
    public StateSimulator simulator() {
        return new AuctionSimulator(this, simulation((h, state, random) -> 0));
    }

    /**
     * {@inheritDoc} What a bidder faces in round h is how likely each bid wins, {@code W(a)}, and what it costs then, {@code
     * C(a) = E[wins with a, cost(p_h(a))]}; so {@code q[h](s,a) = level(h,s) W(a) + weight(h,s) C(a) + W(a) V(⊥) + (1 - W(a))
     * V(s)}, each V after values moved.
     */
    @Override
    public Actions bestResponse(double[] experience) {
        int states = shape().states();
        int[] best = new int[rules().rounds() * states];
        q(experience, (row, q) -> {
            for (int a = 1; a < q.length; a++) {
                best[row] = q[a] > q[best[row]] ? a : best[row];
            }
            return q[best[row]];
        });
        return Actions.certain(states, best);
    }

    /** Of a policy, (H, S, A); 0 in the state of those who are out. */
    private double[] q(double[] experience, double[] policy) {
        double[] all = new double[policy.length];
        q(experience, (row, q) -> {
            double value = 0;
            for (int a = 0; a < q.length; a++) {
                all[row * q.length + a] = q[a];
                value += policy[row * q.length + a] * q[a];
            }
            return value;
        });
        return all;
    }

    /** What a bidder does in a row of a policy. */
    private interface Choice {

        /** Returns what a row is worth. */
        double value(int row, double[] q);
    }

    /** Goes through all rounds from the last. */
    private void q(double[] experience, Choice choice) {
        int n = auction.rules().values();
        int states = n + 1;
        double[] value = new double[states];
        double[] after = new double[states];
        double[] q = new double[n];
        for (int h = auction.rules().rounds() - 1; h >= 0; h--) {
            int at = h * experienceLength();
            double seen = Math.max(experience[at], 1); // where nobody ever bid there is nothing to win
            transitions.expect(value, after);
            for (int s = 0; s < n; s++) {
                for (int a = 0; a < n; a++) {
                    double win = experience[at + 1 + a] / seen;
                    double cost = experience[at + 1 + n + a] / seen;
                    q[a] = level[h][s] * win + weight[h][s] * cost + win * after[n] + (1 - win) * after[s];
                }
                value[s] = choice.value(h * states + s, q);
            }
            value[n] = after[n];
        }
    }

    /** Of one round: the number of bidders seen, then sums over them of W and of C, bid by bid. */
    int experienceLength() {
        return 1 + 2 * auction.rules().values();
    }

    BatchedAuction.Rules rules() {
        return auction.rules();
    }

    Auctioneer auctioneer() {
        return Auctioneer.of(auction.mechanism(), theta, manager);
    }

    InitialStates initialStates() {
        return initialStates;
    }

    /** Where values go, by state; null if they stand still. */
    @Nullable
    AliasTables moves() {
        return moves;
    }

    /** The part of the utility that no payment changes, by round and value. */
    double[][] level() {
        return level;
    }

    /** How the cost of a payment counts, by round and value. */
    double[][] weight() {
        return weight;
    }

    /** {@code lambda} times revenue plus the rest times efficiency. */
    double objective(double revenue, double efficiency) {
        return objective.lambda() * revenue + (1 - objective.lambda()) * efficiency;
    }
}
