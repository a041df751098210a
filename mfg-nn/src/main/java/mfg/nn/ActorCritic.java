package mfg.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import mfg.core.InvalidInputException;
import mfg.core.ParameterSpec;

/**
 * A policy network and a value network, each {@link Perceptrons}, as functions of theta: the parameters of the policy, then those of
 * the value.
 */
public final class ActorCritic {

    /** How large the policy's first logits are, so that all actions start about equally likely, and the other outputs. */
    private static final double POLICY_GAIN = 0.01;

    private static final double VALUE_GAIN = 1;

    private static final int WIDEST = 65536;

    private final Perceptrons policy;
    private final Perceptrons value;
    private final int networks;

    /**
     * Creates the networks, without parameters.
     *
     * @param players N
     * @param features what an agent sees, F
     * @param actions A
     * @param hidden the width of the hidden layers, at most 65536
     * @param identity how they know who acts
     * @throws InvalidInputException if the width is out of range, or the networks have more parameters than an array holds
     */
    public ActorCritic(int players, int features, int actions, int hidden, Identity identity) {
        if (hidden < 1 || hidden > WIDEST) {
            throw new InvalidInputException(
                    "the hidden width must be between 1 and %d, not %d".formatted(WIDEST, hidden));
        }
        policy = new Perceptrons("policy", players, features, hidden, actions, identity);
        value = new Perceptrons("value", players, features, hidden, 1, identity);
        networks = identity == Identity.INDEPENDENT ? players : 1;
        for (ParameterSpec spec : parameters()) {
            if (spec.shape().size() > Integer.MAX_VALUE) {
                throw new InvalidInputException(
                        "%d networks of hidden width %d have more parameters than an array holds"
                                .formatted(networks, hidden));
            }
        }
    }

    /**
     * Returns how many policies there are.
     *
     * @return K, 1 for all or N, one for each
     */
    public int networks() {
        return networks;
    }

    /**
     * Returns the policy network.
     *
     * @return (K, batch, F) to logits (K, batch, A)
     */
    public Perceptrons policy() {
        return policy;
    }

    /**
     * Returns the value network.
     *
     * @return (K, batch, F) to values (K, batch, 1)
     */
    public Perceptrons value() {
        return value;
    }

    /**
     * Returns what theta consists of.
     *
     * @return the parameters of the policy, then those of the value
     */
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> all = new ArrayList<>(policy.parameters());
        all.addAll(value.parameters());
        return List.copyOf(all);
    }

    /**
     * Returns the policy's part of theta.
     *
     * @param theta all parameters
     * @return a part of the list, the same arrays
     */
    public NDList policyPart(NDList theta) {
        return theta.subNDList(0, policy.parameters().size());
    }

    /**
     * Returns the value's part of theta.
     *
     * @param theta all parameters
     * @return a part of the list, the same arrays
     */
    public NDList valuePart(NDList theta) {
        return theta.subNDList(policy.parameters().size());
    }

    /**
     * Computes the policies' logits.
     *
     * @param theta all parameters; not modified
     * @param seen (K, batch, F); not modified
     * @param who (batch), int64: which players; read only where identity is told
     * @return (K, batch, A), owned by the manager of {@code seen}
     */
    public NDArray logits(NDList theta, NDArray seen, NDArray who) {
        return apply(policy, policyPart(theta), seen, who);
    }

    /**
     * Computes the values.
     *
     * @param theta all parameters; not modified
     * @param seen (K, batch, F); not modified
     * @param who (batch), int64: which players; read only where identity is told
     * @return (K, batch, 1), owned by the manager of {@code seen}
     */
    public NDArray values(NDList theta, NDArray seen, NDArray who) {
        return apply(value, valuePart(theta), seen, who);
    }

    /** Everything on the way belongs to the manager of what is seen, which lives shorter than theta's. */
    private static NDArray apply(Perceptrons network, NDList theta, NDArray seen, NDArray who) {
        NDList views = new NDList();
        for (NDArray array : theta) {
            NDArray view = array.stopGradient();
            view.attach(seen.getManager());
            views.add(view);
        }
        return network.forward(new ThetaStore(network, views), new NDList(seen, who), false)
                .singletonOrThrow();
    }

    /**
     * Makes the networks that a player has by itself.
     *
     * @param theta all parameters; not modified
     * @param player from 0
     * @return new arrays, of networks for one player without identity that compute the same
     */
    public NDList alone(NDList theta, int player) {
        NDList alone = policy.alone(policyPart(theta), player);
        alone.addAll(value.alone(valuePart(theta), player));
        return alone;
    }

    /**
     * Draws a start: orthogonal weights (Saxe et al. 2014; with CleanRL's gains), biases and the weights of a one-hot identity zero,
     * so that all players start alike there.
     *
     * @param random the source
     * @param manager the owner
     * @param type float32 or float64
     * @return the parameters, each named as its spec
     */
    public NDList start(SplittableRandom random, NDManager manager, DataType type) {
        NDList theta = policy.start(random, POLICY_GAIN, manager, type);
        theta.addAll(value.start(random, VALUE_GAIN, manager, type));
        return theta;
    }
}
