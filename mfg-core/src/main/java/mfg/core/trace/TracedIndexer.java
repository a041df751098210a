package mfg.core.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDArrayIndexer;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.index.dim.NDIndexAll;
import ai.djl.ndarray.index.dim.NDIndexBooleans;
import ai.djl.ndarray.index.dim.NDIndexElement;
import ai.djl.ndarray.index.full.NDIndexFullPick;
import ai.djl.ndarray.index.full.NDIndexFullSlice;
import ai.djl.ndarray.index.full.NDIndexFullTake;
import java.util.List;

/** What {@code get} with an index means for an array that is recorded. */
final class TracedIndexer extends NDArrayIndexer {

    private static final String IN_PLACE = "arrays are not changed in place";

    private final TracedArray array;

    TracedIndexer(TracedArray array) {
        this.array = array;
    }

    @Override
    public NDArray get(NDArray same, NDIndex index) {
        List<NDIndexElement> elements = index.getIndices();
        if (elements.isEmpty() || !(elements.get(0) instanceof NDIndexBooleans mask)) {
            return super.get(same, index);
        }
        if (!elements.stream().skip(1).allMatch(NDIndexAll.class::isInstance)) {
            throw new UnsupportedOperationException("a mask together with other places is not recorded");
        }
        return array.masked(mask.getIndex(), 0);
    }

    @Override
    public NDArray get(NDArray same, NDIndexFullPick pick) {
        return array.gather(pick.getIndices(), pick.getAxis());
    }

    @Override
    public NDArray get(NDArray same, NDIndexFullTake take) {
        return array.taken(take.getIndices(), take.getAxis());
    }

    @Override
    public NDArray get(NDArray same, NDIndexFullSlice slice) {
        return array.sliced(slice.getMin(), slice.getMax(), slice.getStep(), slice.getToSqueeze());
    }

    @Override
    public void set(NDArray same, NDIndexFullSlice slice, NDArray value) {
        throw new UnsupportedOperationException(IN_PLACE);
    }

    @Override
    public void set(NDArray same, NDIndexFullSlice slice, Number value) {
        throw new UnsupportedOperationException(IN_PLACE);
    }
}
