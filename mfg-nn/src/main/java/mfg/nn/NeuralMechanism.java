package mfg.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import mfg.core.Constants;
import mfg.core.InvalidInputException;
import mfg.core.Mechanism;
import mfg.core.MechanismKernel;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;
import mfg.core.Terms;
import mfg.core.catalogue.MechanismFamily;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;
import mfg.core.kernel.Kernels;

/**
 * The neural mechanism (AMID App. F). From {@code x = (one-hot h, nu, remaining)} the {@link MechanismNetwork} decides the
 * goods on offer, {@code remaining * sigmoid(.)}, and payments that do not fall in the bid: {@code p(a_0) = 0}, {@code
 * p(a_k) = sum_{j<=k} softplus(.)_j / A} (the increment's link is our reading). A bid of 0 costs nothing, so taking part
 * is never a loss in expectation.
 */
public final class NeuralMechanism implements Mechanism {

    /**
     * How much of the goods the default start offers in all. What nobody is offered at first makes bidders compete; a start that
     * floods a long horizon sells everything for nothing, and has no slope.
     */
    private static final double OFFERED = 0.8;

    private final MechanismNetwork network;
    private final List<ParameterSpec> parameters;
    private final double[][] rounds;
    private final int bids;
    private final int hidden;
    private final NDArray accumulate;

    /**
     * Creates the mechanism.
     *
     * @param constants makes and owns the constants
     * @param rounds the horizon H
     * @param bids the number of bids A, at least 2
     * @param hidden the width of the hidden layers, at least 1
     */
    public NeuralMechanism(Constants constants, int rounds, int bids, int hidden) {
        if (hidden < 1) {
            throw new InvalidInputException("the hidden width must be at least 1, not " + hidden);
        }
        this.bids = bids;
        this.hidden = hidden;
        this.network = new MechanismNetwork(hidden, bids);
        this.parameters = specs(rounds, hidden, bids);
        this.rounds = new double[rounds][rounds];
        for (int h = 0; h < rounds; h++) {
            this.rounds[h][h] = 1;
        }
        double[][] sums = new double[bids - 1][bids];
        for (int j = 1; j < bids; j++) {
            for (int k = j; k < bids; k++) {
                sums[j - 1][k] = 1.0 / bids;
            }
        }
        this.accumulate = constants.matrix(sums);
    }

    /** Weights and biases start uniform in ±1/sqrt(fan-in), the goods' bias around what offers most of the goods in equal parts. */
    private static List<ParameterSpec> specs(int rounds, int hidden, int bids) {
        int inputs = rounds + bids + 1;
        double share = OFFERED / rounds;
        List<ParameterSpec> specs = new ArrayList<>();
        addLayer(specs, "W1", "b1", hidden, inputs);
        addLayer(specs, "W2", "b2", hidden, hidden);
        addLayer(specs, "V2", "c2", hidden, inputs);
        addLayer(specs, "W3", "b3", hidden, hidden);
        double spread = 1 / Math.sqrt(hidden);
        specs.add(new ParameterSpec("wg", new Shape(1, hidden), spread));
        specs.add(new ParameterSpec("bg", new Shape(1), spread, Math.log(share / (1 - share))));
        addLayer(specs, "W4", "b4", bids - 1, hidden);
        return List.copyOf(specs);
    }

    private static void addLayer(List<ParameterSpec> specs, String weight, String bias, int outputs, int inputs) {
        double spread = 1 / Math.sqrt(inputs);
        specs.add(new ParameterSpec(weight, new Shape(outputs, inputs), spread));
        specs.add(new ParameterSpec(bias, new Shape(outputs), spread));
    }

    @Override
    public List<ParameterSpec> parameters() {
        return parameters;
    }

    @Override
    public Offer offer(int h, NDArray bids, NDArray remaining, NDList theta) {
        NDArray round = Tensors.create(bids.getManager(), bids.getDataType(), rounds[h], new Shape(rounds.length));
        NDArray x = round.concat(bids).concat(remaining).expandDims(0);
        NDList heads = network.forward(new ThetaStore(network, theta), new NDList(x), false);
        NDArray share = Activation.sigmoid(heads.get(0)).reshape(1);
        NDArray increments = Activation.softPlus(heads.get(1));
        NDArray payments = increments.matMul(accumulate).squeeze(0);
        return new Offer(share.mul(remaining), payments);
    }

    @Override
    public <F> MechanismKernel<F> kernel(Kernels<F> kernels, NDList theta) {
        return NeuralKernel.of(kernels, theta, parameters, rounds.length, bids, hidden);
    }

    @Override
    public boolean imitate(Terms terms, List<Terms.Sale> sales, List<double[]> theta) {
        new TermsWriter(parameters, theta, hidden, rounds.length, bids).write(terms, sales);
        return true;
    }

    @Override
    public boolean fit(List<Example> examples, List<double[]> theta) {
        new HeadsFit(parameters, theta, hidden, rounds.length, bids).fit(examples);
        return true;
    }

    /** As auctions choose it. */
    @Named("neural")
    @AutoService(MechanismFamily.class)
    public static final class Family implements MechanismFamily {
        @Parameter(about = "width of the hidden layers", min = 1, max = 1e6)
        int hidden = 256;

        @Override
        public String about() {
            return "a neural network that sees the round, the bids and what is left";
        }

        @Override
        public Mechanism build(Constants constants, int rounds, int bids, double supply) {
            return new NeuralMechanism(constants, rounds, bids, hidden);
        }
    }
}
