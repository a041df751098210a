package mfg.core.trace;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of a node in some order: entry {@code (i_0, i_1, ..)} is number {@code offset + sum_d i_d * strides[d]}. So axes are
 * exchanged, added, cut and repeated (stride 0) without copying anything.
 *
 * @param node whose numbers they are
 * @param offset where the first one is
 * @param dims how many along each axis
 * @param strides how far apart they are along each axis
 */
record View(Node node, int offset, int[] dims, int[] strides) {

    /** All numbers of a node as they lie. */
    static View of(Node node, int... dims) {
        return new View(node, 0, dims, rowMajor(dims));
    }

    static int[] rowMajor(int[] dims) {
        int[] strides = new int[dims.length];
        int stride = 1;
        for (int d = dims.length - 1; d >= 0; d--) {
            strides[d] = stride;
            stride *= dims[d];
        }
        return strides;
    }

    static int size(int... dims) {
        return Arrays.stream(dims).reduce(1, Math::multiplyExact);
    }

    int rank() {
        return dims.length;
    }

    int size() {
        return size(dims);
    }

    /** Whether these are all of the node's numbers, in their order. */
    boolean isWhole() {
        return offset == 0 && size() == node.size() && isContiguous();
    }

    /** Whether these are all of the node's numbers, each once. */
    boolean isPermutation() {
        int[] axes = IntStream.range(0, rank())
                .filter(d -> dims[d] > 1)
                .boxed()
                .sorted((d, e) -> Integer.compare(strides[e], strides[d]))
                .mapToInt(Integer::intValue)
                .toArray();
        return transpose(axes).isWhole();
    }

    boolean isContiguous() {
        int[] packed = rowMajor(dims);
        return IntStream.range(0, dims.length).allMatch(d -> dims[d] == 1 || strides[d] == packed[d]);
    }

    /** Axis {@code axes[d]} becomes axis d. */
    View transpose(int... axes) {
        return new View(
                node,
                offset,
                Arrays.stream(axes).map(axis -> dims[axis]).toArray(),
                Arrays.stream(axes).map(axis -> strides[axis]).toArray());
    }

    View swap(int one, int other) {
        int[] axes = IntStream.range(0, rank()).toArray();
        axes[one] = other;
        axes[other] = one;
        return transpose(axes);
    }

    /** A further axis of the given length that repeats everything. */
    View insert(int axis, int length) {
        return new View(node, offset, inserted(dims, axis, length), inserted(strides, axis, 0));
    }

    View remove(int axis) {
        return new View(node, offset, removed(dims, axis), removed(strides, axis));
    }

    /** What is at one place of an axis; the axis goes. */
    View pick(int axis, int place) {
        if (place < 0 || place >= dims[axis]) {
            throw new IllegalArgumentException(
                    "there is no place %d along axis %d of %s".formatted(place, axis, told()));
        }
        return new View(node, offset + place * strides[axis], removed(dims, axis), removed(strides, axis));
    }

    /** The numbers at which the place on one axis is that on the other, plus an offset; both axes go, a last one comes. */
    View diagonal(int offset, int one, int other) {
        int from = Math.max(0, -offset);
        int to = Math.max(0, offset);
        int count = Math.max(0, Math.min(dims[one] - from, dims[other] - to));
        View rest = remove(Math.max(one, other)).remove(Math.min(one, other));
        return new View(
                node,
                this.offset + from * strides[one] + to * strides[other],
                inserted(rest.dims, rest.rank(), count),
                inserted(rest.strides, rest.rank(), strides[one] + strides[other]));
    }

    /** Every step-th number of an axis. */
    View slice(int axis, int from, int count, int step) {
        int last = from + (count - 1) * step;
        if (count < 1 || Math.min(from, last) < 0 || Math.max(from, last) >= dims[axis]) {
            throw new IllegalArgumentException("there is no such part of axis %d of %s".formatted(axis, told()));
        }
        int[] cut = dims.clone();
        int[] steps = strides.clone();
        cut[axis] = count;
        steps[axis] *= step;
        return new View(node, offset + from * strides[axis], cut, steps);
    }

    /** Repeats along leading axes, and along axes of length 1. */
    View broadcast(int... to) {
        int more = to.length - rank();
        if (more < 0) {
            throw new IllegalArgumentException(told() + " has more axes than " + Arrays.toString(to));
        }
        int[] steps = new int[to.length];
        for (int d = 0; d < rank(); d++) {
            if (dims[d] == to[more + d]) {
                steps[more + d] = strides[d];
            } else if (dims[d] != 1) {
                throw new IllegalArgumentException(
                        "shapes %s and %s do not fit".formatted(told(), Arrays.toString(to)));
            }
        }
        return new View(node, offset, to, steps);
    }

    /** The dimensions that two arrays have where they are combined. */
    static int[] common(View one, View other) {
        int rank = Math.max(one.rank(), other.rank());
        int[] dims = new int[rank];
        for (int d = 0; d < rank; d++) {
            int a = d < rank - one.rank() ? 1 : one.dims[d - rank + one.rank()];
            int b = d < rank - other.rank() ? 1 : other.dims[d - rank + other.rank()];
            if (a != b && a != 1 && b != 1) {
                throw new IllegalArgumentException("shapes %s and %s do not fit".formatted(one.told(), other.told()));
            }
            dims[d] = a == 1 ? b : a;
        }
        return dims;
    }

    /** The same numbers in other dimensions; null where that takes a copy. */
    @Nullable
    View reshape(int... to) {
        if (size(to) != size()) {
            throw new IllegalArgumentException("%s has no shape %s".formatted(told(), Arrays.toString(to)));
        }
        int[] steps = new int[to.length];
        int d = rank() - 1;
        int block = 1; // the numbers that axes d+1 .. have along an evenly spaced run
        int stride = 1;
        int left = 1; // of them not yet handed to an axis of the result
        for (int k = to.length - 1; k >= 0; k--) {
            if (to[k] == 1) {
                continue;
            }
            if (left == 1) {
                while (d >= 0 && dims[d] == 1) {
                    d--;
                }
                stride = strides[d];
                block = dims[d];
                d--;
                while (d >= 0 && (dims[d] == 1 || strides[d] == stride * block)) {
                    block *= dims[d];
                    d--;
                }
                left = block;
            }
            if (left % to[k] != 0) {
                return null;
            }
            steps[k] = stride * (block / left);
            left /= to[k];
        }
        return new View(node, offset, to, steps);
    }

    /** The same view of what a node has become. */
    View on(Node other) {
        return new View(other, offset, dims, strides);
    }

    /** Tells one view from another, but for the operation behind it. */
    String key() {
        return node.id() + "@" + offset + Arrays.toString(dims) + Arrays.toString(strides);
    }

    String told() {
        return Arrays.stream(dims).mapToObj(Integer::toString).collect(Collectors.joining(", ", "(", ")"));
    }

    private static int[] inserted(int[] numbers, int at, int number) {
        int[] more = new int[numbers.length + 1];
        System.arraycopy(numbers, 0, more, 0, at);
        more[at] = number;
        System.arraycopy(numbers, at, more, at + 1, numbers.length - at);
        return more;
    }

    private static int[] removed(int[] numbers, int at) {
        return IntStream.range(0, numbers.length)
                .filter(d -> d != at)
                .map(d -> numbers[d])
                .toArray();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof View view && node.equals(view.node) && key().equals(view.key());
    }

    @Override
    public int hashCode() {
        return key().hashCode();
    }
}
