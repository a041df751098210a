package mfg.envs.auction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import mfg.core.Tensors;
import mfg.core.kernel.Kernels;

/**
 * {@link FirstPriceSchedule} on primitive arrays: of {@code s = softmax(x)} the derivative is {@code ds(h)/dx(j) = s(h) ([h = j] -
 * s(j))}.
 */
final class ScheduleKernel<F> extends FixedPriceKernel<F> {

    private final Kernels<F> kernels;
    private final double alphaMax;

    /** The softmax over rounds and what is withheld, (H + 1), as are the cotangents. */
    private final double[] shares;

    private final double[] sharesBar;

    ScheduleKernel(Kernels<F> kernels, NDArray logits, double alphaMax, double[] grid) {
        super(h -> grid);
        this.kernels = kernels;
        this.alphaMax = alphaMax;
        this.shares = softmax(Tensors.toDoubles(logits));
        this.sharesBar = new double[shares.length];
    }

    private static double[] softmax(double[] logits) {
        double largest = Arrays.stream(logits).max().orElseThrow();
        double[] weights = Arrays.stream(logits).map(x -> Math.exp(x - largest)).toArray();
        double total = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / total).toArray();
    }

    @Override
    double goods(int h, double[] bids) {
        return alphaMax * shares[h];
    }

    @Override
    void pullGoods(int h, double goodsBar, double[] bidsBar, boolean sums) {
        sharesBar[h] += sums ? alphaMax * goodsBar : 0;
    }

    @Override
    public NDList gradient(NDManager manager) {
        double mean = 0;
        for (int h = 0; h < shares.length; h++) {
            mean += shares[h] * sharesBar[h];
        }
        double[] gradient = new double[shares.length];
        for (int h = 0; h < shares.length; h++) {
            gradient[h] = shares[h] * (sharesBar[h] - mean);
        }
        F numbers = kernels.array(gradient.length);
        kernels.ofDoubles(gradient, 0, numbers, 0, gradient.length);
        return new NDList(kernels.write(manager, numbers, new Shape(gradient.length)));
    }
}
