package mfg.core.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mfg.core.trace.Node.Stage;
import org.jspecify.annotations.Nullable;

/** Writes down operations, each once: the same operation on the same numbers is the same node. */
final class Recorder {

    /** Operations that have more numbers of their own are not compared with others. */
    private static final int FEW = 1024;

    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Node> known = new HashMap<>();

    /** All that was recorded, operands before what uses them. */
    List<Node> nodes() {
        return nodes;
    }

    View argument(int index, Stage stage, int... dims) {
        return View.of(add(new Operation.Argument(index), List.of(), View.size(dims), stage), dims);
    }

    View constant(double[] values, int... dims) {
        Operation constant = new Operation.Constant(values);
        return View.of(
                values.length <= FEW
                        ? once(constant, List.of(), values.length)
                        : add(constant, List.of(), values.length, Stage.CONSTANT),
                dims);
    }

    View map(Unary function, View a) {
        return record(new Operation.Map(function), a.dims(), a);
    }

    View zip(Binary function, View a, View b) {
        int[] dims = View.common(a, b);
        return record(new Operation.Zip(function), dims, a.broadcast(dims), b.broadcast(dims));
    }

    View where(View condition, View a, View b) {
        int[] dims = View.common(a.broadcast(View.common(a, b)), condition);
        return record(new Operation.Where(), dims, condition.broadcast(dims), a.broadcast(dims), b.broadcast(dims));
    }

    /** {@code bias + scale * a}. */
    View plus(View bias, double scale, View a) {
        int[] dims = View.common(bias, a);
        return record(new Operation.Product(scale, 0, 1, true), dims, a.broadcast(dims), bias.broadcast(dims));
    }

    View times(View a, View b) {
        int[] dims = View.common(a, b);
        for (View number : List.of(a, b)) {
            if (number.node().size() == 1 && number.node().operation() instanceof Operation.Constant constant) {
                return scaled(constant.values()[0], (number.equals(b) ? a : b).broadcast(dims));
            }
        }
        return record(new Operation.Product(1, 0, 2, false), dims, a.broadcast(dims), b.broadcast(dims));
    }

    View scaled(double scale, View a) {
        return record(new Operation.Product(scale, 0, 1, false), a.dims(), a);
    }

    /** Sums over axes, which stay with length 1 or go. */
    View sum(View a, double scale, int[] axes, boolean keep) {
        int[] kept = others(a, axes);
        View last = a.transpose(
                IntStream.concat(Arrays.stream(kept), Arrays.stream(axes)).toArray());
        int[] dims = Arrays.stream(kept).map(axis -> a.dims()[axis]).toArray();
        View summed = record(new Operation.Product(scale, axes.length, 1, false), dims, last);
        return keep ? restored(summed, axes) : summed;
    }

    private static int[] others(View a, int[] axes) {
        return IntStream.range(0, a.rank())
                .filter(axis -> Arrays.stream(axes).noneMatch(gone -> gone == axis))
                .toArray();
    }

    private static View restored(View a, int[] axes) {
        View restored = a;
        for (int axis : Arrays.stream(axes).sorted().toArray()) {
            restored = restored.insert(axis, 1);
        }
        return restored;
    }

    /** Products over axes, which stay with length 1 or go: halves are multiplied until one number is left. */
    View product(View a, int[] axes, boolean keep) {
        View left = rows(a, axes);
        int last = left.rank() - 1;
        while (left.dims()[last] > 1) {
            int half = left.dims()[last] / 2;
            View pairs = times(left.slice(last, 0, half, 1), left.slice(last, half, half, 1));
            boolean even = left.dims()[last] == 2 * half;
            left = even ? pairs : concat(List.of(pairs, left.slice(last, 2 * half, 1, 1)), last);
        }
        View product = left.remove(last);
        return keep ? restored(product, axes) : product;
    }

    /** Running products: of 2 numbers, then of 4 and so on. */
    View cumProduct(View a, int axis) {
        View running = a;
        int length = a.dims()[axis];
        for (int back = 1; back < length; back *= 2) {
            int rest = length - back;
            View further = times(running.slice(axis, back, rest, 1), running.slice(axis, 0, rest, 1));
            running = concat(List.of(running.slice(axis, 0, back, 1), further), axis);
        }
        return running;
    }

    /** The product of matrices, of vectors as rows or columns, and of stacks of matrices. */
    View matMul(View a, View b) {
        View left = a.rank() == 1 ? a.insert(0, 1) : a;
        View right = b.rank() == 1 ? b.insert(1, 1) : b;
        int inner = left.dims()[left.rank() - 1];
        if (inner != right.dims()[right.rank() - 2]) {
            throw new IllegalArgumentException("matrices %s and %s do not fit".formatted(a.told(), b.told()));
        }
        int rows = left.dims()[left.rank() - 2];
        int columns = right.dims()[right.rank() - 1];
        int[] stack = View.common(stackOf(left), stackOf(right));
        int[] space = IntStream.concat(Arrays.stream(stack), IntStream.of(rows, columns, inner))
                .toArray();
        View first = left.insert(left.rank() - 1, 1).broadcast(space);
        View second = right.swap(right.rank() - 1, right.rank() - 2)
                .insert(right.rank() - 2, 1)
                .broadcast(space);
        View product =
                record(new Operation.Product(1, 1, 2, false), Arrays.copyOf(space, space.length - 1), first, second);
        product = b.rank() == 1 ? product.remove(product.rank() - 1) : product;
        return a.rank() == 1 ? product.remove(product.rank() - (b.rank() == 1 ? 1 : 2)) : product;
    }

    private static View stackOf(View matrices) {
        View stack = matrices;
        for (int axis = 0; axis < 2; axis++) {
            stack = stack.remove(stack.rank() - 1);
        }
        return stack;
    }

    View softmax(View a, int axis, boolean logarithm) {
        return alongRows(new Operation.Softmax(logarithm), a, axis);
    }

    View cumSum(View a, int axis) {
        return alongRows(new Operation.CumSum(), a, axis);
    }

    View sort(View a, int axis) {
        return alongRows(new Operation.Sort(false), a, axis);
    }

    View argSort(View a, int axis) {
        return alongRows(new Operation.Sort(true), a, axis);
    }

    private View alongRows(Operation operation, View a, int axis) {
        View rows = a.swap(axis, a.rank() - 1);
        return record(operation, rows.dims(), rows).swap(axis, a.rank() - 1);
    }

    /** The largest or smallest along axes, which stay with length 1 or go. */
    View extreme(View a, boolean largest, int[] axes, boolean keep) {
        View found = overRows(new Operation.Extreme(largest, false), a, axes);
        return keep ? restored(found, axes) : found;
    }

    /** The largest or smallest of all. */
    View extreme(View a, boolean largest) {
        int[] all = IntStream.range(0, a.rank()).toArray();
        return overRows(new Operation.Extreme(largest, true), a, all);
    }

    View argExtreme(View a, boolean largest, int... axes) {
        return overRows(new Operation.ArgExtreme(largest), a, axes);
    }

    private View overRows(Operation operation, View a, int[] axes) {
        View rows = rows(a, axes);
        return record(operation, Arrays.copyOf(rows.dims(), rows.rank() - 1), rows);
    }

    /** Axes become one, the last. */
    private View rows(View a, int[] axes) {
        int[] kept = others(a, axes);
        View last = a.transpose(
                IntStream.concat(Arrays.stream(kept), Arrays.stream(axes)).toArray());
        int[] dims = Arrays.copyOf(last.dims(), kept.length + 1);
        dims[kept.length] = View.size(Arrays.copyOfRange(last.dims(), kept.length, last.rank()));
        return reshape(last, dims);
    }

    View reshape(View a, int... dims) {
        View same = a.reshape(dims);
        return same != null
                ? same
                : View.of(gather(a, IntStream.range(0, a.size()).toArray()), dims);
    }

    /** Entries of a view, counted row by row. */
    View gather(View a, int[] places, int... dims) {
        return View.of(gather(a, places), dims);
    }

    private Node gather(View a, int[] places) {
        Operation gather = new Operation.Gather(places);
        return places.length <= FEW
                ? once(gather, List.of(a), places.length)
                : add(gather, List.of(a), places.length, a.node().stage());
    }

    View concat(List<View> parts, int axis) {
        int[] dims = parts.get(0).dims().clone();
        dims[axis] = parts.stream().mapToInt(part -> part.dims()[axis]).sum();
        for (View part : parts) {
            int[] fitted = part.dims().clone();
            if (fitted.length == dims.length) {
                fitted[axis] = dims[axis];
            }
            if (!Arrays.equals(fitted, dims)) {
                throw new IllegalArgumentException("shapes do not fit: "
                        + parts.stream().map(View::told).distinct().collect(Collectors.joining(" and ")));
            }
        }
        return parts.size() == 1 ? parts.get(0) : record(new Operation.Concat(axis), dims, parts.toArray(View[]::new));
    }

    private View record(Operation operation, int[] dims, View... operands) {
        return View.of(once(operation, List.of(operands), View.size(dims)), dims);
    }

    private Node once(Operation operation, List<View> operands, int size) {
        String key = operation + operands.stream().map(View::key).collect(Collectors.joining(" ", " of ", ""));
        @Nullable Node node = known.get(key);
        if (node == null) {
            Stage stage = operands.stream()
                    .map(view -> view.node().stage())
                    .max(Comparator.naturalOrder())
                    .orElse(Stage.CONSTANT);
            node = add(operation, operands, size, stage);
            known.put(key, node);
        }
        return node;
    }

    private Node add(Operation operation, List<View> operands, int size, Stage stage) {
        if (size == 0 || operands.stream().anyMatch(view -> view.size() == 0)) {
            throw new UnsupportedOperationException("arrays without numbers are not recorded");
        }
        Node node = new Node(nodes.size(), operation, operands, size, stage);
        nodes.add(node);
        return node;
    }
}
