import ai.djl.ndarray.*;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import mfg.core.*;
import mfg.core.catalogue.*;

/** From home over a junction to work: a short road that jams, and a long one that costs fuel, on both legs. */
public final class RoadTolls implements DesignableGame<KernelRound> {
    @Parameter(about = "how likely a driver is stuck on a short road that everybody takes", min = 0, max = 1)
    double congestion = 0.8;

    @Parameter(about = "what a long road costs more, in rounds", min = 0)
    double fuel = 0.5;

    public String about() {
        return "tolls that keep short roads from jamming";
    }

    public List<String> stateNames() {
        return List.of("home", "junction", "work");
    }

    public MeanFieldGame<KernelRound> build(Constants constants) {
        NDArray cost = constants.matrix(new double[][] {{1, 1 + fuel}, {1, 1 + fuel}, {0, 0}}); // (S, A)
        NDArray jam = constants.matrix(new double[][] {{congestion, 0}, {congestion, 0}, {0, 0}}); // (S, A)
        NDArray arrive = constants.matrix( // (S * A, S): where each road leads to
                new double[][] {{0, 1, 0}, {0, 1, 0}, {0, 0, 1}, {0, 0, 1}, {0, 0, 1}, {0, 0, 1}});
        NDArray stuck = constants.matrix( // what changes if the road is jammed
                new double[][] {{1, -1, 0}, {0, 0, 0}, {0, 1, -1}, {0, 0, 0}, {0, 0, 0}, {0, 0, 0}});
        NDArray legs = constants.matrix(new double[][] {{1, 0, 0, 0, 0, 0}, {0, 0, 1, 0, 0, 0}}); // short roads
        return new MeanFieldGame<>() {
            public GameShape shape() {
                return new GameShape(6, 3, 2); // rounds, states, actions
            }

            public double[] initialStates() {
                return new double[] {1, 0, 0}; // everybody starts at home
            }

            public List<ParameterSpec> parameters() {
                return List.of(new ParameterSpec("tolls", new Shape(2), 0)); // from 0
            }

            public KernelRound round(int h, NDArray flow, KernelRound previous, NDList theta) {
                NDArray tolls = theta.head().matMul(legs).reshape(3, 2);
                NDArray jammed = flow.mul(jam).reshape(6, 1); // more likely, the more drivers there are
                return new KernelRound(flow, tolls.add(cost).neg(), jammed.mul(stuck).add(arrive));
            }
        };
    }

    /** Little time and fuel on the way; tolls only change hands. */
    public Objective<KernelRound> objective() {
        return (population, theta) -> {
            NDArray driving = population.stacked().get(":, :2"); // (H, 2, A), those not at work yet
            return driving.sum().add(Tensors.times(driving.get(":, :, 1").sum(), fuel)).neg();
        };
    }
}
