package mfg.train;

import ai.djl.ndarray.NDList;
import mfg.core.Scope;
import mfg.core.Tensors;

/** Stochastic gradient ascent, {@code theta += learningRate * gradient}: nothing is remembered. */
public record Sgd() implements Optimizer {

    @Override
    public void ascend(NDList theta, NDList gradient, double learningRate) {
        try (Scope scope = new Scope(theta.head().getManager())) {
            for (int i = 0; i < theta.size(); i++) {
                theta.get(i).addi(Tensors.times(scope.in(gradient.get(i)), learningRate));
            }
        }
    }
}
