package mfg.train.auction;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import mfg.core.MechanismKernel;
import mfg.core.OnlineMirrorDescent;
import mfg.core.Round;
import mfg.core.kernel.Kernels;
import mfg.envs.auction.AuctionObjective;
import mfg.envs.auction.BatchedAuction;
import mfg.train.Adjoint;
import mfg.train.Amid;
import mfg.train.DesignProblem;
import mfg.train.Gradient;
import mfg.train.GradientEstimator;
import mfg.train.StepMethod;

/** AMID by the fast step with given kernels, where {@link StepMethod} takes the fastest. */
public record Fast<F>(Kernels<F> kernels, Adjoint adjoint) implements GradientEstimator {

    static final List<Kernels<double[]>> EXACT = Kernels.allDoubles();

    /** Every kernel with every schedule, in double precision. */
    public static Stream<GradientEstimator> each(List<Adjoint> adjoints) {
        return EXACT.stream().flatMap(kernels -> adjoints.stream().map(adjoint -> new Fast<>(kernels, adjoint)));
    }

    static <F> AuctionStep<F> step(Kernels<F> kernels, DesignProblem<?> problem, NDList theta, NDManager manager) {
        BatchedAuction game = (BatchedAuction) problem.game();
        AuctionObjective objective = (AuctionObjective) problem.objective();
        MechanismKernel<F> mechanism = Objects.requireNonNull(game.mechanism().kernel(kernels, theta));
        AuctionModel<F> model = new AuctionModel<>(
                kernels, game, mechanism, Objects.requireNonNull(game.dynamics().transitions()), (OnlineMirrorDescent)
                        problem.solver());
        return new AuctionStep<>(model, objective, manager);
    }

    @Override
    public <R extends Round> Gradient estimate(DesignProblem<R> problem, NDList theta) {
        return estimate(problem, theta, theta.head().getManager());
    }

    /** The gradient for a manager of its own, as theta may be empty. */
    Gradient estimate(DesignProblem<?> problem, NDList theta, NDManager manager) {
        try (AuctionStep<F> step = step(kernels, problem, theta, manager)) {
            return Amid.pass(step, problem.steps(), adjoint);
        }
    }

    @Override
    public String toString() {
        return "%s in %d bytes, %s".formatted(kernels.name(), kernels.bytes(), adjoint);
    }
}
