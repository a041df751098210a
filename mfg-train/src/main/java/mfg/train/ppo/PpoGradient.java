package mfg.train.ppo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
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

    /** Samples of a chunk on a CPU. */
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
        int chunk = seen.getDevice().isGpu() ? Integer.MAX_VALUE : CHUNK; // a GPU does all at once
        List<Range> chunks = count > 1 ? Range.of(count, chunk / batch) : Range.of(batch, chunk);
        try (Scope scope = new Scope(manager)) {
            List<Result> parts = Parallel.map(chunks, threads, range -> {
                try (Scope inner = new Scope(scope.manager())) {
                    Batch whole = new Batch(inner.in(theta), inner.in(seen), inner.in(who), samples);
                    Result part =
                            differentiate(count > 1 ? whole.networks(range, batch) : whole.samples(range), 1.0 / batch);
                    inner.out(part.ascent());
                    return part;
                }
            });
            return joined(parts, chunks, scope);
        }
    }

    /** From one place to another. */
    private record Range(int from, int to) {

        static List<Range> of(int all, int width) {
            List<Range> ranges = new ArrayList<>();
            for (int from = 0; from < all; from = ranges.get(ranges.size() - 1).to()) {
                ranges.add(new Range(from, Math.min(all, from + Math.max(1, width))));
            }
            return ranges;
        }
    }

    /** Of a minibatch, all or a part. */
    private record Batch(NDList theta, NDArray seen, NDArray who, Samples samples) {

        /** Some samples of the only network. */
        Batch samples(Range range) {
            return new Batch(
                    theta,
                    seen.get(new NDIndex(":, {}:{}", range.from(), range.to())),
                    who.get(new NDIndex("{}:{}", range.from(), range.to())),
                    samples.range(range.from(), range.to()));
        }

        /** All samples, each network's a batch, of some networks. */
        Batch networks(Range range, int batch) {
            NDIndex index = new NDIndex("{}:{}", range.from(), range.to());
            NDList parts = new NDList();
            theta.forEach(array -> parts.add(array.get(index)));
            return new Batch(parts, seen.get(index), who, samples.range(range.from() * batch, range.to() * batch));
        }
    }

    private Result differentiate(Batch batch, double scale) {
        NDList policyTheta = networks.policyPart(batch.theta());
        NDList valueTheta = networks.valuePart(batch.theta());
        Perceptrons.Pass policy = networks.policy().pass(policyTheta, batch.seen(), batch.who());
        Perceptrons.Pass value = networks.value().pass(valueTheta, batch.seen(), batch.who());
        double[] logits = Tensors.toDoubles(policy.output());
        double[] values = Tensors.toDoubles(value.output());
        PpoLoss loss = PpoLoss.of(batch.samples(), logits, values, scale, options);
        NDArray logitsBar = like(policy.output(), logits);
        NDArray valuesBar = like(value.output(), values);
        NDList ascent = networks.policy().pullback(policyTheta, policy, batch.who(), logitsBar);
        ascent.addAll(networks.value().pullback(valueTheta, value, batch.who(), valuesBar));
        return new Result(ascent, loss);
    }

    private static NDArray like(NDArray output, double[] numbers) {
        return Tensors.create(output.getManager(), output.getDataType(), numbers, output.getShape());
    }

    /** Gradients of samples add up, those of networks stand side by side; losses are averaged. */
    private Result joined(List<Result> parts, List<Range> chunks, Scope scope) {
        PpoLoss loss = PpoLoss.ZERO;
        double all = chunks.get(chunks.size() - 1).to();
        for (int k = 0; k < chunks.size(); k++) {
            Range chunk = chunks.get(k);
            loss = loss.plus(parts.get(k).loss(), (chunk.to() - chunk.from()) / all);
        }
        NDList ascent = new NDList();
        for (int i = 0; i < parts.get(0).ascent().size(); i++) {
            NDList pieces = new NDList();
            for (Result part : parts) {
                pieces.add(part.ascent().get(i));
            }
            ascent.add(scope.out(networks.networks() > 1 ? NDArrays.concat(pieces) : sum(pieces)));
        }
        return new Result(ascent, loss);
    }

    private static NDArray sum(NDList pieces) {
        NDArray sum = pieces.head();
        for (NDArray piece : pieces.subNDList(1)) {
            sum.addi(piece);
        }
        return sum;
    }
}
