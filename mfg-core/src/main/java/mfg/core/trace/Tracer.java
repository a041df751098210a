package mfg.core.trace;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import mfg.core.trace.Node.Stage;
import org.jspecify.annotations.Nullable;

/** Hands out arrays that are recorded, and turns arrays of the engine into constants. */
final class Tracer implements InvocationHandler {

    private final Recorder recorder = new Recorder();
    private final Map<String, TracedArray> constants = new HashMap<>();
    private final NDManager manager = (NDManager)
            Proxy.newProxyInstance(NDManager.class.getClassLoader(), new Class<?>[] {NDManager.class}, this);

    Recorder recorder() {
        return recorder;
    }

    /** What games may ask for arrays: they become constants. */
    NDManager manager() {
        return manager;
    }

    Device device() {
        return Device.cpu();
    }

    NDList arguments(DataType type, Stage stage, List<Shape> shapes) {
        NDList arguments = new NDList();
        for (Shape shape : shapes) {
            int[] dims = dims(shape);
            arguments.add(new TracedArray(this, recorder.argument(arguments.size(), stage, dims), type));
        }
        return arguments;
    }

    private static int[] dims(Shape shape) {
        return Arrays.stream(shape.getShape()).mapToInt(Math::toIntExact).toArray();
    }

    TracedArray constant(double value, DataType type) {
        return new TracedArray(this, recorder.constant(new double[] {value}), type);
    }

    /** The array itself if it is recorded, else a constant of its numbers, which are read once. */
    TracedArray traced(NDArray array) {
        return array instanceof TracedArray traced
                ? traced
                : constants.computeIfAbsent(array.getUid(), uid -> read(array));
    }

    private TracedArray read(NDArray array) {
        return constant(numbers(array), array.getShape(), array.getDataType());
    }

    private TracedArray constant(double[] values, Shape shape, DataType type) {
        for (int i = 0; type == DataType.FLOAT32 && i < values.length; i++) {
            values[i] = (float) values[i];
        }
        return new TracedArray(this, recorder.constant(values, dims(shape)), type);
    }

    private static double[] numbers(NDArray array) {
        return numbers(array.toByteBuffer(), array.getDataType(), Math.toIntExact(array.size()));
    }

    private static double[] numbers(Buffer buffer, DataType type, int count) {
        if (buffer instanceof ByteBuffer bytes) {
            ByteBuffer ordered = bytes.duplicate().order(ByteOrder.nativeOrder());
            return IntStream.range(0, count)
                    .mapToDouble(i -> number(ordered, type, i))
                    .toArray();
        } else if (buffer instanceof DoubleBuffer doubles) {
            return IntStream.range(0, count).mapToDouble(doubles::get).toArray();
        } else if (buffer instanceof FloatBuffer floats) {
            return IntStream.range(0, count).mapToDouble(floats::get).toArray();
        } else if (buffer instanceof IntBuffer ints) {
            return IntStream.range(0, count).mapToDouble(ints::get).toArray();
        }
        LongBuffer longs = (LongBuffer) buffer;
        return IntStream.range(0, count).mapToDouble(longs::get).toArray();
    }

    private static double number(ByteBuffer bytes, DataType type, int i) {
        return switch (type) {
            case FLOAT64 -> bytes.getDouble(8 * i);
            case FLOAT32 -> bytes.getFloat(4 * i);
            case INT32 -> bytes.getInt(4 * i);
            case INT64 -> bytes.getLong(8 * i);
            case BOOLEAN, INT8 -> bytes.get(i);
            case UINT8 -> Byte.toUnsignedInt(bytes.get(i));
            default -> throw new UnsupportedOperationException("numbers of type " + type + " are not recorded");
        };
    }

    /** The numbers of a constant that serve as places. */
    int[] integers(NDArray places) {
        double[] values = places instanceof TracedArray traced ? computed(traced.view()) : numbers(places);
        return DoubleStream.of(values).mapToInt(value -> (int) value).toArray();
    }

    private double[] computed(View view) {
        if (view.node().stage() != Stage.CONSTANT) {
            throw new UnsupportedOperationException("places that depend on the state are not recorded");
        }
        double[] values = new double[view.size()];
        Machine machine = new Machine(Compiler.compile(recorder.nodes(), List.of(view)));
        machine.read(machine.memory(), 0, values);
        return values;
    }

    /** The type of what two arrays give together, as the engine has it. */
    DataType common(TracedEntries one, TracedEntries other) {
        boolean alike = (one.view().rank() == 0) == (other.view().rank() == 0);
        DataType first = one.getDataType();
        DataType second = other.getDataType();
        if (first.isFloating() != second.isFloating()) {
            return first.isFloating() ? first : second;
        }
        if (!alike) {
            return one.view().rank() == 0 ? second : first;
        }
        return first.isBoolean() || (first == DataType.FLOAT32 && second == DataType.FLOAT64) ? second : first;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object[] given) throws Throwable {
        return switch (method.getName()) {
            case "newSubManager", "getParentManager" -> manager;
            case "getDevice", "defaultDevice" -> device();
            case "isOpen" -> true;
            case "close",
                    "cap",
                    "attachInternal",
                    "attachUncappedInternal",
                    "tempAttachInternal",
                    "detachInternal",
                    "setName" -> null;
            case "getName", "toString" -> "recorder";
            case "hashCode" -> System.identityHashCode(this);
            case "equals" -> proxy == given[0];
            case "allocateDirect" -> ByteBuffer.allocateDirect((int) given[0]).order(ByteOrder.nativeOrder());
            case "from" -> traced((NDArray) given[0]);
            case "arange", "linspace", "eye" -> ofEngine(method, given);
            case "full" -> full(proxy, method, given);
            case "zeros", "ones" -> filled(method, given);
            case "create" -> create(proxy, method, given);
            default -> throw new UnsupportedOperationException(method.getName() + " is not recorded");
        };
    }

    /** Constants whose numbers are rounded as the engine rounds them. */
    private TracedArray ofEngine(Method method, Object[] given) throws Throwable {
        try (NDManager engine = NDManager.newBaseManager()) {
            return read((NDArray) method.invoke(engine, given));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Object create(Object proxy, Method method, Object[] given) throws Throwable {
        if (given.length == 3 && given[0] instanceof Buffer buffer && given[1] instanceof Shape shape) {
            DataType type = (DataType) given[2];
            return constant(numbers(buffer, type, Math.toIntExact(shape.size())), shape, type);
        }
        if (!method.isDefault() || given[0] instanceof Shape) {
            throw new UnsupportedOperationException("arrays without numbers are not recorded");
        }
        return InvocationHandler.invokeDefault(proxy, method, given);
    }

    private Object full(Object proxy, Method method, Object[] given) throws Throwable {
        if (given.length != 3) {
            return InvocationHandler.invokeDefault(proxy, method, given);
        }
        return repeated(((Number) given[1]).doubleValue(), (Shape) given[0], (DataType) given[2]);
    }

    private Object filled(Method method, Object[] given) {
        DataType type = given.length > 1 ? (DataType) given[1] : DataType.FLOAT32;
        return repeated(method.getName().equals("ones") ? 1 : 0, (Shape) given[0], type);
    }

    private TracedArray repeated(double value, Shape shape, DataType type) {
        double[] values = new double[Math.toIntExact(shape.size())];
        Arrays.fill(values, value);
        return constant(values, shape, type);
    }
}
