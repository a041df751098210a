package mfg.envs.auction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import mfg.core.Constants;
import mfg.core.InvalidInputException;
import mfg.core.Mechanism;
import mfg.core.ParameterSpec;
import mfg.core.Tensors;

/** First price with a reserve: in round h everybody who bids at least {@code r_h} is offered a good, and pays the bid. */
public final class ReservePrice implements Mechanism {

    private final NDArray[] admitted;
    private final NDArray payments;

    /**
     * Creates the mechanism.
     *
     * @param constants makes and owns the constants
     * @param bids the number of bids, on the grid {@code a / bids}
     * @param reserves the reserve price of each round, in [0, 1]
     * @throws InvalidInputException if a reserve is out of range
     */
    public ReservePrice(Constants constants, int bids, double[] reserves) {
        if (!Arrays.stream(reserves).allMatch(reserve -> reserve >= 0 && reserve <= 1)) {
            throw new InvalidInputException("reserve prices must be between 0 and 1, not " + Arrays.toString(reserves));
        }
        double[] grid = FirstPrice.grid(bids);
        this.payments = constants.vector(grid);
        this.admitted = Arrays.stream(reserves)
                .mapToObj(reserve -> constants.vector(
                        Arrays.stream(grid).map(a -> a >= reserve ? 1 : 0).toArray()))
                .toArray(NDArray[]::new);
    }

    @Override
    public List<ParameterSpec> parameters() {
        return List.of();
    }

    @Override
    public Offer offer(int h, NDArray bids, NDArray remaining, NDList theta) {
        // a little less than is bid for: rounding could let bids just below the reserve win what is left otherwise
        double share = bids.getDataType() == DataType.FLOAT64 ? 1 - 1e-14 : 1 - 1e-5;
        NDArray goods = Tensors.times(bids.mul(admitted[h]).sum(new int[] {0}, true), share);
        return new Offer(goods, Tensors.copy(bids.getManager(), payments));
    }
}
