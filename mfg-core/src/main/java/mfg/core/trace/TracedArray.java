package mfg.core.trace;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * An array that computes nothing: its operations are written down. What is not overridden here cannot be recorded, and throws.
 */
final class TracedArray extends TracedEntries {

    TracedArray(Tracer tracer, View view, DataType type) {
        super(tracer, view, type);
    }

    // ---- along axes

    @Override
    public NDArray sum() {
        return sum(axes(), false);
    }

    @Override
    public NDArray sum(int[] axes, boolean keep) {
        return summed(1, axes, keep);
    }

    @Override
    public NDArray mean() {
        return mean(axes(), false);
    }

    @Override
    public NDArray mean(int[] axes, boolean keep) {
        int count = Arrays.stream(axes).map(axis -> view.dims()[axis(axis)]).reduce(1, Math::multiplyExact);
        return real(recorder().sum(view, 1.0 / count, axes(axes), keep), getDataType());
    }

    private TracedArray summed(double scale, int[] axes, boolean keep) {
        DataType type = getDataType().isFloating() ? getDataType() : DataType.INT64;
        return of(recorder().sum(view, scale, axes(axes), keep), type);
    }

    @Override
    public NDArray prod() {
        return prod(axes(), false);
    }

    @Override
    public NDArray prod(int[] axes, boolean keep) {
        return real(recorder().product(view, axes(axes), keep), getDataType());
    }

    @Override
    public NDArray cumProd(int axis) {
        return real(recorder().cumProduct(view, axis(axis)), getDataType());
    }

    @Override
    public NDArray norm(boolean keep) {
        return norm(2, axes(), keep);
    }

    @Override
    public NDArray norm(int order, int[] axes, boolean keep) {
        return switch (order) {
            case 1 -> abs().sum(axes, keep);
            case 2 -> of(recorder().times(view, view)).summed(1, axes, keep).map(Unary.LENGTH);
            default -> throw new UnsupportedOperationException("only norms of order 1 and 2 are recorded");
        };
    }

    @Override
    public NDArray normalize(double order, long axis, double least) {
        if (order != 1 && order != 2) {
            throw new UnsupportedOperationException("only norms of order 1 and 2 are recorded");
        }
        return div(norm((int) order, new int[] {(int) axis}, true).maximum(least));
    }

    @Override
    public NDArray max() {
        return of(recorder().extreme(view, true));
    }

    @Override
    public NDArray max(int[] axes, boolean keep) {
        return of(recorder().extreme(view, true, axes(axes), keep));
    }

    @Override
    public NDArray min() {
        return of(recorder().extreme(view, false));
    }

    @Override
    public NDArray min(int[] axes, boolean keep) {
        return of(recorder().extreme(view, false, axes(axes), keep));
    }

    @Override
    public NDArray argMax() {
        return of(recorder().argExtreme(view, true, axes()), DataType.INT64);
    }

    @Override
    public NDArray argMax(int axis) {
        return of(recorder().argExtreme(view, true, axis(axis)), DataType.INT64);
    }

    @Override
    public NDArray argMin() {
        return of(recorder().argExtreme(view, false, axes()), DataType.INT64);
    }

    @Override
    public NDArray argMin(int axis) {
        return of(recorder().argExtreme(view, false, axis(axis)), DataType.INT64);
    }

    @Override
    public NDArray softmax(int axis) {
        return of(recorder().softmax(view, axis(axis), false));
    }

    @Override
    public NDArray logSoftmax(int axis) {
        return of(recorder().softmax(view, axis(axis), true));
    }

    @Override
    public NDArray cumSum() {
        return cumSum(0);
    }

    @Override
    public NDArray cumSum(int axis) {
        return real(recorder().cumSum(view, axis(axis)), getDataType());
    }

    @Override
    public NDArray sort() {
        return sort(-1);
    }

    @Override
    public NDArray sort(int axis) {
        return of(recorder().sort(view, axis(axis)));
    }

    @Override
    public NDArray argSort(int axis, boolean ascending) {
        TracedArray places = of(recorder().argSort(view, axis(axis)), DataType.INT64);
        return ascending ? places : places.flip(axis);
    }

    @Override
    public NDList topK(int k, int axis, boolean largest, boolean sorted) {
        int first = largest ? view.dims()[axis(axis)] - 1 : 0;
        int step = largest ? -1 : 1;
        View numbers = recorder().sort(view, axis(axis)).slice(axis(axis), first, k, step);
        View places = recorder().argSort(view, axis(axis)).slice(axis(axis), first, k, step);
        return new NDList(of(numbers), of(places, DataType.INT64));
    }

    @Override
    public NDArray median() {
        return median(new int[] {-1});
    }

    /** The lower one of two in the middle. */
    @Override
    public NDArray median(int[] axes) {
        int axis = axis(axes[0]);
        return of(recorder().sort(view, axis).pick(axis, (view.dims()[axis] - 1) / 2));
    }

    @Override
    public NDArray diff(int times, int axis) {
        View left = view;
        for (int i = 0; i < times; i++) {
            int count = left.dims()[axis(axis)] - 1;
            left = recorder().plus(left.slice(axis(axis), 1, count, 1), -1, left.slice(axis(axis), 0, count, 1));
        }
        return of(left);
    }

    @Override
    public NDArray dot(NDArray other) {
        return matMul(other);
    }

    @Override
    public NDArray matMul(NDArray other) {
        TracedArray second = tracer.traced(other);
        return real(recorder().matMul(view, second.view), tracer.common(this, second));
    }

    @Override
    public NDArray batchMatMul(NDArray other) {
        return matMul(other);
    }

    // ---- the same numbers otherwise

    @Override
    public NDArray reshape(Shape to) {
        long known = Arrays.stream(to.getShape()).filter(length -> length >= 0).reduce(1, Math::multiplyExact);
        return of(recorder()
                .reshape(
                        view,
                        Arrays.stream(to.getShape())
                                .mapToInt(length -> (int) (length >= 0 ? length : view.size() / known))
                                .toArray()));
    }

    @Override
    public NDArray flatten() {
        return of(recorder().reshape(view, view.size()));
    }

    @Override
    public NDArray flatten(int first, int last) {
        int[] dims = view.dims();
        int length = View.size(Arrays.copyOfRange(dims, axis(first), axis(last) + 1));
        return of(recorder().reshape(view, spliced(dims, axis(first), axis(last) + 1, length)));
    }

    @Override
    public NDArray expandDims(int axis) {
        return of(view.insert(axis < 0 ? axis + view.rank() + 1 : axis, 1));
    }

    @Override
    public NDArray squeeze(int[] axes) {
        View squeezed = view;
        int[] descending = Arrays.stream(axes).map(axis -> -axis(axis)).sorted().toArray();
        for (int minus : descending) {
            squeezed = squeezed.dims()[-minus] == 1 ? squeezed.remove(-minus) : squeezed; // as the engine has it
        }
        return of(squeezed);
    }

    @Override
    public NDArray transpose() {
        return transpose(
                IntStream.range(0, view.rank()).map(d -> view.rank() - 1 - d).toArray());
    }

    @Override
    public NDArray transpose(int... axes) {
        return of(view.transpose(axes(axes)));
    }

    @Override
    public NDArray flip(int... axes) {
        View flipped = view;
        for (int axis : Arrays.stream(axes).map(this::axis).toArray()) {
            int length = view.dims()[axis];
            flipped = flipped.slice(axis, length - 1, length, -1);
        }
        return of(flipped);
    }

    @Override
    public NDArray broadcast(Shape to) {
        return of(view.broadcast(dims(to)));
    }

    @Override
    public NDArray repeat(long times) {
        return repeat(LongStream.generate(() -> times).limit(view.rank()).toArray());
    }

    @Override
    public NDArray repeat(int axis, long times) {
        return repeat(LongStream.rangeClosed(0, axis(axis))
                .map(d -> d < axis(axis) ? 1 : times)
                .toArray());
    }

    @Override
    public NDArray repeat(long[] times) {
        return of(copied(view, times, 1));
    }

    @Override
    public NDArray repeat(Shape to) {
        int more = view.rank() - to.dimension();
        return repeat(IntStream.range(0, view.rank())
                .mapToLong(d -> d < more ? 1 : to.get(d - more) / view.dims()[d])
                .toArray());
    }

    @Override
    public NDArray tile(long times) {
        return tile(LongStream.generate(() -> times).limit(view.rank()).toArray());
    }

    @Override
    public NDArray tile(long[] times) {
        if (times.length < view.rank()) {
            throw new IllegalArgumentException("%s has more axes than %d numbers".formatted(view.told(), times.length));
        }
        View tile = view;
        while (tile.rank() < times.length) {
            tile = tile.insert(0, 1);
        }
        return of(copied(tile, times, 0));
    }

    /** Copies along axes: each entry (behind = 1), or the whole again and again (behind = 0). */
    private View copied(View of, long[] times, int behind) {
        View copies = of;
        int[] dims = of.dims().clone();
        for (int axis = times.length - 1; axis >= 0; axis--) {
            copies = copies.insert(axis + behind, (int) times[axis]);
            dims[axis] *= (int) times[axis];
        }
        return recorder().reshape(copies, dims);
    }

    @Override
    public NDArray diagonal() {
        return diagonal(0);
    }

    @Override
    public NDArray diagonal(int offset) {
        return diagonal(offset, 0, 1);
    }

    @Override
    public NDArray diagonal(int offset, int first, int second) {
        return of(view.diagonal(offset, axis(first), axis(second)));
    }

    @Override
    public NDArray pad(Shape padding, double value) {
        if (LongStream.of(padding.getShape()).anyMatch(length -> length < 0)) {
            throw new UnsupportedOperationException("to cut by padding is not recorded");
        }
        View padded = view;
        for (int i = 0; i < padding.dimension(); i++) {
            int axis = view.rank() - 1 - i / 2;
            int[] dims = padded.dims().clone();
            dims[axis] = (int) padding.get(i);
            View edge = tracer.constant(value, getDataType()).view.broadcast(dims);
            padded = dims[axis] == 0
                    ? padded
                    : recorder().concat(i % 2 == 0 ? List.of(edge, padded) : List.of(padded, edge), axis);
        }
        return of(padded);
    }

    @Override
    public NDList split(long sections, int axis) {
        int length = view.dims()[axis(axis)];
        if (length % sections != 0) {
            throw new IllegalArgumentException(
                    "an axis of length %d has no %d equal parts".formatted(length, sections));
        }
        return split(
                LongStream.range(1, sections).map(i -> i * length / sections).toArray(), axis);
    }

    @Override
    public NDList split(long[] places, int axis) {
        int at = axis(axis);
        NDList parts = new NDList();
        int from = 0;
        for (int i = 0; i <= places.length; i++) {
            int to = i < places.length ? (int) places[i] : view.dims()[at];
            parts.add(of(view.slice(at, from, to - from, 1)));
            from = to;
        }
        return parts;
    }

    /** Nothing flows back through it: so the engine has it. */
    @Override
    public NDArray duplicate() {
        return stopGradient();
    }

    @Override
    public NDArray zerosLike() {
        return of(tracer.constant(0.0, getDataType()).view.broadcast(view.dims()));
    }

    @Override
    public NDArray onesLike() {
        return of(tracer.constant(1.0, getDataType()).view.broadcast(view.dims()));
    }

    @Override
    public NDArray get(NDIndex index) {
        return get(getManager(), index);
    }

    @Override
    public NDArray get(NDManager manager, NDIndex index) {
        return new TracedIndexer(this).get(this, index);
    }

    /** What a slice of {@code get} picks; it may go beyond the end. */
    TracedArray sliced(long[] from, long[] to, long[] steps, int[] gone) {
        View cut = view;
        for (int d = 0; d < from.length; d++) {
            int length = (int) (Math.min(to[d], view.dims()[d]) - from[d]);
            int step = (int) steps[d];
            cut = cut.slice(d, (int) from[d], (length + step - 1) / step, step);
        }
        for (int i = gone.length - 1; i >= 0; i--) {
            cut = cut.remove(gone[i]);
        }
        return of(cut);
    }

    @Override
    public NDArray take(NDManager manager, NDArray places) {
        return of(recorder().gather(view, tracer.integers(places), dims(places.getShape())));
    }

    /** Whole slices of an axis, chosen by constant numbers. */
    TracedArray taken(NDArray places, int axis) {
        TracedArray all = taken(tracer.integers(places), axis);
        return of(recorder().reshape(all.view, spliced(view.dims(), axis, axis + 1, dims(places.getShape()))));
    }

    private TracedArray taken(int[] chosen, int axis) {
        if (chosen.length == 0) {
            throw new IllegalArgumentException("nothing is chosen");
        }
        List<View> parts = Arrays.stream(chosen)
                .map(place -> place < 0 ? place + view.dims()[axis] : place)
                .mapToObj(place -> view.slice(axis, place, 1, 1))
                .toList();
        return of(recorder().concat(parts, axis));
    }

    @Override
    public NDArray booleanMask(NDArray mask, int axis) {
        return masked(mask, view.rank() - mask.getShape().dimension());
    }

    /** What a constant mask of some axes leaves of them, along one axis. */
    TracedArray masked(NDArray mask, int axis) {
        int end = axis + mask.getShape().dimension();
        if (!Arrays.equals(Arrays.copyOfRange(view.dims(), axis, end), dims(mask.getShape()))) {
            throw new IllegalArgumentException("a mask %s does not fit %s".formatted(mask.getShape(), view.told()));
        }
        int[] open = tracer.integers(mask);
        int[] chosen = IntStream.range(0, open.length).filter(i -> open[i] != 0).toArray();
        View rows = recorder().reshape(view, spliced(view.dims(), axis, end, open.length));
        return of(rows).taken(chosen, axis);
    }

    @Override
    public NDArray gather(NDArray places, int axis) {
        int at = axis(axis);
        int[] chosen = tracer.integers(places);
        int[] dims = dims(places.getShape());
        int[] from = View.rowMajor(view.dims());
        int[] to = View.rowMajor(dims);
        int[] flat = new int[chosen.length];
        for (int i = 0; i < flat.length; i++) {
            for (int d = 0; d < dims.length; d++) {
                flat[i] += from[d] * (d == at ? chosen[i] : i / to[d] % dims[d]);
            }
        }
        return of(recorder().gather(view, flat, dims));
    }

    @Override
    public NDArray oneHot(int depth, float on, float off, DataType type) {
        NDArray places = tracer.traced(tracer.manager().arange(depth));
        TracedArray hot = test(Binary.EQUAL, expandDims(-1), places);
        View spread = recorder().scaled(on - off, hot.view);
        return of(off == 0 ? spread : recorder().plus(spread, off, tracer.constant(1.0, type).view), type);
    }

    @Override
    public NDArrayEx getNDArrayInternal() {
        return TracedOperations.of(this);
    }

    // ---- behind the functions of NDArrays and Activation

    NDArray where(NDArray condition, NDArray otherwise) {
        TracedArray other = tracer.traced(otherwise);
        return of(recorder().where(tracer.traced(condition).view, view, other.view), tracer.common(this, other));
    }

    NDArray concat(NDList others, int axis) {
        int at = axis(axis);
        return joined(others, at, part -> part);
    }

    NDArray stack(NDList others, int axis) {
        int at = axis < 0 ? axis + view.rank() + 1 : axis;
        return joined(others, at, part -> part.insert(at, 1));
    }

    private NDArray joined(NDList others, int axis, java.util.function.UnaryOperator<View> shaped) {
        List<View> parts = new ArrayList<>(List.of(shaped.apply(view)));
        DataType type = getDataType();
        for (NDArray other : others) {
            TracedArray part = tracer.traced(other);
            parts.add(shaped.apply(part.view));
            if (part.getDataType() != type) {
                throw new UnsupportedOperationException(
                        "arrays of types %s and %s are not joined".formatted(type, part.getDataType()));
            }
        }
        return of(recorder().concat(parts, axis), type);
    }

    // ---- what an array is to its manager

    @Override
    public Device getDevice() {
        return tracer.device();
    }

    @Override
    public void attach(NDManager to) {}

    @Override
    public void tempAttach(NDManager to) {}

    @Override
    public void detach() {}

    @Override
    public void close() {}

    @Override
    public boolean hasGradient() {
        return false;
    }

    @Override
    public void intern(NDArray replaced) {
        throw new UnsupportedOperationException("arrays are not changed in place");
    }

    @Override
    public ByteBuffer toByteBuffer(boolean tryDirect) {
        throw new UnsupportedOperationException("an array that is recorded has no numbers");
    }

    @Override
    public String toString() {
        return "recorded " + getShape();
    }

    private int axis(int axis) {
        int counted = axis < 0 ? axis + view.rank() : axis;
        if (counted < 0 || counted >= view.rank()) {
            throw new IllegalArgumentException("%s has no axis %d".formatted(view.told(), axis));
        }
        return counted;
    }

    private int[] axes(int... given) {
        return given.length == 0
                ? IntStream.range(0, view.rank()).toArray()
                : Arrays.stream(given).map(this::axis).distinct().toArray();
    }

    /** Dimensions with some of them replaced. */
    private static int[] spliced(int[] dims, int from, int to, int... by) {
        return IntStream.concat(
                        IntStream.concat(Arrays.stream(dims, 0, from), Arrays.stream(by)),
                        Arrays.stream(dims, to, dims.length))
                .toArray();
    }

    private static int[] dims(Shape shape) {
        return Arrays.stream(shape.getShape()).mapToInt(Math::toIntExact).toArray();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
