package mfg.envs.auction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import mfg.core.Constants;
import mfg.core.GameShape;
import mfg.core.InvalidInputException;
import mfg.core.MeanFieldGame;
import mfg.core.Mechanism;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of batched auctions among a population of bidders, BA-MFG (AMID Def. 3).
 *
 * <p>States are the values {@code {0, .., n-1}/n} and, last, {@code ⊥}: not taking part. Actions are bids on the same grid.
 * In each round the mechanism offers a share of the goods; the highest bids win, pay, get their utility and go to ⊥; then
 * values move. At most {@code alphaMax} goods per capita are sold over all rounds, whatever the mechanism offers.
 *
 * <p>In ⊥ there is nothing to choose: all actions there are worth the same, so mirror descent keeps its row uniform, and it
 * contributes no entropy (our reading).
 */
public final class BatchedAuction implements MeanFieldGame<AuctionRound> {

    private final GameShape shape;
    private final Rules rules;
    private final Mechanism mechanism;
    private final ValueDynamics dynamics;
    private final Allocation allocation;
    private final double[] initialStates;
    private final NDArray values;
    private final NDArray stateValues;
    private final NDArray active;
    private final NDArray activeStates;
    private final NDArray outside;

    /**
     * The rules that no mechanism can change.
     *
     * @param rounds the horizon H
     * @param values the number of values and bids n
     * @param alphaMax the goods per capita in all rounds, positive
     * @param initialValues {@code mu0} over values: n nonnegative numbers that sum to 1
     * @param utility what winners gain
     */
    public record Rules(int rounds, int values, double alphaMax, double[] initialValues, Utility utility) {

        /**
         * Checks the rules.
         *
         * @throws InvalidInputException if they do not describe an auction
         */
        public Rules {
            if (values < 2 || rounds < 1) {
                throw new InvalidInputException(
                        "an auction needs at least 2 values and 1 round, not %d and %d".formatted(values, rounds));
            }
            if (!(alphaMax > 0) || Double.isInfinite(alphaMax)) {
                throw new InvalidInputException("alphaMax must be positive, not " + alphaMax);
            }
            double mass = Arrays.stream(initialValues).sum();
            if (initialValues.length != values
                    || Math.abs(mass - 1) > 1e-9
                    || !Arrays.stream(initialValues).allMatch(p -> p >= 0)) {
                throw new InvalidInputException(
                        "the initial value distribution must be %d nonnegative numbers that sum to 1"
                                .formatted(values));
            }
        }
    }

    /**
     * Creates an auction.
     *
     * @param constants makes and owns the constants
     * @param rules the rules
     * @param dynamics how values move between rounds
     * @param mechanism the auctioneer
     */
    public BatchedAuction(Constants constants, Rules rules, ValueDynamics dynamics, Mechanism mechanism) {
        int n = rules.values();
        this.shape = new GameShape(rules.rounds(), n + 1, n);
        this.rules = rules;
        this.mechanism = mechanism;
        this.dynamics = dynamics;
        this.allocation = new Allocation(constants, n);
        this.initialStates = Arrays.copyOf(rules.initialValues(), n + 1);
        double[] grid = IntStream.rangeClosed(0, n)
                .mapToDouble(s -> s < n ? (double) s / n : 0)
                .toArray();
        double[] takesPart =
                IntStream.rangeClosed(0, n).mapToDouble(s -> s < n ? 1 : 0).toArray();
        double[] bottom =
                IntStream.rangeClosed(0, n).mapToDouble(s -> s < n ? 0 : 1).toArray();
        this.values = constants.column(grid);
        this.stateValues = constants.vector(grid);
        this.active = constants.column(takesPart);
        this.activeStates = constants.vector(takesPart);
        this.outside = constants.vector(bottom);
    }

    /**
     * Returns the same auction under another auctioneer.
     *
     * @param constants makes and owns its constants
     * @param other who makes the offers
     * @return an auction with these rules and dynamics
     */
    public BatchedAuction under(Constants constants, Mechanism other) {
        return new BatchedAuction(constants, rules, dynamics, other);
    }

    @Override
    public GameShape shape() {
        return shape;
    }

    @Override
    public double[] initialStates() {
        return initialStates.clone();
    }

    @Override
    public List<ParameterSpec> parameters() {
        return mechanism.parameters();
    }

    @Override
    public AuctionRound round(int h, NDArray flow, @Nullable AuctionRound previous, NDList theta) {
        NDArray bids = flow.transpose().matMul(activeStates);
        NDArray available = previous == null ? supply(flow) : previous.remaining();
        Mechanism.Offer offer = mechanism.offer(h, bids, available, theta);
        return new AuctionRound(this, h, flow, available, offer, bids);
    }

    private NDArray supply(NDArray flow) {
        return Tensors.create(flow.getManager(), flow.getDataType(), new double[] {rules.alphaMax()}, new Shape(1));
    }

    @Override
    public NDArray countedEntropy(NDArray entropy) {
        return entropy.mul(activeStates);
    }

    /**
     * Says whether a flow violates no zero-dominance (AMID Def. 4): some round has a bid that nobody makes and that exactly
     * the bids above exhaust the goods of, so that one unit of mass more or less decides whether it wins.
     *
     * @param rounds the rounds of a flow
     * @param tolerance masses closer than this count as equal
     * @return true if a round has such a bid
     */
    public boolean violatesNoZeroDominance(List<AuctionRound> rounds, double tolerance) {
        for (AuctionRound round : rounds) {
            double goods = Tensors.toDouble(round.goods());
            double[] bids = Tensors.toDoubles(round.bids());
            double above = 0;
            for (int a = bids.length - 1; a >= 0; a--) {
                if (bids[a] <= tolerance && Math.abs(above - goods) <= tolerance) {
                    return true;
                }
                above += bids[a];
            }
        }
        return false;
    }

    /**
     * Returns the rules that no mechanism can change.
     *
     * @return the rules
     */
    public Rules rules() {
        return rules;
    }

    /**
     * Returns the auctioneer.
     *
     * @return the mechanism
     */
    public Mechanism mechanism() {
        return mechanism;
    }

    /**
     * Returns how values move between rounds.
     *
     * @return the dynamics
     */
    public ValueDynamics dynamics() {
        return dynamics;
    }

    Allocation allocation() {
        return allocation;
    }

    /** The value of each state, (n + 1, 1); 0 for ⊥. */
    NDArray values() {
        return values;
    }

    /** The value of each state, (n + 1); 0 for ⊥. */
    NDArray stateValues() {
        return stateValues;
    }

    /** 1 for values, 0 for ⊥, (n + 1, 1). */
    NDArray active() {
        return active;
    }

    /** 1 for values, 0 for ⊥, (n + 1). */
    NDArray activeStates() {
        return activeStates;
    }

    /** 0 for values, 1 for ⊥, (n + 1). */
    NDArray outside() {
        return outside;
    }
}
