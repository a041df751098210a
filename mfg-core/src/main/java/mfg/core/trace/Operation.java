package mfg.core.trace;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Node} does. The operands of operations by entry have the shape of the result; those by row run along their last
 * axis. Operations are told from each other by their text.
 */
interface Operation {

    /** Whether nothing flows back through it. */
    default boolean isFlat() {
        return false;
    }

    /** Returns what computes a node that does this; null where nothing needs to be done. */
    @Nullable
    Instruction instruction(Node node, Compiler compiler);

    /** An argument of the function. */
    record Argument(int index) implements Operation {
        @Override
        public @Nullable Instruction instruction(Node node, Compiler compiler) {
            return null;
        }
    }

    /** Numbers that are always the same. */
    record Constant(double[] values) implements Operation {
        @Override
        public boolean isFlat() {
            return true;
        }

        @Override
        public @Nullable Instruction instruction(Node node, Compiler compiler) {
            return null;
        }

        @Override
        public String toString() {
            return "constant " + Arrays.toString(values);
        }
    }

    /**
     * {@code bias + scale * sum a * b}, summed over the last axes of a and b: sums, differences, products, multiples, means and
     * matrix products. Operands a, b, bias; b and bias may be missing.
     *
     * @param scale the factor
     * @param summed how many axes are summed
     * @param factors 1 or 2
     * @param biased whether there is a bias
     */
    record Product(double scale, int summed, int factors, boolean biased) implements Operation {

        /** Sums of so many products are rather kept than computed twice. */
        private static final int LONG = 32;

        boolean isLong(Node node) {
            return node.operands().get(0).size() >= LONG * node.size();
        }

        @Override
        public Instruction instruction(Node node, Compiler compiler) {
            View a = node.operands().get(0);
            View b = factors == 2 ? node.operands().get(1) : Compiler.one(a.dims());
            int[] dims = Arrays.copyOf(a.dims(), a.rank() - summed);
            View bias = biased ? node.operands().get(factors) : Compiler.zero(dims);
            return new Products(compiler, this, View.of(node, dims), a, b, bias).instruction();
        }
    }

    /** A function of each number. */
    record Map(Unary function) implements Operation {
        @Override
        public boolean isFlat() {
            return function.slope() == null;
        }

        @Override
        public Instruction instruction(Node node, Compiler compiler) {
            return new Entries.OfOne(compiler.entries(node), function);
        }

        @Override
        public String toString() {
            return function.name();
        }
    }

    /** A function of each pair of numbers. */
    record Zip(Binary function) implements Operation {
        @Override
        public boolean isFlat() {
            return function.first() == null;
        }

        @Override
        public Instruction instruction(Node node, Compiler compiler) {
            return new Entries.OfTwo(
                    compiler.entries(node),
                    function,
                    compiler.flows(node.operands().get(0)),
                    compiler.flows(node.operands().get(1)));
        }

        @Override
        public String toString() {
            return function.name();
        }
    }

    /** Of operands condition, a, b: a where the condition is not 0, else b. */
    record Where() implements Operation {
        @Override
        public Instruction instruction(Node node, Compiler compiler) {
            return new Entries.Where(compiler.entries(node));
        }
    }

    /** Chosen numbers of an operand of any shape, or all of them in another order. */
    record Gather(int[] chosen) implements Operation {
        @Override
        public Instruction instruction(Node node, Compiler compiler) {
            int[] all = compiler.places(node.operands().get(0));
            return new Entries.Copy(
                    compiler.places(View.of(node, node.size())),
                    Arrays.stream(chosen).map(i -> all[i]).toArray());
        }

        @Override
        public String toString() {
            return "gather " + Arrays.toString(chosen);
        }
    }

    /** Operands one after the other along an axis. */
    record Concat(int axis) implements Operation {
        @Override
        public @Nullable Instruction instruction(Node node, Compiler compiler) {
            int[] dims = node.operands().get(0).dims().clone();
            dims[axis] = node.size() / (View.size(dims) / dims[axis]);
            View whole = View.of(node, dims);
            int[] to = {};
            int[] from = {};
            int at = 0;
            for (View part : node.operands()) {
                int length = part.dims()[axis];
                int[] there = compiler.places(whole.slice(axis, at, length, 1));
                int[] here = compiler.places(part);
                if (!Arrays.equals(there, here)) {
                    to = joined(to, there);
                    from = joined(from, here);
                }
                at += length;
            }
            return to.length == 0 ? null : new Entries.Copy(to, from);
        }

        /** Whether the parts lie one behind the other in memory. */
        boolean isInRow(Node node) {
            return Arrays.stream(node.operands().get(0).dims()).limit(axis).allMatch(length -> length == 1);
        }

        private static int[] joined(int[] one, int[] other) {
            return IntStream.concat(Arrays.stream(one), Arrays.stream(other)).toArray();
        }
    }

    /** The softmax of rows, or its logarithm. */
    record Softmax(boolean logarithm) implements Operation {
        @Override
        public @Nullable Instruction instruction(Node node, Compiler compiler) {
            View argument = node.operands().get(0);
            List<Node> both = compiler.softmaxes(argument);
            if (!node.equals(both.get(both.size() - 1))) {
                return null; // computed together with the other
            }
            Node other = both.get(0);
            boolean alone = node.equals(other);
            Node plain = logarithm ? other : node;
            Node logarithmic = logarithm ? node : other;
            return new Softmaxes(
                    compiler.rows(View.of(plain, argument.dims()), View.of(logarithmic, argument.dims()), argument),
                    !alone || !logarithm,
                    !alone || logarithm);
        }
    }

    /** Running sums of rows. */
    record CumSum() implements Operation {
        @Override
        public Instruction instruction(Node node, Compiler compiler) {
            View argument = node.operands().get(0);
            return new Rows.CumSum(compiler.rows(View.of(node, argument.dims()), argument));
        }
    }

    /** The largest number of each row, or the smallest; what flows back is shared by all that are alike, or goes to the first. */
    record Extreme(boolean largest, boolean shared) implements Operation {
        @Override
        public Instruction instruction(Node node, Compiler compiler) {
            return new Rows.Extreme(compiler.reduced(node), largest, shared);
        }
    }

    /** Where the first of the largest numbers of each row is, or of the smallest. */
    record ArgExtreme(boolean largest) implements Operation {
        @Override
        public boolean isFlat() {
            return true;
        }

        @Override
        public Instruction instruction(Node node, Compiler compiler) {
            return new Rows.ArgExtreme(compiler.reduced(node), largest);
        }
    }

    /**
     * Rows in ascending order, or their former places in that order; behind the numbers of the node stand the others.
     *
     * @param places whether the places are the result
     */
    record Sort(boolean places) implements Operation {
        @Override
        public boolean isFlat() {
            return places;
        }

        @Override
        public Instruction instruction(Node node, Compiler compiler) {
            View argument = node.operands().get(0);
            View result = View.of(node, argument.dims());
            View behind = new View(node, node.size(), result.dims(), result.strides());
            return new Rows.Sort(compiler.rows(places ? behind : result, argument, places ? result : behind), places);
        }
    }
}
