package mfg.train.deep;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.google.auto.service.AutoService;
import mfg.core.Algorithm;
import mfg.core.Iteration;
import mfg.core.MeanFieldGame;
import mfg.core.MirrorMap;
import mfg.core.Policy;
import mfg.core.Tensors;
import mfg.core.Values;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;

/**
 * Deep Munchausen mirror descent (after Lauriere et al. 2022): {@link mfg.core.Munchausen} whose policy is a network. The network is
 * fit to {@code pi exp(eta Q^pi) / Z}, where pi is its own policy, in all rounds and states alike; so nothing but the network is
 * remembered. There the values are learned from samples, too; here they are those of the model in the flow.
 *
 * @param eta the step size, positive
 * @param options how the network learns
 */
@Named("deep-omd")
@AutoService(Algorithm.class)
public record DeepMirrorDescent(
        @Parameter(about = "step size", value = "1", above = 0)
        double eta,

        DeepOptions options) implements Algorithm {

    /** In steps of 1. */
    public DeepMirrorDescent() {
        this(1, new DeepOptions());
    }

    @Override
    public Iteration iteration(MeanFieldGame<?> game, NDList theta, NDManager manager, DataType type, long seed) {
        return new DeepIteration(game, theta, this::lesson, options, manager, type, seed);
    }

    private Lesson lesson(NDArray logits, Lesson.Flows flows, int k) {
        Policy policy = MirrorMap.ENTROPY.policy(logits);
        NDArray q = Values.of(flows.of(policy), policy, 0).q();
        NDArray next = logits.add(Tensors.times(q, eta)).softmax(-1);
        return new Lesson(next, next.sum(new int[] {-1}));
    }
}
