package mfg.train.ppo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import mfg.core.Scope;
import mfg.core.Tensors;
import mfg.nn.ActorCritic;
import mfg.nn.Perceptrons;

/** The gradient of {@link PpoLoss} by theta, by the engine. */
final class PpoGradient {

    private final ActorCritic networks;
    private final Backend.Lesson lesson;

    PpoGradient(ActorCritic networks, Backend.Lesson lesson) {
        this.networks = networks;
        this.lesson = lesson;
    }

    /**
     * What a step needs.
     *
     * @param ascent minus the gradient, one array a parameter
     */
    record Result(NDList ascent, PpoLoss loss) {}

    /**
     * Differentiates.
     *
     * @param theta the parameters; not modified
     * @param seen (K, batch, F); not modified
     * @param who (batch); not modified
     * @param samples (K, batch), advantages normalized; not modified
     * @param manager the owner of the result
     * @return minus the gradient of the sum over networks of their mean losses, and the mean of these
     */
    Result of(NDList theta, NDArray seen, NDArray who, Samples samples, NDManager manager) {
        double scale = (double) networks.networks() / samples.size();
        try (Scope scope = new Scope(manager)) {
            NDList policyTheta = scope.in(networks.policyPart(theta));
            NDList valueTheta = scope.in(networks.valuePart(theta));
            NDArray x = scope.in(seen);
            Perceptrons.Pass policy = networks.policy().pass(policyTheta, x, who);
            Perceptrons.Pass value = networks.value().pass(valueTheta, x, who);
            double[] logits = Tensors.toDoubles(policy.output());
            double[] values = Tensors.toDoubles(value.output());
            PpoLoss loss = loss(samples, logits, values, scale);
            NDList ascent = networks.policy().pullback(policyTheta, policy, who, like(policy.output(), logits));
            ascent.addAll(networks.value().pullback(valueTheta, value, who, like(value.output(), values)));
            scope.out(ascent);
            return new Result(ascent, loss);
        }
    }

    /** Overwrites logits and values by minus the loss's derivatives. */
    private PpoLoss loss(Samples samples, double[] logits, double[] values, double scale) {
        int actions = logits.length / samples.size();
        Categorical pi = new Categorical(actions);
        PpoLoss.Sum sum = new PpoLoss.Sum(lesson.options(), lesson.valueClip(), scale, actions);
        for (int k = 0; k < samples.size(); k++) {
            double entropy = pi.read(logits, k * actions);
            values[k] = sum.add(pi, entropy, samples, k, samples.advantages()[k], values[k]);
            System.arraycopy(sum.logitsBar(), 0, logits, k * actions, actions);
        }
        return sum.mean();
    }

    private static NDArray like(NDArray output, double[] numbers) {
        return Tensors.create(output.getManager(), output.getDataType(), numbers, output.getShape());
    }
}
