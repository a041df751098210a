package mfg.train.ppo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import mfg.core.Parallel;
import mfg.core.Scope;
import mfg.core.Tensors;
import mfg.nn.ActorCritic;
import mfg.nn.Perceptrons;

/**
 * The gradient of {@link PpoLoss} by theta, in chunks that fit a processor's cache: of samples where there is one network, of
 * networks where there are many. Chunks do not depend on the number of threads, and are added up in order.
 */
final class PpoGradient {

    /** Samples of a chunk. */
    private static final int CHUNK = 1024;

    private final ActorCritic networks;
    private final PpoOptions options;
    private final int threads;

    PpoGradient(ActorCritic networks, PpoOptions options, int threads) {
        this.networks = networks;
        this.options = options;
        this.threads = threads;
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
        int count = networks.networks();
        int batch = samples.size() / count;
        int along = count > 1 ? count : batch;
        int width = count > 1 ? Math.max(1, CHUNK / batch) : CHUNK;
        List<int[]> chunks = new ArrayList<>();
        for (int from = 0; from < along; from += width) {
            chunks.add(new int[] {from, Math.min(along, from + width)});
        }
        try (Scope scope = new Scope(manager)) {
            List<Result> parts = Parallel.map(chunks, threads, chunk -> {
                NDIndex range = new NDIndex("%d:%d".formatted(chunk[0], chunk[1]));
                NDIndex columns = new NDIndex(":,%d:%d".formatted(chunk[0], chunk[1]));
                try (Scope inner = new Scope(scope.manager())) {
                    NDList parameters = inner.in(theta);
                    NDArray x = inner.in(seen);
                    NDArray of = inner.in(who);
                    Result part;
                    if (count > 1) {
                        parameters.replaceAll(parameter -> parameter.get(range));
                        Samples own = samples.range(chunk[0] * batch, chunk[1] * batch);
                        part = chunk(parameters, x.get(range), of, own, 1.0 / batch);
                    } else {
                        Samples own = samples.range(chunk[0], chunk[1]);
                        part = chunk(parameters, x.get(columns), of.get(range), own, 1.0 / batch);
                    }
                    inner.out(part.ascent());
                    return part;
                }
            });
            PpoLoss loss = PpoLoss.ZERO;
            for (int k = 0; k < chunks.size(); k++) {
                loss = loss.plus(parts.get(k).loss(), (double) (chunks.get(k)[1] - chunks.get(k)[0]) / along);
            }
            NDList ascent = new NDList(theta.size());
            for (int i = 0; i < theta.size(); i++) {
                NDList pieces = new NDList();
                for (Result part : parts) {
                    pieces.add(part.ascent().get(i));
                }
                ascent.add(scope.out(count > 1 ? NDArrays.concat(pieces) : sum(pieces)));
            }
            return new Result(ascent, loss);
        }
    }

    private static NDArray sum(NDList pieces) {
        NDArray sum = pieces.head();
        for (NDArray piece : pieces.subNDList(1)) {
            sum.addi(piece);
        }
        return sum;
    }

    private Result chunk(NDList theta, NDArray seen, NDArray who, Samples samples, double scale) {
        NDList policyTheta = networks.policyPart(theta);
        NDList valueTheta = networks.valuePart(theta);
        Perceptrons.Pass policy = networks.policy().pass(policyTheta, seen, who);
        Perceptrons.Pass value = networks.value().pass(valueTheta, seen, who);
        double[] logits = Tensors.toDoubles(policy.output());
        double[] values = Tensors.toDoubles(value.output());
        PpoLoss loss = PpoLoss.of(samples, logits, values, scale, options);
        NDList ascent = networks.policy().pullback(policyTheta, policy, who, like(policy.output(), logits));
        ascent.addAll(networks.value().pullback(valueTheta, value, who, like(value.output(), values)));
        return new Result(ascent, loss);
    }

    private static NDArray like(NDArray output, double[] numbers) {
        Shape shape = output.getShape();
        return Tensors.create(output.getManager(), output.getDataType(), numbers, shape);
    }
}
