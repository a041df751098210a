package mfg.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import mfg.core.Round;
import mfg.core.Tensors;
import mfg.nn.Autodiff;
import mfg.nn.Autodiff.Differentiated;

/**
 * Backpropagation through one graph of all T steps: the baseline of AMID Table 2. Memory grows with T; for A1 at T = 400
 * expect several GiB.
 */
public record Naive() implements GradientEstimator {

    @Override
    public <R extends Round> Gradient estimate(DesignProblem<R> problem, NDList theta) {
        problem.requireDerivative();
        Differentiated result = Autodiff.differentiate(theta.head().getManager(), theta, leaves -> {
            NDArray first = leaves.head();
            NDArray zeta = problem.solver().init(problem.game(), leaves, first.getManager(), first.getDataType());
            for (int t = 0; t < problem.steps(); t++) {
                zeta = problem.solver().step(problem.game(), leaves, zeta, t + 1);
            }
            return problem.objectiveAt(zeta, leaves);
        });
        double objective = Tensors.toDouble(result.value());
        result.value().close();
        return new Gradient(objective, result.gradients(), 0);
    }
}
