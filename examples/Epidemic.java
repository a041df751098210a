import ai.djl.ndarray.*;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import mfg.core.*;
import mfg.core.catalogue.*;

/** An epidemic: who is susceptible chooses how much to go out; a subsidy for staying home is designed by round. */
public final class Epidemic implements DesignableGame<KernelRound> {
    @Parameter(about = "rounds", min = 1)
    int horizon = 30;

    @Parameter(about = "chance of catching it from a full contact with everybody ill", min = 0, max = 1)
    double infection = 0.9;

    @Parameter(about = "chance of recovering in a round", min = 0, max = 1)
    double recovery = 0.1;

    public String about() {
        return "subsidies that slow down an epidemic";
    }

    public List<String> stateNames() {
        return List.of("susceptible", "infected", "recovered");
    }

    public MeanFieldGame<KernelRound> build(Constants constants) {
        double[] out = {1, 0.5, 0.1}; // how much each action goes out
        NDArray contacts = constants.vector(out);
        NDArray pleasure = constants.matrix(new double[][] {{1, 0.7, 0.2}, {-1, -1.2, -1.5}, {1, 0.7, 0.2}}); // (S, A)
        double[][] stay = new double[9][3];
        double[][] move = new double[9][3];
        for (int a = 0; a < 3; a++) {
            stay[a][0] = 1;
            move[a][0] = -infection * out[a];
            move[a][1] = infection * out[a];
            stay[3 + a][1] = 1 - recovery;
            stay[3 + a][2] = recovery;
            stay[6 + a][2] = 1;
        }
        NDArray stays = constants.matrix(stay);
        NDArray moves = constants.matrix(move);
        NDArray home = constants.matrix(new double[][] {{0, 0.5, 0.9}, {0, 0.5, 0.9}, {0, 0, 0}});
        return new MeanFieldGame<>() {
            public GameShape shape() {
                return new GameShape(horizon, 3, 3);
            }

            public double[] initialStates() {
                return new double[] {0.95, 0.05, 0};
            }

            public List<ParameterSpec> parameters() {
                return List.of(new ParameterSpec("subsidies", new Shape(horizon, 3), 0));
            }

            public KernelRound round(int h, NDArray flow, KernelRound previous, NDList theta) {
                NDArray force = flow.get(1).mul(contacts).sum(); // contacts with those who are ill
                NDArray subsidy = theta.head().get(h).reshape(3, 1);
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
