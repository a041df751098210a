package mfg.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The population flow {@code Lambda(pi | theta)} of a policy (AMID, operators Gamma and Lambda): {@code L[0] = mu0 * pi[0]},
 * {@code mu[h+1](s') = sum_{s,a} L[h](s,a) P[h](s' | s,a,L[h])}, {@code L[h+1] = mu[h+1] * pi[h+1]}. It keeps the rounds
 * of the forward pass, so that values and objectives compute nothing twice. In a {@link Stationary} game, {@code mu[0]} is where
 * {@code mu0} comes to rest.
 *
 * @param <R> the game's kind of round
 */
public final class PopulationFlow<R extends Round> {

    private final MeanFieldGame<R> game;
    private final Policy policy;
    private final List<NDArray> policies;
    private final List<NDArray> flows;
    private final List<R> rounds;

    private PopulationFlow(
            MeanFieldGame<R> game, Policy policy, List<NDArray> policies, List<NDArray> flows, List<R> rounds) {
        this.game = game;
        this.policy = policy;
        this.policies = policies;
        this.flows = flows;
        this.rounds = rounds;
    }

    /**
     * Moves the population through the game.
     *
     * @param <R> the game's kind of round
     * @param game the game
     * @param policy what everybody plays, (H, S, A); its manager owns all that is computed; not modified
     * @param theta the design parameters; not modified
     * @return the flow
     */
    public static <R extends Round> PopulationFlow<R> of(MeanFieldGame<R> game, Policy policy, NDList theta) {
        GameShape shape = game.shape();
        NDArray probabilities = policy.probabilities();
        List<NDArray> policies = split(probabilities);
        List<NDArray> flows = new ArrayList<>();
        List<R> rounds = new ArrayList<>();
        NDArray states = Tensors.create(
                probabilities.getManager(),
                probabilities.getDataType(),
                game.initialStates(),
                new Shape(shape.states()));
        int settling = game.stationary().map(Stationary::settling).orElse(0);
        for (int i = 0; i < settling; i++) {
            states = game.round(0, policies.get(0).mul(states.expandDims(1)), null, theta)
                    .next();
        }
        @Nullable R previous = null;
        for (int h = 0; h < shape.rounds(); h++) {
            NDArray flow = policies.get(h).mul(states.expandDims(1));
            R round = game.round(h, flow, previous, theta);
            flows.add(flow);
            rounds.add(round);
            if (h + 1 < shape.rounds()) {
                states = round.next();
            }
            previous = round;
        }
        return new PopulationFlow<>(game, policy, policies, flows, rounds);
    }

    /**
     * Makes a flow of what was observed, such as the empirical distributions of finitely many players, whose policy is what
     * they show.
     *
     * @param <R> the game's kind of round
     * @param game the game
     * @param flows the state-action distribution {@code L[h]} of each round, (S, A); not modified
     * @param rounds the game's rounds at these
     * @return the flow
     */
    public static <R extends Round> PopulationFlow<R> observed(
            MeanFieldGame<R> game, List<NDArray> flows, List<R> rounds) {
        Policy policy = Policy.shownBy(game, NDArrays.stack(new NDList(flows)));
        return new PopulationFlow<>(game, policy, split(policy.probabilities()), flows, rounds);
    }

    /**
     * Makes a flow of any distributions, whether or not one leads to the next.
     *
     * @param <R> the game's kind of round
     * @param game the game
     * @param distributions {@code L}, (H, S, A); its manager owns all that is computed; not modified
     * @param theta the design parameters; not modified
     * @return the flow, with the rounds at these distributions and the policy that they show
     */
    public static <R extends Round> PopulationFlow<R> at(MeanFieldGame<R> game, NDArray distributions, NDList theta) {
        List<NDArray> flows = split(distributions);
        List<R> rounds = new ArrayList<>();
        @Nullable R previous = null;
        for (int h = 0; h < flows.size(); h++) {
            previous = game.round(h, flows.get(h), previous, theta);
            rounds.add(previous);
        }
        return observed(game, flows, rounds);
    }

    /** Cuts the leading axis: one array a round. */
    static List<NDArray> split(NDArray byRound) {
        List<NDArray> slices = new ArrayList<>();
        for (NDArray slice : byRound.split(byRound.getShape().get(0))) {
            slices.add(slice.squeeze(0));
        }
        return slices;
    }

    /**
     * Returns the game played.
     *
     * @return the game
     */
    public MeanFieldGame<R> game() {
        return game;
    }

    /**
     * Returns the policy that everybody plays.
     *
     * @return the policy, (H, S, A)
     */
    public Policy policy() {
        return policy;
    }

    /**
     * Returns the policy of one round.
     *
     * @param h the round
     * @return {@code pi[h]}, (S, A)
     */
    public NDArray policy(int h) {
        return policies.get(h);
    }

    /**
     * Returns the population in one round.
     *
     * @param h the round
     * @return {@code L[h]}, (S, A)
     */
    public NDArray at(int h) {
        return flows.get(h);
    }

    /**
     * Returns the state distribution of one round.
     *
     * @param h the round
     * @return {@code mu[h]}, (S)
     */
    public NDArray states(int h) {
        return flows.get(h).sum(new int[] {1});
    }

    /**
     * Returns what happened, round by round.
     *
     * @return the rounds 0 to H - 1
     */
    public List<R> rounds() {
        return rounds;
    }

    /**
     * Returns the population in all rounds.
     *
     * @return {@code L}, (H, S, A)
     */
    public NDArray stacked() {
        return NDArrays.stack(new NDList(flows));
    }
}
