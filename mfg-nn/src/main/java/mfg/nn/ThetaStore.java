package mfg.nn;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.IdentityHashMap;
import java.util.Objects;

/** Lets a block compute with given parameters instead of its own, so that a network is a function of theta. */
final class ThetaStore extends ParameterStore {

    private final IdentityHashMap<Parameter, NDArray> arrays = new IdentityHashMap<>();

    /**
     * Pairs parameters with arrays.
     *
     * @param block whose parameters
     * @param theta their values, in the block's order
     */
    ThetaStore(Block block, NDList theta) {
        super(theta.head().getManager(), false); // without arguments it would open a manager that nobody closes
        int i = 0;
        for (Parameter parameter : block.getParameters().values()) {
            arrays.put(parameter, theta.get(i++));
        }
    }

    @Override
    public NDArray getValue(Parameter parameter, Device device, boolean training) {
        return Objects.requireNonNull(arrays.get(parameter));
    }
}
