package mfg.envs.auction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import mfg.core.MechanismKernel;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;
import mfg.core.kernel.Kernels;

/** {@link StaticMechanism} on primitive arrays: {@code d sigmoid(x) = sigmoid(x) (1 - sigmoid(x)) dx}. */
final class StaticKernel<F> implements MechanismKernel<F> {

    private final Kernels<F> kernels;
    private final List<ParameterSpec> parameters;
    private final double[] grid;

    /** The sigmoids of both parameters, round by round. */
    private final double[] fraction;

    private final double[] share;
    private final double[] fractionBar;
    private final double[] shareBar;

    StaticKernel(Kernels<F> kernels, NDList theta, List<ParameterSpec> parameters, double[] grid) {
        this.kernels = kernels;
        this.parameters = parameters;
        this.grid = grid;
        this.fraction = sigmoids(theta.get(0));
        this.share = sigmoids(theta.get(1));
        this.fractionBar = new double[fraction.length];
        this.shareBar = new double[share.length];
    }

    private static double[] sigmoids(NDArray parameter) {
        double[] x = Tensors.toDoubles(parameter);
        for (int i = 0; i < x.length; i++) {
            x[i] = 1 / (1 + Math.exp(-x[i]));
        }
        return x;
    }

    @Override
    public int tapeLength() {
        return 0;
    }

    @Override
    public double offer(int h, double[] bids, double remaining, double[] payments, F tape, int at) {
        for (int a = 0; a < grid.length; a++) {
            payments[a] = fraction[h * grid.length + a] * grid[a];
        }
        return share[h] * remaining;
    }

    @Override
    public double pullback(
            int h,
            double[] bids,
            double remaining,
            double goodsBar,
            double[] paymentsBar,
            double[] bidsBar,
            F tape,
            int at,
            boolean sums) {
        if (sums) {
            for (int a = 0; a < grid.length; a++) {
                fractionBar[h * grid.length + a] += paymentsBar[a] * grid[a];
            }
            shareBar[h] += goodsBar * remaining;
        }
        return goodsBar * share[h];
    }

    @Override
    public NDList gradient(NDManager manager) {
        return new NDList(gradient(manager, 0, fraction, fractionBar), gradient(manager, 1, share, shareBar));
    }

    private NDArray gradient(NDManager manager, int parameter, double[] sigmoid, double[] bar) {
        double[] gradient = new double[bar.length];
        for (int i = 0; i < bar.length; i++) {
            gradient[i] = bar[i] * sigmoid[i] * (1 - sigmoid[i]);
        }
        F numbers = kernels.array(gradient.length);
        kernels.ofDoubles(gradient, 0, numbers, 0, gradient.length);
        return kernels.write(manager, numbers, parameters.get(parameter).shape());
    }
}
