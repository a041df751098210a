package mfg.nn;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import mfg.core.MechanismKernel;
import mfg.core.ParameterSpec;
import mfg.core.Sizes;
import mfg.core.kernel.Kernels;
import mfg.core.kernel.Pool;
import mfg.core.kernel.Positives;

/**
 * {@link NeuralMechanism} on primitive arrays, one offer at a time. Nothing but the relus is nonlinear, so the skip connection is
 * carried through the third layer in advance: {@code W3 x2 + b3 = W3 z2 + M x + m} with {@code z2 = relu(W2 x1 + b2)}, {@code M =
 * W3 V2} and {@code m = W3 c2 + b3}. The columns of the one-hot round go to the biases. What remains of an offer is {@code (x1',
 * y) = (W1; M) (nu, remaining)}, {@code x1 = relu(x1')}, {@code x3 = relu(W3 z2 + y)} and the heads {@code (W4; wg) x3}: every
 * large product has an input, on the way back too, of which a relu made half zero, and skips it.
 *
 * <p>The cotangent of M is summed like that of a weight, and brought back to W3 and V2 at the end.
 */
final class NeuralKernel<F> implements MechanismKernel<F> {

    private static final Pool<Size, NeuralKernel<?>> POOL = new Pool<>();

    /** What arrays depend on. */
    private record Size(Kernels<?> kernels, int rounds, int bids, int hidden) {}

    private final Size size;
    private final Kernels<F> kernels;
    private final List<ParameterSpec> parameters;
    private final int rounds;
    private final int bids;
    private final int hidden;

    /** Of a hidden layer with its padding. */
    private final int width;

    private final int columns;
    private final int skipColumns;

    /** W3, and V2 with c2 as one column more; rows padded. */
    private final F w3;

    private final F skip;

    private final KernelLayer<F> input;
    private final KernelLayer<F> second;
    private final KernelLayer<F> third;
    private final KernelLayer<F> heads;

    /** Of the input layer by round: the one-hot round picks a column of the weights, which adds to the bias. */
    private final List<F> inputBias = new ArrayList<>();

    private final List<F> inputBiasBar = new ArrayList<>();

    /** Which of x1, z2 and x3 are positive, by round: from step to step mostly the same. */
    private final List<Positives<F>> active = new ArrayList<>();

    private final F x;
    private final F increments;
    private final F bar;
    private final F xBar;
    private final double[] numbers;
    private final int[] all;
    private final int[] list;

    private NeuralKernel(Size size, Kernels<F> kernels, List<ParameterSpec> parameters) {
        this.size = size;
        this.kernels = kernels;
        this.parameters = parameters;
        this.rounds = size.rounds();
        this.bids = size.bids();
        this.hidden = size.hidden();
        this.width = kernels.padded(hidden);
        this.columns = rounds + bids + 1;
        this.skipColumns = kernels.padded(columns + 1);
        int widest = kernels.padded(Math.max(2 * width, bids + 1));
        list = new int[widest];
        all = IntStream.range(0, widest).toArray();
        w3 = kernels.array(Sizes.product("width x width", hidden, width));
        skip = kernels.array(Sizes.product("width x inputs", hidden, skipColumns));
        input = new KernelLayer<>(kernels, rounds, 2 * width, bids + 1, false);
        second = new KernelLayer<>(kernels, rounds, hidden, hidden, false);
        third = new KernelLayer<>(kernels, rounds, hidden, hidden, false);
        heads = new KernelLayer<>(kernels, rounds, bids, hidden, true);
        for (int i = 0; i < 3 * rounds; i++) {
            active.add(kernels.positives(hidden));
        }
        for (int h = 0; h < rounds; h++) {
            inputBias.add(kernels.array(input.outputs));
            inputBiasBar.add(kernels.array(input.outputs));
        }
        numbers = new double[bids + 1];
        x = kernels.array(input.inputs);
        increments = kernels.array(heads.outputs);
        bar = kernels.array(second.inputs);
        xBar = kernels.array(input.inputs);
    }

    /** Reads theta: W1, b1, W2, b2, V2, c2, W3, b3, wg, bg, W4, b4. */
    @SuppressWarnings("unchecked") // kernels determine F, and are part of the size
    static <F> NeuralKernel<F> of(
            Kernels<F> kernels, NDList theta, List<ParameterSpec> parameters, int rounds, int bids, int hidden) {
        Size size = new Size(kernels, rounds, bids, hidden);
        NeuralKernel<F> kernel = (NeuralKernel<F>) POOL.take(size, s -> new NeuralKernel<>(s, kernels, parameters));
        kernel.set(theta);
        return kernel;
    }

    @Override
    public void close() {
        POOL.giveBack(size, this);
    }

    /** Begins a gradient. */
    private void set(NDList theta) {
        F w3Read = kernels.read(theta.get(6));
        copy(w3Read, 0, hidden, w3, 0, width, hidden, hidden);
        copy(kernels.read(theta.get(4)), 0, columns, skip, 0, skipColumns, hidden, columns);
        copy(kernels.read(theta.get(5)), 0, 1, skip, columns, skipColumns, hidden, 1);
        F through =
                kernels.array(Sizes.product("width x inputs", width, skipColumns)); // M, with W3 c2 as its last column
        F w3Turned = padded(kernels.transpose(w3Read, hidden, hidden), hidden, hidden, width);
        kernels.outer(w3Turned, width, all, width, skip, skipColumns, skipColumns, hidden, through);
        F w1 = kernels.read(theta.get(0));
        F weights = kernels.array(Sizes.product("width x inputs", 2L * width, bids + 1L));
        copy(w1, rounds, columns, weights, 0, bids + 1, hidden, bids + 1);
        copy(through, rounds, skipColumns, weights, width * (bids + 1), bids + 1, hidden, bids + 1);
        input.set(weights, kernels.array(2 * width));
        second.set(kernels.read(theta.get(2)), kernels.read(theta.get(3)));
        third.set(w3Read, kernels.read(theta.get(7)));
        heads.set(stack(theta, 10, 8), stack(theta, 11, 9));
        F turned1 = kernels.transpose(w1, hidden, columns);
        F turnedThrough = kernels.transpose(through, width, skipColumns);
        F bias1 = kernels.read(theta.get(1));
        for (int h = 0; h < rounds; h++) {
            F bias = inputBias.get(h);
            kernels.clear(bias, input.outputs);
            kernels.add(bias1, 0, bias, 0, hidden);
            kernels.add(turned1, h * hidden, bias, 0, hidden);
            kernels.add(third.bias, 0, bias, width, hidden);
            kernels.add(turnedThrough, columns * width, bias, width, hidden);
            kernels.add(turnedThrough, h * width, bias, width, hidden);
            kernels.clear(inputBiasBar.get(h), input.outputs);
        }
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
            kernels.copy(kernels.read(theta.get(i)), 0, stacked, at, size);
            at += size;
        }
        return stacked;
    }

    /** Copies part of each row of a matrix into part of each row of another. */
    private void copy(F from, int at, int stride, F to, int toAt, int toStride, int rows, int columns) {
        for (int i = 0; i < rows; i++) {
            kernels.copy(from, at + i * stride, to, toAt + i * toStride, columns);
        }
    }

    private F padded(F matrix, int rows, int columns, int stride) {
        F wide = kernels.array(Sizes.product("rows x padded columns", rows, stride));
        copy(matrix, 0, columns, wide, 0, stride, rows, columns);
        return wide;
    }

    /** The tape: the slopes of the payments' increments and the share of goods, then x3, z2, x1: in the order of the way back. */
    @Override
    public int tapeLength() {
        return heads.outputs + 3 * width;
    }

    @Override
    public double offer(int h, double[] nu, double remaining, double[] payments, F tape, int at) {
        int slopes = at;
        int x3 = at + heads.outputs;
        int z2 = x3 + width;
        int x1 = z2 + width;
        Positives<F> active1 = active.get(3 * h);
        Positives<F> active2 = active.get(3 * h + 1);
        Positives<F> active3 = active.get(3 * h + 2);
        setInput(nu, remaining);
        int count = kernels.list(x, 0, bids + 1, negligible(), list);
        F first = input.forward(x, 0, inputBias.get(h), 0, list, count);
        kernels.rectify(first, tape, x1, hidden, active1);
        F output = second.forward(tape, x1, second.bias, 0, active1.list(), active1.count());
        kernels.rectify(output, tape, z2, hidden, active2);
        output = third.forward(tape, z2, first, width, active2.list(), active2.count());
        kernels.rectify(output, tape, x3, hidden, active3);
        output = heads.forward(tape, x3, heads.bias, 0, active3.list(), active3.count());
        kernels.softplus(output, bids, increments, tape, slopes);
        collect(payments);
        return remaining * share(tape, slopes);
    }

    private void setInput(double[] nu, double remaining) {
        System.arraycopy(nu, 0, numbers, 0, bids);
        numbers[bids] = remaining;
        kernels.ofDoubles(numbers, 0, x, 0, bids + 1);
    }

    /** Bids rarer than this change no sum by more than rounding does. */
    private double negligible() {
        return kernels.bytes() == Double.BYTES ? 1e-25 : 1e-12;
    }

    private void collect(double[] payments) {
        kernels.toDoubles(increments, 0, payments, 1, bids - 1);
        double part = 1.0 / bids;
        double sum = 0;
        payments[0] = 0;
        for (int k = 1; k < bids; k++) {
            sum += payments[k];
            payments[k] = sum * part;
        }
    }

    /** The sigmoid of the goods' head is the slope of its softplus. */
    private double share(F tape, int slopes) {
        kernels.toDoubles(tape, slopes + bids - 1, numbers, 0, 1);
        return numbers[0];
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
            int at,
            boolean sums) {
        int slopes = at;
        int x3 = at + heads.outputs;
        int z2 = x3 + width;
        int x1 = z2 + width;
        Positives<F> active1 = active.get(3 * h);
        Positives<F> active2 = active.get(3 * h + 1);
        Positives<F> active3 = active.get(3 * h + 2);
        setInput(nu, remaining);
        double share = share(tape, slopes);
        int count = pullHeads(h, remaining * goodsBar * share * (1 - share), paymentsBar, tape, slopes);
        heads.backward(h, list, count, bar);
        kernels.mask(tape, x3, bar, 0, third.bars(h), third.barsAt(h), hidden, active3);
        kernels.copy(third.bars(h), third.barsAt(h), input.bars(h), input.barsAt(h) + width, hidden);
        third.backward(h, active3.list(), active3.count(), bar);
        kernels.mask(tape, z2, bar, 0, second.bars(h), second.barsAt(h), hidden, active2);
        second.backward(h, active2.list(), active2.count(), bar);
        kernels.mask(tape, x1, bar, 0, input.bars(h), input.barsAt(h), hidden, active1);
        count = listBoth(active1, active3);
        input.backward(h, list, count, xBar);
        if (sums) {
            heads.mark(h, active3.list(), active3.count());
            third.mark(h, active3.list(), active3.count());
            second.mark(h, active2.list(), active2.count());
            input.mark(h, list, count);
            input.remember(h, x, 0, inputBiasBar.get(h));
            second.remember(h, tape, x1, second.biasBar);
            third.remember(h, tape, z2, third.biasBar);
            heads.remember(h, tape, x3, heads.biasBar);
        }
        kernels.toDoubles(xBar, 0, numbers, 0, bids + 1);
        for (int a = 0; a < bids; a++) {
            bidsBar[a] += numbers[a];
        }
        return goodsBar * share + numbers[bids];
    }

    /** The rows of (W1; M) behind relus that are not zero. */
    private int listBoth(Positives<F> active1, Positives<F> active3) {
        int count = active1.count();
        System.arraycopy(active1.list(), 0, list, 0, count);
        for (int k = 0; k < active3.count(); k++) {
            list[count + k] = width + active3.list()[k];
        }
        return count + active3.count();
    }

    /**
     * {@code p(a_k) = sum_{j<=k} softplus(y_j) / A}, so the cotangent of increment j is the sum over later payments. Lists
     * those that matter.
     */
    private int pullHeads(int h, double goodsBar, double[] paymentsBar, F tape, int slopes) {
        kernels.toDoubles(tape, slopes, numbers, 0, bids);
        double part = 1.0 / bids;
        double later = 0;
        for (int k = bids - 1; k >= 1; k--) {
            later += paymentsBar[k];
            numbers[k - 1] *= later * part;
        }
        numbers[bids - 1] = goodsBar;
        double largest = 0;
        for (int k = 0; k < bids; k++) {
            largest = Math.max(largest, Math.abs(numbers[k]));
        }
        kernels.ofDoubles(numbers, 0, heads.bars(h), heads.barsAt(h), bids);
        return kernels.list(heads.bars(h), heads.barsAt(h), bids, negligible() * largest, list);
    }

    @Override
    public NDList gradient(NDManager manager) {
        F inputBar = input.matrixBar();
        F byRound = kernels.array(Sizes.product("rounds x width", rounds, 2L * width));
        F bias = kernels.array(2 * width);
        for (int h = 0; h < rounds; h++) {
            kernels.copy(inputBiasBar.get(h), 0, byRound, h * 2 * width, 2 * width);
            kernels.add(inputBiasBar.get(h), 0, bias, 0, 2 * width);
        }
        F oneHot = kernels.transpose(byRound, rounds, 2 * width);
        F w1Bar = kernels.array(Sizes.product("width x inputs", hidden, columns));
        copy(oneHot, 0, rounds, w1Bar, 0, columns, hidden, rounds);
        copy(inputBar, 0, bids + 1, w1Bar, rounds, columns, hidden, bids + 1);
        F throughBar = kernels.array(width * skipColumns);
        copy(oneHot, width * rounds, rounds, throughBar, 0, skipColumns, hidden, rounds);
        copy(inputBar, width * (bids + 1), bids + 1, throughBar, rounds, skipColumns, hidden, bids + 1);
        copy(third.biasBar, 0, 1, throughBar, columns, skipColumns, hidden, 1);
        F skipBar = kernels.array(width * skipColumns); // of M = W3 V2: W3' MBar to V2, MBar V2' to W3
        kernels.outer(w3, width, all, width, throughBar, skipColumns, skipColumns, hidden, skipBar);
        F skipTurned = kernels.array(Sizes.product("inputs x width", skipColumns, width));
        copy(kernels.transpose(skip, hidden, skipColumns), 0, hidden, skipTurned, 0, width, skipColumns, hidden);
        F throughTurned = kernels.transpose(throughBar, width, skipColumns);
        F wideBar = kernels.array(Sizes.product("width x width", width, width));
        kernels.outer(throughTurned, width, all, width, skipTurned, width, width, columns + 1, wideBar);
        F w3Bar = third.matrixBar();
        for (int i = 0; i < hidden; i++) {
            kernels.add(wideBar, i * width, w3Bar, i * hidden, hidden);
        }
        F v2Bar = kernels.array(Sizes.product("width x inputs", hidden, columns));
        copy(skipBar, 0, skipColumns, v2Bar, 0, columns, hidden, columns);
        F c2Bar = kernels.array(hidden);
        copy(skipBar, columns, skipColumns, c2Bar, 0, 1, hidden, 1);

        F headsBar = heads.matrixBar();
        NDList gradient = new NDList();
        add(gradient, manager, w1Bar, 0);
        add(gradient, manager, bias, 0);
        add(gradient, manager, second.matrixBar(), 0);
        add(gradient, manager, second.biasBar, 0);
        add(gradient, manager, v2Bar, 0);
        add(gradient, manager, c2Bar, 0);
        add(gradient, manager, w3Bar, 0);
        add(gradient, manager, third.biasBar, 0);
        add(gradient, manager, headsBar, (bids - 1) * hidden);
        add(gradient, manager, heads.biasBar, bids - 1);
        add(gradient, manager, headsBar, 0);
        add(gradient, manager, heads.biasBar, 0);
        return gradient;
    }

    /** Adds the next parameter's gradient. */
    private void add(NDList gradient, NDManager manager, F numbers, int at) {
        Shape shape = parameters.get(gradient.size()).shape();
        F part = kernels.array((int) shape.size());
        kernels.copy(numbers, at, part, 0, (int) shape.size());
        gradient.add(kernels.write(manager, part, shape));
    }
}
