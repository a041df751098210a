package mfg.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mfg.core.Sizes;
import mfg.core.kernel.Kernels;

/**
 * A layer of {@link NeuralKernel}: its matrix in both orientations, and the sum over offers of its cotangents' products with its
 * inputs.
 *
 * <p>The products are made a block of offers at a time: a product of matrices costs less than as many updates of rank one. A block
 * holds offers of one round, or of a few neighbours: from step to step nearly the same, so that the same half of them lies behind a
 * relu that was zero, and these rows of the product are skipped.
 */
final class KernelLayer<F> {

    /** How many offers make a block, and the most blocks: more would not stay in the cache. */
    private static final int BLOCK = 16;

    private static final int MOST_BLOCKS = 8;

    /**
     * Numbers between rows, never set. Rows a power of two apart would push each other out of the cache; and the row of the
     * product that belongs to the first of these numbers is one that is always zero.
     */
    private static final int GAP = 16;

    /** With padding. */
    final int outputs;

    final int inputs;

    final F bias;
    final F biasBar;

    private final Kernels<F> kernels;
    private final int rounds;
    private final int trueOutputs;
    private final int trueInputs;
    private final F forward;
    private final F backward;
    private final F output;

    private final boolean byInput;
    private final int barStride;
    private final int inputStride;
    private final List<F> bars = new ArrayList<>();
    private final List<F> seen = new ArrayList<>();
    private final int[] filled;

    /** The rows of the product that are not zero, by block. */
    private final boolean[][] live;

    private final int[] list;
    private final F sum;

    /**
     * Makes room for a layer.
     *
     * @param kernels the loops
     * @param rounds how many rounds have offers
     * @param outputs the number of rows
     * @param inputs the number of columns
     * @param byInput whether the inputs come out of a relu, or else the cotangents go into one: which rows of the product to skip
     */
    KernelLayer(Kernels<F> kernels, int rounds, int outputs, int inputs, boolean byInput) {
        this.kernels = kernels;
        this.trueOutputs = outputs;
        this.trueInputs = inputs;
        this.outputs = kernels.padded(outputs);
        this.inputs = kernels.padded(inputs);
        this.forward = kernels.packed(outputs, inputs);
        this.backward = kernels.packed(inputs, outputs);
        this.bias = kernels.array(this.outputs);
        this.biasBar = kernels.array(this.outputs);
        this.output = kernels.array(this.outputs);
        this.byInput = byInput;
        this.barStride = this.outputs + GAP;
        this.inputStride = this.inputs + GAP;
        int blocks = Math.min(rounds, MOST_BLOCKS);
        for (int b = 0; b < blocks; b++) {
            bars.add(kernels.array(Sizes.product("offers x outputs", BLOCK, barStride)));
            seen.add(kernels.array(Sizes.product("offers x inputs", BLOCK, inputStride)));
        }
        this.rounds = rounds;
        this.filled = new int[blocks];
        int rows = byInput ? this.inputs : this.outputs;
        this.live = new boolean[blocks][rows];
        this.list = new int[rows + 3];
        this.sum = kernels.array(sumLength());
    }

    private int sumLength() {
        return Sizes.product("outputs x inputs", live[0].length + 1L, byInput ? outputs : inputs);
    }

    /**
     * Packs the layer, and forgets what was summed.
     *
     * @param matrix row by row, (outputs, inputs)
     * @param bias (outputs)
     */
    void set(F matrix, F bias) {
        kernels.pack(matrix, trueOutputs, trueInputs, forward);
        kernels.packTransposed(matrix, trueInputs, trueOutputs, backward);
        kernels.copy(bias, 0, this.bias, 0, trueOutputs);
        kernels.clear(biasBar, outputs);
        kernels.clear(sum, sumLength());
        for (int b = 0; b < filled.length; b++) {
            filled[b] = 0;
            Arrays.fill(live[b], false);
        }
    }

    /** {@code plus + W from}, over the listed inputs. */
    F forward(F from, int at, F plus, int plusAt, int[] listed, int count) {
        kernels.copy(plus, plusAt, output, 0, outputs);
        kernels.apply(forward, trueInputs, from, at, listed, count, output);
        return output;
    }

    private int block(int h) {
        return h * filled.length / rounds;
    }

    /** Where the cotangents of the current offer, one of round h, go, {@link #barsAt} on. */
    F bars(int h) {
        return bars.get(block(h));
    }

    int barsAt(int h) {
        return filled[block(h)] * barStride;
    }

    /** {@code to = W' bars}, over the listed outputs, for the current offer. */
    void backward(int h, int[] listed, int count, F to) {
        kernels.clear(to, inputs);
        kernels.apply(backward, trueOutputs, bars(h), barsAt(h), listed, count, to);
    }

    /** Notes which inputs, or which cotangents, of the current offer are not zero. */
    void mark(int h, int[] listed, int count) {
        boolean[] marks = live[block(h)];
        for (int k = 0; k < count; k++) {
            marks[listed[k]] = true;
        }
    }

    /** Adds the current offer, whose cotangents are in place, to the sums, and begins the next. */
    void remember(int h, F from, int at, F biasSum) {
        int b = block(h);
        kernels.copy(from, at, seen.get(b), filled[b] * inputStride, trueInputs);
        kernels.add(bars(h), barsAt(h), biasSum, 0, trueOutputs);
        filled[b]++;
        if (filled[b] == BLOCK) {
            multiply(b);
        }
    }

    private void multiply(int b) {
        int rows = live[b].length;
        int listed = 0;
        for (int i = 0; i < rows; i++) {
            list[listed] = i;
            listed += live[b][i] ? 1 : 0;
        }
        while (listed % 4 != 0) {
            list[listed++] = rows;
        }
        if (byInput) {
            kernels.outer(seen.get(b), inputStride, list, listed, bars.get(b), barStride, outputs, filled[b], sum);
        } else {
            kernels.outer(bars.get(b), barStride, list, listed, seen.get(b), inputStride, inputs, filled[b], sum);
        }
        Arrays.fill(live[b], false);
        filled[b] = 0;
    }

    /** The matrix's cotangent, row by row, (outputs, inputs). */
    F matrixBar() {
        for (int b = 0; b < filled.length; b++) {
            multiply(b);
        }
        F product = byInput ? kernels.transpose(sum, inputs, outputs) : sum;
        F matrix = kernels.array(trueOutputs * trueInputs);
        for (int i = 0; i < trueOutputs; i++) {
            kernels.copy(product, i * inputs, matrix, i * trueInputs, trueInputs);
        }
        return matrix;
    }
}
