package mfg.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import mfg.core.Round;
import mfg.core.Scope;
import mfg.core.Tensors;
import mfg.nn.Autodiff;
import mfg.nn.Autodiff.Differentiated;

/** A step differentiated by the engine: works for every game made of differentiable array operations. */
final class AutodiffStep<R extends Round> implements EquilibriumStep<NDArray> {

    private final DesignProblem<R> problem;
    private final NDList theta;
    private final NDManager owner;
    private final NDManager manager;
    private final DataType type;
    private final NDList sum;
    private double objective;
    private long bytes;
    private long mostBytes;

    /** The gradient goes to the owner. */
    AutodiffStep(DesignProblem<R> problem, NDList theta, NDManager owner, DataType type) {
        this.problem = problem;
        this.theta = theta;
        this.owner = owner;
        this.manager = owner.newSubManager();
        this.type = type;
        this.sum = new NDList(theta.size());
        for (NDArray parameter : theta) {
            sum.add(manager.zeros(parameter.getShape(), parameter.getDataType()));
        }
    }

    @Override
    public NDArray start() {
        return live(init(theta, manager));
    }

    private NDArray init(NDList parameters, NDManager scope) {
        return problem.solver().init(problem.game(), parameters, scope, type);
    }

    @Override
    public NDArray next(NDArray zeta, int t, double stretch) {
        try (Scope scope = new Scope(manager)) {
            NDArray from = scope.in(zeta);
            NDArray next = step(from, t, scope.in(theta));
            return live(scope.out(stretch == 1 ? next : from.add(Tensors.times(next.sub(from), stretch))));
        }
    }

    @Override
    public double move(NDArray zeta, NDArray next) {
        return problem.move(zeta, next, theta);
    }

    private NDArray step(NDArray zeta, int t, NDList parameters) {
        return problem.solver().step(problem.game(), parameters, zeta, t + 1);
    }

    @Override
    public double value(NDArray zeta) {
        try (Scope scope = new Scope(manager)) {
            return Tensors.toDouble(problem.objectiveAt(scope.in(zeta), scope.in(theta)));
        }
    }

    @Override
    public NDArray objective(NDArray zeta) {
        Differentiated result = differentiate(zeta, problem::objectiveAt);
        objective = Tensors.toDouble(result.value());
        return settle(result);
    }

    @Override
    public NDArray pullback(NDArray zeta, int t, NDArray cotangent) {
        NDArray pulled = settle(differentiate(zeta, weighted(t, cotangent)));
        release(cotangent);
        return pulled;
    }

    /** The engine's backward takes no cotangent: weigh the output with it. */
    private Scalar weighted(int t, NDArray cotangent) {
        return (zeta, parameters) -> step(zeta, t, parameters).mul(cotangent).sum();
    }

    @Override
    public Products<NDArray> products(NDArray zeta, int t) {
        return new Products<>() {
            @Override
            public double kept() {
                return 0;
            }

            @Override
            public double[] read(NDArray cotangent) {
                return Tensors.toDoubles(cotangent);
            }

            @Override
            public double[] times(double[] read) {
                try (NDArray cotangent = cotangent(read)) {
                    Differentiated result = differentiate(zeta, weighted(t, cotangent));
                    double[] product = Tensors.toDoubles(result.gradients().head());
                    result.gradients().close();
                    result.value().close();
                    return product;
                }
            }

            @Override
            public void settle(double[] read) {
                release(pullback(zeta, t, live(cotangent(read))));
            }

            private NDArray cotangent(double[] read) {
                return Tensors.create(manager, type, read, zeta.getShape());
            }
        };
    }

    @Override
    public void pullbackStart(NDArray cotangent) {
        release(settle(differentiate(
                cotangent,
                (a, parameters) -> init(parameters, a.getManager()).mul(a).sum())));
        release(cotangent);
    }

    /** A scalar function of zeta and theta. */
    private interface Scalar {
        NDArray of(NDArray zeta, NDList theta);
    }

    private Differentiated differentiate(NDArray zeta, Scalar scalar) {
        NDList arguments = new NDList(zeta);
        arguments.addAll(theta);
        return Autodiff.differentiate(manager, arguments, leaves -> scalar.of(leaves.head(), leaves.subNDList(1)));
    }

    /** Adds the gradient by theta to the sum and returns that by zeta. */
    private NDArray settle(Differentiated result) {
        NDList gradients = result.gradients();
        for (int i = 0; i < sum.size(); i++) {
            try (NDArray part = gradients.get(i + 1)) {
                sum.get(i).addi(part);
            }
        }
        result.value().close();
        return live(gradients.head());
    }

    @Override
    public void release(NDArray zeta) {
        bytes -= bytes(zeta);
        zeta.close();
    }

    private NDArray live(NDArray created) {
        bytes += bytes(created);
        mostBytes = Math.max(mostBytes, bytes);
        return created;
    }

    @Override
    public NDArray read(NDArray zeta) {
        NDArray view = zeta.stopGradient();
        view.attach(owner);
        return view;
    }

    private long bytes(NDArray state) {
        return state.size() * type.getNumOfBytes();
    }

    @Override
    public Gradient gradient() {
        sum.attach(owner);
        return new Gradient(objective, sum, mostBytes);
    }

    @Override
    public void close() {
        manager.close();
    }
}
