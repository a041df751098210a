package mfg.core.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where operands lie in memory at every turn of two nested loops over the entries of a result: operand k at {@code at[k][turn] +
 * i * step[k]} for {@code turn} below {@code turns} and {@code i} below {@code length}.
 *
 * @param turns how often the inner loop runs
 * @param at where each operand is at the beginning of each turn
 * @param length how long the inner loop is
 * @param step how far each operand moves in it
 * @param isOfSpans whether the inner loop is long, and every operand stands still in it or moves to the next number
 */
record Loop(int turns, int[][] at, int length, int[] step, boolean isOfSpans) {

    /** Below this the loops cost more than tables of all places. */
    private static final int SHORT = 8;

    private Loop(int turns, int[][] at, int length, int[] step) {
        this(turns, at, length, step, new Axis(length, step).isOfSpans());
    }

    /** An axis of loops: how long it is, and how far each operand moves along it. */
    private record Axis(int length, int[] steps) {

        boolean isOfSpans() {
            return length >= SHORT && Arrays.stream(steps).allMatch(step -> step == 0 || step == 1);
        }

        /** As the inner loop: along spans, which results do not stand still in, or else a longer one. */
        boolean isBetterThan(Axis other) {
            boolean along = isOfSpans() && steps[0] == 1;
            boolean otherAlong = other.isOfSpans() && other.steps[0] == 1;
            return along != otherAlong ? along : other.length < 2 * SHORT && length > other.length;
        }
    }

    /**
     * Plans loops in any order.
     *
     * @param bases where the nodes of the operands begin
     * @param operands all of the same dimensions
     */
    static Loop over(int[] bases, View... operands) {
        List<Axis> axes = axes(operands);
        if (axes.isEmpty()) {
            return plan(bases, operands, axes, -1);
        }
        int inner = axes.size() - 1;
        for (int d = inner; d >= 0; d--) {
            inner = axes.get(d).isBetterThan(axes.get(inner)) ? d : inner;
        }
        boolean tiny = axes.get(inner).length < SHORT && axes.size() > 1;
        return plan(bases, operands, axes, tiny ? -1 : inner);
    }

    /** Plans loops of which the inner one runs along the last axis, all of it. */
    static Loop rows(int[] bases, View... operands) {
        View[] first = new View[operands.length];
        int[] step = new int[operands.length];
        int last = operands[0].rank() - 1;
        for (int k = 0; k < operands.length; k++) {
            first[k] = operands[k].pick(last, 0);
            step[k] = operands[k].strides()[last];
        }
        Loop turns = plan(bases, first, axes(first), -1);
        return new Loop(turns.turns, turns.at, operands[0].dims()[last], step);
    }

    /** The axes that are left where those of length 1 are dropped and those that all operands pass in one stride are joined. */
    private static List<Axis> axes(View... operands) {
        List<Axis> axes = new ArrayList<>();
        for (int d = 0; d < operands[0].rank(); d++) {
            int length = operands[0].dims()[d];
            if (length == 1) {
                continue;
            }
            int[] steps = new int[operands.length];
            boolean joins = !axes.isEmpty();
            for (int k = 0; k < operands.length; k++) {
                steps[k] = operands[k].strides()[d];
                joins = joins && axes.get(axes.size() - 1).steps[k] == steps[k] * length;
            }
            axes.add(joins ? new Axis(axes.remove(axes.size() - 1).length * length, steps) : new Axis(length, steps));
        }
        return axes;
    }

    private static Loop plan(int[] bases, View[] operands, List<Axis> axes, int inner) {
        List<Axis> outer = new ArrayList<>(axes);
        Axis along = inner < 0 ? new Axis(1, new int[operands.length]) : outer.remove(inner);
        int turns = outer.stream().mapToInt(Axis::length).reduce(1, Math::multiplyExact);
        int[][] at = new int[operands.length][turns];
        for (int k = 0; k < operands.length; k++) {
            for (int turn = 0; turn < turns; turn++) {
                int place = bases[k] + operands[k].offset();
                int rest = turn;
                for (int d = outer.size() - 1; d >= 0; d--) {
                    place += rest % outer.get(d).length * outer.get(d).steps[k];
                    rest /= outer.get(d).length;
                }
                at[k][turn] = place;
            }
        }
        return new Loop(turns, at, along.length, along.steps);
    }

    int entries() {
        return turns * length;
    }

    /** The same with two operands exchanged. */
    Loop exchanged(int one, int other) {
        int[][] places = at.clone();
        places[one] = at[other];
        places[other] = at[one];
        int[] steps = step.clone();
        steps[one] = step[other];
        steps[other] = step[one];
        return new Loop(turns, places, length, steps);
    }

    /** The same entries, all in the table. */
    Loop flat() {
        int[][] all = new int[at.length][entries()];
        for (int k = 0; k < at.length; k++) {
            for (int e = 0; e < all[k].length; e++) {
                all[k][e] = at[k][e / length] + e % length * step[k];
            }
        }
        return new Loop(entries(), all, 1, new int[at.length]);
    }
}
