package mfg.core.trace;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrayAdapter;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** What is recorded entry by entry; the rest is in {@link TracedArray}. */
abstract class TracedEntries extends NDArrayAdapter {

    final Tracer tracer;
    final View view;

    TracedEntries(Tracer tracer, View view, DataType type) {
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

    Recorder recorder() {
        return tracer.recorder();
    }

    TracedArray of(View result) {
        return of(result, getDataType());
    }

    TracedArray of(View result, DataType type) {
        return new TracedArray(tracer, result, type);
    }

    private TracedArray number(Number number) {
        return tracer.constant(number.doubleValue(), number instanceof Integer ? DataType.INT32 : getDataType());
    }

    /** Of numbers with fractions. Types of whole numbers and truth values have rules of their own, which are the engine's. */
    TracedArray real(View result, DataType type) {
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

    private TracedArray test(Unary function) {
        return of(recorder().map(function, view), DataType.BOOLEAN);
    }

    TracedArray test(Binary function, NDArray one, NDArray other) {
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
    public NDArray xlogy(NDArray other) {
        return zip(Binary.XLOGY, other);
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
        return test(Unary.NOT);
    }

    @Override
    public NDArray isNaN() {
        return test(Unary.IS_NAN);
    }

    @Override
    public NDArray isInfinite() {
        return test(Unary.IS_INFINITE);
    }

    @Override
    public NDArray neg() {
        return real(recorder().scaled(-1, view), getDataType());
    }

    @Override
    public NDArray square() {
        return real(recorder().times(view, view), getDataType());
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
    public NDArray cbrt() {
        return pow(1.0 / 3);
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
    public NDArray toDegrees() {
        return mul(180 / Math.PI);
    }

    @Override
    public NDArray toRadians() {
        return mul(Math.PI / 180);
    }

    @Override
    public NDArray erf() {
        return map(Unary.ERF);
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
}
