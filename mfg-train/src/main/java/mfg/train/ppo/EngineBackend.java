package mfg.train.ppo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.BatchSampler;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.LongStream;
import mfg.core.Scope;
import mfg.core.Tensors;
import mfg.envs.Simulator;
import mfg.nn.ActorCritic;
import mfg.train.Adam;

/** Networks by the engine, on any device: all of a minibatch at once. */
final class EngineBackend implements Backend {

    private final Simulator simulator;
    private final ActorCritic networks;
    private final NDList theta;
    private final NDManager manager;
    private final DataType type;

    EngineBackend(Simulator simulator, ActorCritic networks, NDList theta) {
        this.simulator = simulator;
        this.networks = networks;
        this.theta = theta;
        this.manager = theta.head().getManager();
        this.type = theta.head().getDataType();
    }

    /** {@inheritDoc} They are read whenever something is computed. */
    @Override
    public void refresh() {}

    @Override
    public double[] logits(float[] rows, int at) {
        int agents = simulator.agents();
        try (Scope scope = new Scope(manager)) {
            NDArray seen = byNetwork(items(scope.manager(), rows, at, agents));
            return Tensors.toDoubles(byNetwork(networks.logits(theta, seen, who(scope.manager(), agents))));
        }
    }

    @Override
    public double[] values(float[] rows) {
        int agents = simulator.agents();
        double[] values = new double[simulator.rounds() * agents];
        for (int at = 0; at < values.length; at += agents) {
            try (Scope scope = new Scope(manager)) {
                NDArray seen = byNetwork(items(scope.manager(), rows, at * simulator.features(), agents));
                NDArray y = networks.values(theta, seen, who(scope.manager(), agents));
                System.arraycopy(Tensors.toDoubles(byNetwork(y)), 0, values, at, agents);
            }
        }
        return values;
    }

    /** Rows as items of K samples each, (items, K, F). */
    private NDArray items(NDManager owner, float[] rows, int at, int places) {
        int features = simulator.features();
        Shape shape = new Shape(places / networks.networks(), networks.networks(), features);
        return owner.create(FloatBuffer.wrap(rows, at, places * features), shape, DataType.FLOAT32)
                .toType(type, false);
    }

    /** Which player each item is of, where one network has all of them. */
    private NDArray who(NDManager owner, int places) {
        return owner.create(LongStream.range(0, places / networks.networks())
                .map(k -> k % simulator.players())
                .toArray());
    }

    /** (items, K, .) to (K, items, .), and back. */
    private static NDArray byNetwork(NDArray items) {
        return items.transpose(1, 0, 2);
    }

    @Override
    public Steps learn(float[] rows, Samples samples, Lesson lesson, Adam adam) {
        int count = networks.networks();
        PpoGradient gradient = new PpoGradient(networks, lesson);
        Steps steps = new Steps();
        try (Scope scope = new Scope(manager)) {
            NDManager owner = scope.manager();
            ArrayDataset data = new ArrayDataset.Builder()
                    .setData(items(owner, rows, 0, samples.size()), who(owner, samples.size()))
                    .setSampling(1, false)
                    .build();
            int batch = lesson.options().batch(count, samples.size() / count);
            for (int pass = 0; pass < lesson.options().passes(); pass++) {
                for (Batch minibatch : data.getData(owner, new BatchSampler(lesson.shuffle(pass), batch), null)) {
                    step(gradient, minibatch, samples, lesson, adam, steps);
                    minibatch.close();
                }
                if (steps.reached(lesson.options().targetKl())) {
                    break;
                }
            }
        } catch (IOException | TranslateException e) {
            throw new IllegalStateException("data in memory can be read", e);
        }
        return steps;
    }

    private void step(PpoGradient gradient, Batch minibatch, Samples all, Lesson lesson, Adam adam, Steps steps) {
        int[] items = minibatch.getIndices().stream()
                .mapToInt(index -> ((Number) index).intValue())
                .toArray();
        Samples samples = all.pick(items, networks.networks()).normalized(networks.networks());
        NDArray seen = byNetwork(minibatch.getData().get(0));
        NDArray who = minibatch.getData().get(1);
        PpoGradient.Result result = gradient.of(theta, seen, who, samples, minibatch.getManager());
        steps.add(result.loss(), cut(result.ascent(), lesson.options()));
        adam.ascend(theta, result.ascent(), lesson.rate(), lesson.options().adam());
    }

    /** Cuts each network's gradient to the largest norm, in place; returns the mean norm before. */
    private double cut(NDList gradients, PpoOptions options) {
        int count = networks.networks();
        NDArray squares = gradients.head().getManager().zeros(new Shape(count), type);
        for (NDArray array : gradients) {
            squares.addi(array.square().reshape(count, -1).sum(new int[] {1}));
        }
        double[] norms = Tensors.toDoubles(squares.sqrt());
        double[] factors = Arrays.stream(norms).map(options::cut).toArray();
        NDArray factor = Tensors.create(squares.getManager(), type, factors, new Shape(count, 1));
        for (NDArray array : gradients) {
            array.reshape(count, -1).muli(factor);
        }
        return Arrays.stream(norms).average().orElseThrow();
    }
}
