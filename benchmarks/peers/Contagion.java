import ai.djl.ndarray.*;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;
import mfg.core.*;
import mfg.core.catalogue.*;

/** A game in the form of examples/Epidemic.java, of any size: what contagion.py has, too. */
public final class Contagion implements DesignableGame<KernelRound> {
    @Parameter(about = "rounds", min = 1)
    int horizon = 30;

    @Parameter(about = "states", min = 2)
    int states = 10;

    @Parameter(about = "actions", min = 2)
    int actions = 5;

    public String about() {
        return "subsidies that slow down a contagion";
    }

    public List<String> stateNames() {
        return IntStream.range(0, states).mapToObj(s -> "state " + s).toList();
    }

    /** Rows of transition probabilities. */
    private double[][] rows(double byRow, double byColumn) {
        double[][] rows = new double[states * actions][states];
        for (int i = 0; i < rows.length; i++) {
            double sum = 0;
            for (int j = 0; j < states; j++) {
                rows[i][j] = 1 + Math.cos(byRow * i + byColumn * j);
                sum += rows[i][j];
            }
            for (int j = 0; j < states; j++) {
                rows[i][j] /= sum;
            }
        }
        return rows;
    }

    public MeanFieldGame<KernelRound> build(Constants constants) {
        double[] out = IntStream.range(0, actions).mapToDouble(a -> 1 - 0.9 * a / (actions - 1)).toArray();
        double[][] joy = new double[states][actions];
        double[][] paid = new double[states][actions];
        for (int s = 0; s < states; s++) {
            for (int a = 0; a < actions; a++) {
                joy[s][a] = out[a] * Math.cos(s);
                paid[s][a] = 1 - out[a];
            }
        }
        double[][] calm = rows(1.3, 2.1);
        double[][] ill = rows(0.7, -1.7);
        double[][] more = new double[states * actions][states];
        for (int i = 0; i < more.length; i++) {
            for (int j = 0; j < states; j++) {
                more[i][j] = ill[i][j] - calm[i][j];
            }
        }
        NDArray contacts = constants.vector(out);
        NDArray pleasure = constants.matrix(joy);
        NDArray home = constants.matrix(paid);
        NDArray stays = constants.matrix(calm);
        NDArray moves = constants.matrix(more);
        return new MeanFieldGame<>() {
            public GameShape shape() {
                return new GameShape(horizon, states, actions);
            }

            public double[] initialStates() {
                return IntStream.range(0, states).mapToDouble(s -> 1.0 / states).toArray();
            }

            public List<ParameterSpec> parameters() {
                return List.of(new ParameterSpec("subsidies", new Shape(horizon, states), 0));
            }

            public KernelRound round(int h, NDArray flow, KernelRound previous, NDList theta) {
                NDArray force = flow.get(1).mul(contacts).sum();
                NDArray subsidy = theta.head().get(h).reshape(states, 1);
                return new KernelRound(flow, subsidy.mul(home).add(pleasure), force.mul(moves).add(stays));
            }
        };
    }

    public Objective<KernelRound> objective() {
        return (population, theta) -> {
            NDArray ill = population.stacked().get(":, 1").sum();
            return ill.neg().sub(Tensors.times(theta.head().square().sum(), 0.01));
        };
    }
}
