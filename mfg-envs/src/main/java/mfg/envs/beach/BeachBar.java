package mfg.envs.beach;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import com.google.auto.service.AutoService;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import mfg.core.Constants;
import mfg.core.GameShape;
import mfg.core.InvalidInputException;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.Objective;
import mfg.core.ParameterSpec;
import mfg.core.PopulationFlow;
import mfg.core.Tensors;
import mfg.core.catalogue.DesignableGame;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Beach bar pricing (AMID Sec. 4, F.1; the game of Perrin et al. 2020, our reading). Spots {@code 0..K-1}, the bar at
 * {@code K/2}, moves -1, 0, +1 clipped at the ends, everybody spread evenly at first. A round at spot s earns {@code -|s -
 * bar|/K - |a|/K - log(mu(s) + guard) - theta_s}, where {@code theta_s = maxPrice * sigmoid(xi_s)} is the designer's price
 * and {@code xi} the free parameter.
 */
public final class BeachBar implements MeanFieldGame<KernelRound> {

    private static final int[] MOVES = {-1, 0, 1};

    private final GameShape shape;
    private final NDArray maxPrice;
    private final NDArray guard;
    private final NDArray kernel;
    private final NDArray walking;

    /**
     * What the paper leaves open.
     *
     * @param spots the number of spots K
     * @param rounds the horizon H
     * @param maxPrice the price cap, nonnegative
     * @param slip the probability that a move is replaced by a random one
     * @param guard what is added to the crowd before the logarithm, so that an empty spot keeps gradients finite
     */
    public record Options(int spots, int rounds, double maxPrice, double slip, double guard) {

        /** K = 20, H = 15, prices up to 0.5, no slips, guard 1e-8. */
        public static final Options DEFAULT = new Options(20, 15, 0.5, 0, 1e-8);

        /**
         * Checks the options.
         *
         * @throws InvalidInputException if one is out of range
         */
        public Options {
            if (spots < 2
                    || !(maxPrice >= 0)
                    || Double.isInfinite(maxPrice)
                    || !(slip >= 0 && slip <= 1)
                    || !(guard > 0)) {
                throw new InvalidInputException(
                        "a beach needs at least 2 spots, a nonnegative price cap and a slip probability between 0 and 1, not %d, %s and %s"
                                .formatted(spots, maxPrice, slip));
            }
        }
    }

    /**
     * Creates the game.
     *
     * @param constants makes and owns the constants
     * @param options sizes and prices
     */
    public BeachBar(Constants constants, Options options) {
        int spots = options.spots();
        this.shape = new GameShape(options.rounds(), spots, MOVES.length);
        this.maxPrice = constants.vector(options.maxPrice());
        this.guard = constants.vector(options.guard());
        double[][] moves = new double[spots * MOVES.length][spots];
        double[][] cost = new double[spots][MOVES.length];
        for (int s = 0; s < spots; s++) {
            for (int a = 0; a < MOVES.length; a++) {
                cost[s][a] = -(Math.abs(s - spots / 2) + Math.abs(MOVES[a])) / (double) spots;
                for (int random = 0; random < MOVES.length; random++) {
                    double chance = (a == random ? 1 - options.slip() : 0) + options.slip() / MOVES.length;
                    int next = Math.max(0, Math.min(spots - 1, s + MOVES[random]));
                    moves[s * MOVES.length + a][next] += chance;
                }
            }
        }
        this.kernel = constants.matrix(moves);
        this.walking = constants.matrix(cost);
    }

    @Override
    public GameShape shape() {
        return shape;
    }

    @Override
    public double[] initialStates() {
        double[] even = new double[shape.states()];
        Arrays.fill(even, 1.0 / shape.states());
        return even;
    }

    @Override
    public List<ParameterSpec> parameters() {
        return List.of(new ParameterSpec("xi", new Shape(shape.states()), 0));
    }

    /**
     * Returns the prices.
     *
     * @param theta the design parameters, one array {@code xi}, (K); not modified
     * @return {@code maxPrice * sigmoid(xi)}, (K)
     */
    public NDArray prices(NDList theta) {
        return Activation.sigmoid(theta.get(0)).mul(maxPrice);
    }

    @Override
    public KernelRound round(int h, NDArray flow, @Nullable KernelRound previous, NDList theta) {
        NDArray crowd = flow.sum(new int[] {1});
        NDArray burden = crowd.add(guard).log().add(prices(theta));
        return new KernelRound(flow, burden.neg().expandDims(1).add(walking), kernel);
    }

    /** As commands know it. At theta = 0 all prices are half the cap. */
    @Named("beach-bar")
    @AutoService(Game.class)
    public static final class Entry implements DesignableGame<KernelRound> {
        @Parameter(about = "spots along the beach", min = 2, max = 1e6)
        int values = Options.DEFAULT.spots();

        @Parameter(about = "rounds", min = 1, max = 1e6)
        int horizon = Options.DEFAULT.rounds();

        @Parameter(about = "the highest price", min = 0)
        double maxPrice = Options.DEFAULT.maxPrice();

        @Parameter(about = "how sharply congestion counts the largest crowd", min = 0)
        double beta = Congestion.SHARPNESS;

        @Override
        public String about() {
            return "prices that spread people along a beach";
        }

        @Override
        public String source() {
            return "AMID Sec. 4; Perrin et al. 2020";
        }

        @Override
        public String stateWord() {
            return "spot";
        }

        @Override
        public List<String> actionNames() {
            return List.of("left", "stay", "right");
        }

        /**
         * {@inheritDoc} Its population goes so slowly to rest, by {@code eta tau = 1e-4} of the way in a step, that training looks at T.
         */
        @Override
        public Map<String, String> defaults() {
            return Map.of(
                    "eta", "0.1",
                    "tau", "0.001",
                    "inner-steps", "1000",
                    "validation-steps", "2000",
                    "method", "amid",
                    "lr", "0.25",
                    "design.iterations", "100",
                    "solve.iterations", "1000");
        }

        @Override
        public BeachBar build(Constants constants) {
            Options usual = Options.DEFAULT;
            return new BeachBar(constants, new Options(values, horizon, maxPrice, usual.slip(), usual.guard()));
        }

        @Override
        public Objective<KernelRound> objective() {
            return new Congestion<>(beta);
        }

        @Override
        public List<Quantity> designed(PopulationFlow<KernelRound> flow, NDList theta) {
            return List.of(new Quantity("prices", "price", ((BeachBar) flow.game()).prices(theta)));
        }

        @Override
        public Map<String, double[]> byRound(PopulationFlow<KernelRound> flow) {
            double[] largest = new double[horizon];
            Arrays.setAll(
                    largest,
                    h -> Arrays.stream(Tensors.toDoubles(flow.states(h))).max().orElseThrow());
            return Map.of("largestCrowd", largest);
        }
    }
}
