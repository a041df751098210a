package mfg.examples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.stream.Stream;
import mfg.core.FictitiousPlay;
import mfg.core.FixedPoint;
import mfg.core.KernelRound;
import mfg.core.OnlineMirrorDescent;
import mfg.core.PopulationFlow;
import mfg.core.Solver;
import mfg.core.Tensors;
import mfg.train.DesignProblem;
import mfg.train.Problems;
import mfg.train.Slopes;
import mfg.train.StepMethod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tolls have the same slopes through every solver; in each round nobody is in one of the two states. */
final class PigouTollsGradientTest {

    static Stream<Solver> solvers() {
        return Stream.of(new OnlineMirrorDescent(2, 0.2), new FixedPoint(0.6), new FictitiousPlay(0.2));
    }

    @ParameterizedTest
    @MethodSource("solvers")
    void gradientsAreTheSlopesOfTheObjective(Solver solver) {
        try (Problems problems = new Problems()) {
            NDList tolls = tolls(problems);
            Slopes.assertDifferences(problem(problems, solver, 8), tolls);
            if (solver.isStationary()) {
                Slopes.assertDifferences(problem(problems, solver, 200), tolls, Problems.implicit(StepMethod.AUTODIFF));
            }
        }
    }

    private static NDList tolls(Problems problems) {
        return new NDList(Tensors.create(problems.manager, DataType.FLOAT64, new double[] {0.2, 0.4}, new Shape(2)));
    }

    /** What drivers earn in both rounds, less what it costs to collect tolls, of which only theta knows. */
    private static DesignProblem<KernelRound> problem(Problems problems, Solver solver, int steps) {
        PigouTolls game = new PigouTolls(problems.constants);
        return new DesignProblem<>(
                game,
                (flow, tolls) -> earned(flow, 0)
                        .add(earned(flow, 1))
                        .sub(tolls.head().square().sum()),
                solver,
                steps);
    }

    private static NDArray earned(PopulationFlow<KernelRound> flow, int h) {
        return flow.at(h).mul(flow.rounds().get(h).reward()).sum();
    }
}
