package mfg.nn;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import mfg.core.MechanismKernel;
import mfg.core.ParameterSpec;
import mfg.core.kernel.Kernels;

/**
 * {@link NeuralMechanism} on primitive arrays, one offer at a time. With {@code x = (nu, remaining)} and the one-hot round
 * folded into the biases, two pairs of layers share their input and are one matrix each: {@code (x1', s) = (W1; V2) x}, of
 * which {@code x1 = relu(x1')}, {@code z2 = relu(W2 x1 + b2)}, {@code x2 = z2 + s}, {@code x3 = relu(W3 x2 + b3)}, and the heads
 * {@code (W4; wg) x3}. Matrix products skip what is 0 behind a relu. Cotangents of a block of offers are kept and
 * multiplied with the layers' inputs at once, for a product of matrices costs less than as many updates of rank one.
 */
final class NeuralKernel<F> implements MechanismKernel<F> {

    private static final int BLOCK = 64;

    private final Kernels<F> kernels;
    private final List<ParameterSpec> parameters;
    private final int rounds;
    private final int bids;
    private final int hidden;

    /** Of a hidden layer with its padding. */
    private final int width;

    private final Layer input;
    private final Layer second;
    private final Layer third;
    private final Layer heads;

    /** Of the input layer by round: the one-hot round picks a column of the weights, which adds to the bias. */
    private final List<F> inputBias = new ArrayList<>();

    private final List<F> inputBiasBar = new ArrayList<>();

    private final F x;
    private final F increments;
    private final F bar;
    private final F xBar;
    private final F zeros;
    private final int[] all;
    private final int[] list;
    private int filled;

    /** Reads theta: W1, b1, W2, b2, V2, c2, W3, b3, wg, bg, W4, b4. */
    NeuralKernel(Kernels<F> kernels, NDList theta, List<ParameterSpec> parameters, int rounds, int bids, int hidden) {
        this.kernels = kernels;
        this.parameters = parameters;
        this.rounds = rounds;
        this.bids = bids;
        this.hidden = hidden;
        this.width = kernels.padded(hidden);
        int columns = rounds + bids + 1;
        F weights = stackPadded(theta, 0, 4, columns);
        input = new Layer(columns(weights, columns), stackPadded(theta, 1, 5, 1), 2 * width, bids + 1);
        second = new Layer(stack(theta, 2), stack(theta, 3), hidden, hidden);
        third = new Layer(stack(theta, 6), stack(theta, 7), hidden, hidden);
        heads = new Layer(stack(theta, 10, 8), stack(theta, 11, 9), bids, hidden);
        F turned = kernels.transpose(weights, 2 * width, columns);
        for (int h = 0; h < rounds; h++) {
            F bias = kernels.array(input.outputs);
            kernels.add(input.bias, 0, bias, 0, 2 * width);
            kernels.add(turned, h * 2 * width, bias, 0, 2 * width);
            inputBias.add(bias);
            inputBiasBar.add(kernels.array(input.outputs));
        }
        int widest = kernels.padded(Math.max(2 * width, bids + 1));
        x = kernels.array(input.inputs);
        increments = kernels.array(heads.outputs);
        bar = kernels.array(second.inputs);
        xBar = kernels.array(input.inputs);
        zeros = kernels.array(widest);
        list = new int[widest];
        all = IntStream.range(0, widest).toArray();
    }

    /** Parameters one below the other. */
    private F stack(NDList theta, int... indices) {
        int length = 0;
        for (int i : indices) {
            length += (int) theta.get(i).size();
        }
        F stacked = kernels.array(length);
        int at = 0;
        for (int i : indices) {
            int size = (int) theta.get(i).size();
            System.arraycopy(kernels.read(theta.get(i)), 0, stacked, at, size);
            at += size;
        }
        return stacked;
    }

    /** Two parameters of the hidden layers' height, each padded to their width. */
    private F stackPadded(NDList theta, int upper, int lower, int columns) {
        F stacked = kernels.array(2 * width * columns);
        System.arraycopy(kernels.read(theta.get(upper)), 0, stacked, 0, hidden * columns);
        System.arraycopy(kernels.read(theta.get(lower)), 0, stacked, width * columns, hidden * columns);
        return stacked;
    }

    /** The columns of the input layer behind the one-hot round. */
    private F columns(F matrix, int columns) {
        F part = kernels.array(2 * width * (bids + 1));
        for (int i = 0; i < 2 * width; i++) {
            System.arraycopy(matrix, i * columns + rounds, part, i * (bids + 1), bids + 1);
        }
        return part;
    }

    /** A layer: its matrix in both orientations, the inputs and cotangents of a block of offers, their summed product. */
    private final class Layer {
        final int trueOutputs;
        final int trueInputs;
        final int outputs;
        final int inputs;
        final F forward;
        final F backward;
        final F bias;
        final F output;
        final F bars;
        final F seen;
        final F biasBar;
        final F sum;

        Layer(F matrix, F bias, int outputs, int inputs) {
            this.trueOutputs = outputs;
            this.trueInputs = inputs;
            this.outputs = kernels.padded(outputs);
            this.inputs = kernels.padded(inputs);
            this.forward = kernels.pack(matrix, outputs, inputs);
            this.backward = kernels.pack(kernels.transpose(matrix, outputs, inputs), inputs, outputs);
            this.bias = kernels.array(this.outputs);
            System.arraycopy(bias, 0, this.bias, 0, outputs);
            this.output = kernels.array(this.outputs);
            this.bars = kernels.array(BLOCK * this.outputs);
            this.seen = kernels.array(BLOCK * this.inputs);
            this.biasBar = kernels.array(this.outputs);
            this.sum = kernels.array(this.outputs * this.inputs);
        }

        /** {@code plus + W from}, over the listed inputs. */
        F forward(F from, int at, F plus, int[] listed, int count) {
            System.arraycopy(plus, 0, output, 0, outputs);
            kernels.apply(forward, trueInputs, from, at, listed, count, output);
            return output;
        }

        /** {@code to = W' bars}, over the listed outputs, for the current offer. */
        void backward(int[] listed, int count, F to) {
            kernels.clear(to, inputs);
            kernels.apply(backward, trueOutputs, bars, barAt(), listed, count, to);
        }

        /** Where the cotangents of the current offer are. */
        int barAt() {
            return filled * outputs;
        }

        /** Remembers the input of the current offer, whose cotangents are in place. */
        void remember(F from, int at, F biasSum) {
            System.arraycopy(from, at, seen, filled * inputs, trueInputs);
            kernels.add(bars, barAt(), biasSum, 0, trueOutputs);
        }

        void multiply() {
            kernels.outer(bars, outputs, seen, inputs, filled, sum);
        }

        /** The sum without padding, behind {@code first} columns of something else. */
        F sum(int first, F columns) {
            int width = first + trueInputs;
            F matrix = kernels.array(trueOutputs * width);
            for (int i = 0; i < trueOutputs; i++) {
                System.arraycopy(columns, i * first, matrix, i * width, first);
                System.arraycopy(sum, i * inputs, matrix, i * width + first, trueInputs);
            }
            return matrix;
        }
    }

    /** The tape: x1, z2, x2, x3, then the slopes of the payments' increments and the share of goods. */
    @Override
    public int tapeLength() {
        return 4 * width + heads.outputs;
    }

    @Override
    public double offer(int h, double[] nu, double remaining, double[] payments, F tape, int at) {
        int x1 = at;
        int z2 = at + width;
        int x2 = at + 2 * width;
        int x3 = at + 3 * width;
        int slopes = at + 4 * width;
        setInput(nu, remaining);
        int count = kernels.list(x, 0, bids + 1, negligible(), list);
        F both = input.forward(x, 0, inputBias.get(h), list, count);
        count = kernels.rectify(both, tape, x1, hidden, list);
        System.arraycopy(both, width, tape, x2, width);
        F output = second.forward(tape, x1, second.bias, list, count);
        kernels.rectify(output, tape, z2, hidden, list);
        kernels.add(tape, z2, tape, x2, hidden);
        output = third.forward(tape, x2, third.bias, all, hidden);
        count = kernels.rectify(output, tape, x3, hidden, list);
        output = heads.forward(tape, x3, heads.bias, list, count);
        kernels.softplus(output, bids, increments, tape, slopes);
        collect(payments);
        return remaining * share(tape, slopes);
    }

    private void setInput(double[] nu, double remaining) {
        kernels.ofDoubles(nu, 0, x, 0, bids);
        kernels.ofDoubles(new double[] {remaining}, 0, x, bids, 1);
    }

    /** Bids rarer than this change no sum by more than rounding does. */
    private double negligible() {
        return kernels.bytes() == Double.BYTES ? 1e-25 : 1e-12;
    }

    private void collect(double[] payments) {
        kernels.toDoubles(increments, 0, payments, 1, bids - 1);
        payments[0] = 0;
        double payment = 0;
        for (int k = 1; k < bids; k++) {
            payment += payments[k];
            payments[k] = payment / bids;
        }
    }

    /** The sigmoid of the goods' head is the slope of its softplus. */
    private double share(F tape, int slopes) {
        double[] share = new double[1];
        kernels.toDoubles(tape, slopes + bids - 1, share, 0, 1);
        return share[0];
    }

    @Override
    public double pullback(
            int h,
            double[] nu,
            double remaining,
            double goodsBar,
            double[] paymentsBar,
            double[] bidsBar,
            F tape,
            int at) {
        int x1 = at;
        int z2 = at + width;
        int x2 = at + 2 * width;
        int x3 = at + 3 * width;
        int slopes = at + 4 * width;
        setInput(nu, remaining);
        double share = share(tape, slopes);
        pullHeads(remaining * goodsBar * share * (1 - share), paymentsBar, tape, slopes);

        heads.backward(all, bids, bar);
        int count = kernels.mask(tape, x3, bar, 0, third.bars, third.barAt(), hidden, list);
        third.backward(list, count, bar);
        System.arraycopy(bar, 0, input.bars, input.barAt() + width, hidden);
        count = kernels.mask(tape, z2, bar, 0, second.bars, second.barAt(), hidden, list);
        second.backward(list, count, bar);
        count = kernels.mask(tape, x1, bar, 0, input.bars, input.barAt(), hidden, list);
        System.arraycopy(all, width, list, count, hidden);
        input.backward(list, count + hidden, xBar);

        input.remember(x, 0, inputBiasBar.get(h));
        second.remember(tape, x1, second.biasBar);
        third.remember(tape, x2, third.biasBar);
        heads.remember(tape, x3, heads.biasBar);
        filled++;
        if (filled == BLOCK) {
            multiply();
        }
        double[] pulled = new double[bids + 1];
        kernels.toDoubles(xBar, 0, pulled, 0, bids + 1);
        for (int a = 0; a < bids; a++) {
            bidsBar[a] += pulled[a];
        }
        return goodsBar * share + pulled[bids];
    }

    /** {@code p(a_k) = sum_{j<=k} softplus(y_j) / A}, so the cotangent of increment j is the sum over later payments. */
    private void pullHeads(double goodsBar, double[] paymentsBar, F tape, int slopes) {
        double[] slope = new double[bids];
        kernels.toDoubles(tape, slopes, slope, 0, bids);
        double later = 0;
        for (int k = bids - 1; k >= 1; k--) {
            later += paymentsBar[k];
            slope[k - 1] *= later / bids;
        }
        slope[bids - 1] = goodsBar;
        kernels.ofDoubles(slope, 0, heads.bars, heads.barAt(), bids);
    }

    private void multiply() {
        input.multiply();
        second.multiply();
        third.multiply();
        heads.multiply();
        filled = 0;
    }

    @Override
    public NDList gradient(NDManager manager) {
        multiply();
        F byRound = kernels.array(rounds * 2 * width);
        F bias = kernels.array(2 * width);
        for (int h = 0; h < rounds; h++) {
            System.arraycopy(inputBiasBar.get(h), 0, byRound, h * 2 * width, 2 * width);
            kernels.add(inputBiasBar.get(h), 0, bias, 0, 2 * width);
        }
        F first = input.sum(rounds, kernels.transpose(byRound, rounds, 2 * width));
        int half = width * (rounds + bids + 1);
        F last = heads.sum(0, zeros);
        int payments = (bids - 1) * hidden;
        NDList gradient = new NDList();
        add(gradient, manager, first, 0);
        add(gradient, manager, bias, 0);
        add(gradient, manager, second.sum(0, zeros), 0);
        add(gradient, manager, second.biasBar, 0);
        add(gradient, manager, first, half);
        add(gradient, manager, bias, width);
        add(gradient, manager, third.sum(0, zeros), 0);
        add(gradient, manager, third.biasBar, 0);
        add(gradient, manager, last, payments);
        add(gradient, manager, heads.biasBar, bids - 1);
        add(gradient, manager, last, 0);
        add(gradient, manager, heads.biasBar, 0);
        return gradient;
    }

    /** Adds the next parameter's gradient. */
    private void add(NDList gradient, NDManager manager, F numbers, int at) {
        Shape shape = parameters.get(gradient.size()).shape();
        F part = kernels.array((int) shape.size());
        System.arraycopy(numbers, at, part, 0, (int) shape.size());
        gradient.add(kernels.write(manager, part, shape));
    }
}
