package mfg.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import mfg.core.GameShape;
import mfg.core.MeanFieldGame;
import mfg.core.Objective;
import mfg.core.OnlineMirrorDescent;
import mfg.core.ParameterSpec;
import mfg.core.Round;
import mfg.core.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * Nobody has anything to choose, and {@code G(theta) = slope * sum(theta) - curvature / 2 * |theta|²}, whatever T: what is maximized is
 * known exactly. Counts how often it is evaluated.
 */
record Quadratic(double slope, double curvature, AtomicInteger evaluations) implements MeanFieldGame<Quadratic.Still> {

    static final OnlineMirrorDescent DESCENT = new OnlineMirrorDescent(1, 0.1);

    /** Two arrays, D = 5 in all. */
    private static final List<ParameterSpec> PARAMETERS =
            List.of(new ParameterSpec("x", new Shape(2), 1), new ParameterSpec("y", new Shape(3, 1), 1));

    /** What is maximized. */
    static final Objective<Still> OBJECTIVE =
            (flow, theta) -> flow.rounds().get(0).objective();

    /** A round that remembers game and parameters. */
    record Still(Quadratic game, NDArray flow, NDList theta) implements Round {

        NDArray objective() {
            game.evaluations.incrementAndGet();
            return theta.stream().map(game::part).reduce(NDArray::add).orElseThrow();
        }

        @Override
        public NDArray reward() {
            return flow.zerosLike();
        }

        @Override
        public NDArray next() {
            return flow.sum(new int[] {1});
        }

        @Override
        public NDArray continuation(NDArray value) {
            return flow.zerosLike();
        }
    }

    static Quadratic of(double slope, double curvature) {
        return new Quadratic(slope, curvature, new AtomicInteger());
    }

    DesignProblem<Still> problem() {
        return new DesignProblem<>(this, OBJECTIVE, DESCENT, 1);
    }

    private NDArray part(NDArray array) {
        return Tensors.times(array.sum(), slope)
                .sub(Tensors.times(array.square().sum(), curvature / 2));
    }

    /** {@code G(theta)}, computed apart from everything. */
    double at(double... theta) {
        double value = 0;
        for (double x : theta) {
            value += slope * x - curvature / 2 * x * x;
        }
        return value;
    }

    @Override
    public GameShape shape() {
        return new GameShape(1, 1, 2);
    }

    @Override
    public double[] initialStates() {
        return new double[] {1};
    }

    @Override
    public Still round(int h, NDArray flow, @Nullable Still previous, NDList theta) {
        return new Still(this, flow, theta);
    }

    @Override
    public List<ParameterSpec> parameters() {
        return PARAMETERS;
    }
}
