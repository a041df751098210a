package mfg.core.trace;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrayAdapter;
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
final class TracedArray extends NDArrayAdapter {

    private final Tracer tracer;
    private final View view;

    TracedArray(Tracer tracer, View view, DataType type) {
        super(
                tracer.manager(),
                null,
                new Shape(Arrays.stream(view.dims()).asLongStream().toArray()),
                type,
                NDManager.nextUid());
        this.tracer = tracer;
        this.view = view;
    }

    View view() {
        return view;
    }

    private Recorder recorder() {
        return tracer.recorder();
    }

    private TracedArray of(View result) {
        return new TracedArray(tracer, result, getDataType());
    }

    private TracedArray of(View result, DataType type) {
        return new TracedArray(tracer, result, type);
    }

    private TracedArray number(Number number) {
        return tracer.constant(number.doubleValue(), number instanceof Integer ? DataType.INT32 : getDataType());
    }

    // ---- by entry

    /** Of numbers with fractions. Types of whole numbers and truth values have rules of their own, which are the engine's. */
    private TracedArray real(View result, DataType type) {
        if (!type.isFloating()) {
            throw new UnsupportedOperationException(
                    "arithmetic of type " + type + " is not recorded; take toType first");
        }
        return of(result, type);
    }

    TracedArray map(Unary function) {
        return real(recorder().map(function, view), getDataType());
    }

    private TracedArray zip(Binary function, NDArray other) {
        TracedArray second = tracer.traced(other);
        return real(recorder().zip(function, view, second.view), tracer.common(this, second));
    }

    private TracedArray test(Binary function, NDArray one, NDArray other) {
        return of(recorder().zip(function, tracer.traced(one).view, tracer.traced(other).view), DataType.BOOLEAN);
    }

    private TracedArray plus(double scale, NDArray other) {
        TracedArray second = tracer.traced(other);
        return real(recorder().plus(view, scale, second.view), tracer.common(this, second));
    }

    @Override
    public NDArray add(Number n) {
        return add(number(n));
    }

    @Override
    public NDArray add(NDArray other) {
        return plus(1, other);
    }

    @Override
    public NDArray sub(Number n) {
        return sub(number(n));
    }

    @Override
    public NDArray sub(NDArray other) {
        return plus(-1, other);
    }

    @Override
    public NDArray mul(Number n) {
        return real(recorder().scaled(n.doubleValue(), view), getDataType());
    }

    @Override
    public NDArray mul(NDArray other) {
        TracedArray second = tracer.traced(other);
        return real(recorder().times(view, second.view), tracer.common(this, second));
    }

    @Override
    public NDArray div(Number n) {
        return div(number(n));
    }

    @Override
    public NDArray div(NDArray other) {
        return zip(Binary.DIVIDE, other);
    }

    @Override
    public NDArray mod(Number n) {
        return mod(number(n));
    }

    @Override
    public NDArray mod(NDArray other) {
        return zip(Binary.REMAINDER, other);
    }

    @Override
    public NDArray pow(Number n) {
        return n.doubleValue() == 2 ? square() : pow(number(n));
    }

    @Override
    public NDArray pow(NDArray other) {
        return zip(Binary.POWER, other);
    }

    @Override
    public NDArray maximum(Number n) {
        return maximum(number(n));
    }

    @Override
    public NDArray maximum(NDArray other) {
        return zip(Binary.MAXIMUM, other);
    }

    @Override
    public NDArray minimum(Number n) {
        return minimum(number(n));
    }

    @Override
    public NDArray minimum(NDArray other) {
        return zip(Binary.MINIMUM, other);
    }

    @Override
    public NDArray atan2(NDArray other) {
        return zip(Binary.ATAN2, other);
    }

    @Override
    public NDArray eq(Number n) {
        return eq(number(n));
    }

    @Override
    public NDArray eq(NDArray other) {
        return test(Binary.EQUAL, this, other);
    }

    @Override
    public NDArray neq(Number n) {
        return neq(number(n));
    }

    @Override
    public NDArray neq(NDArray other) {
        return test(Binary.UNEQUAL, this, other);
    }

    @Override
    public NDArray gt(Number n) {
        return gt(number(n));
    }

    @Override
    public NDArray gt(NDArray other) {
        return test(Binary.GREATER, this, other);
    }

    @Override
    public NDArray gte(Number n) {
        return gte(number(n));
    }

    @Override
    public NDArray gte(NDArray other) {
        return test(Binary.AT_LEAST, this, other);
    }

    @Override
    public NDArray lt(Number n) {
        return lt(number(n));
    }

    @Override
    public NDArray lt(NDArray other) {
        return test(Binary.GREATER, other, this);
    }

    @Override
    public NDArray lte(Number n) {
        return lte(number(n));
    }

    @Override
    public NDArray lte(NDArray other) {
        return test(Binary.AT_LEAST, other, this);
    }

    @Override
    public NDArray logicalAnd(NDArray other) {
        return test(Binary.AND, this, other);
    }

    @Override
    public NDArray logicalOr(NDArray other) {
        return test(Binary.OR, this, other);
    }

    @Override
    public NDArray logicalXor(NDArray other) {
        return test(Binary.XOR, this, other);
    }

    @Override
    public NDArray logicalNot() {
        return of(recorder().map(Unary.NOT, view), DataType.BOOLEAN);
    }

    @Override
    public NDArray neg() {
        return of(recorder().scaled(-1, view));
    }

    @Override
    public NDArray square() {
        return of(recorder().times(view, view));
    }

    @Override
    public NDArray abs() {
        return map(Unary.ABS);
    }

    @Override
    public NDArray sign() {
        return map(Unary.SIGN);
    }

    @Override
    public NDArray sqrt() {
        return map(Unary.SQRT);
    }

    @Override
    public NDArray exp() {
        return map(Unary.EXP);
    }

    @Override
    public NDArray log() {
        return map(Unary.LOG);
    }

    @Override
    public NDArray log2() {
        return map(Unary.LOG2);
    }

    @Override
    public NDArray log10() {
        return map(Unary.LOG10);
    }

    @Override
    public NDArray sin() {
        return map(Unary.SIN);
    }

    @Override
    public NDArray cos() {
        return map(Unary.COS);
    }

    @Override
    public NDArray tan() {
        return map(Unary.TAN);
    }

    @Override
    public NDArray asin() {
        return map(Unary.ASIN);
    }

    @Override
    public NDArray acos() {
        return map(Unary.ACOS);
    }

    @Override
    public NDArray atan() {
        return map(Unary.ATAN);
    }

    @Override
    public NDArray sinh() {
        return map(Unary.SINH);
    }

    @Override
    public NDArray cosh() {
        return map(Unary.COSH);
    }

    @Override
    public NDArray tanh() {
        return map(Unary.TANH);
    }

    @Override
    public NDArray floor() {
        return map(Unary.FLOOR);
    }

    @Override
    public NDArray ceil() {
        return map(Unary.CEIL);
    }

    @Override
    public NDArray round() {
        return map(Unary.ROUND);
    }

    @Override
    public NDArray trunc() {
        return map(Unary.TRUNC);
    }

    @Override
    public NDArray clip(Number least, Number most) {
        return map(Unary.clip(least.doubleValue(), most.doubleValue()));
    }

    @Override
    public NDArray stopGradient() {
        return of(recorder().map(Unary.HOLD, view));
    }

    @Override
    public NDArray toType(DataType type, boolean copy) {
        if (type == DataType.BOOLEAN && getDataType() != DataType.BOOLEAN) {
            return neq(0);
        }
        if (type == DataType.UINT8 || type == DataType.INT8) {
            throw new UnsupportedOperationException("numbers of type " + type + " are not recorded");
        }
        boolean cut = type.isInteger() && getDataType().isFloating();
        return of(cut ? recorder().map(Unary.TRUNC, view) : view, type);
    }

    @Override
    public NDArray toDevice(Device device, boolean copy) {
        return this;
    }

    // ---- along axes

    @Override
    public NDArray sum() {
        return sum(axes(), false);
    }

    @Override
    public NDArray sum(int[] axes, boolean keep) {
        DataType type = getDataType().isFloating() ? getDataType() : DataType.INT64;
        return of(recorder().sum(view, 1, axes(axes), keep), type);
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
    public NDArray flatten(int from, int to) {
        int[] dims = view.dims();
        int first = axis(from);
        int last = axis(to);
        int joined = View.size(Arrays.copyOfRange(dims, first, last + 1));
        IntStream head = IntStream.concat(Arrays.stream(dims, 0, first), IntStream.of(joined));
        return of(recorder()
                .reshape(
                        view,
                        IntStream.concat(head, Arrays.stream(dims, last + 1, dims.length))
                                .toArray()));
    }

    @Override
    public NDArray expandDims(int axis) {
        return of(view.insert(axis < 0 ? axis + view.rank() + 1 : axis, 1));
    }

    @Override
    public NDArray squeeze(int[] axes) {
        View squeezed = view;
        int[] descending =
                Arrays.stream(axes).map(this::axis).map(axis -> -axis).sorted().toArray();
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
    public NDArray repeat(int axis, long times) {
        int at = axis(axis);
        int[] dims = view.dims().clone();
        dims[at] *= (int) times;
        View copies = view.insert(at + 1, 1);
        int[] broad = copies.dims().clone();
        broad[at + 1] = (int) times;
        return of(recorder().reshape(copies.broadcast(broad), dims));
    }

    @Override
    public NDArray tile(int axis, long times) {
        List<View> copies = IntStream.range(0, (int) times).mapToObj(i -> view).toList();
        return of(recorder().concat(copies, axis(axis)));
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

    @Override
    public NDArray duplicate() {
        return stopGradient(); // nothing flows back through a copy of the engine's
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
        int[] chosen = tracer.integers(places);
        List<View> parts = new ArrayList<>();
        for (int place : chosen) {
            parts.add(view.slice(axis, place < 0 ? place + view.dims()[axis] : place, 1, 1));
        }
        View all = recorder().concat(parts, axis);
        int[] dims = IntStream.concat(
                        IntStream.concat(
                                Arrays.stream(view.dims()).limit(axis), Arrays.stream(dims(places.getShape()))),
                        Arrays.stream(view.dims()).skip(axis + 1L))
                .toArray();
        return of(recorder().reshape(all, dims));
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

    NDArray map(String name) {
        return switch (name) {
            case "relu" -> map(Unary.RELU);
            case "sigmoid" -> map(Unary.SIGMOID);
            case "tanh" -> map(Unary.TANH);
            default -> map(Unary.SOFTPLUS);
        };
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
