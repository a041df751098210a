package mfg.core.trace;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Plays a {@link TracedFunction} on primitive arrays, forward and in reverse, without garbage. Set the parameters, run it at any
 * number of states, flow back through runs whose memory is kept, and ask for the parameters' cotangents at the end. An array of
 * arguments may be kept from call to call, or Java makes one for each. For one thread.
 */
public final class Machine {

    /** The numbers of one run. */
    public static final class Memory {
        private final double[] v;

        private Memory(double[] v) {
            this.v = v;
        }
    }

    private final Program program;
    private final Memory settings;
    private final int sums;
    private final Deque<Memory> free = new ArrayDeque<>();
    private double[] g = {};

    Machine(Program program) {
        this.program = program;
        this.settings = new Memory(program.start().clone());
        this.sums = Arrays.stream(program.sums()).mapToInt(Program.Range::size).sum();
    }

    /**
     * Sets the parameters, and forgets what flowed back to earlier ones. Memories in use are not for these.
     *
     * @param values the numbers of each parameter, last axis fastest; not modified
     */
    public void set(double[]... values) {
        put(settings.v, values, program.settings());
        for (Instruction instruction : program.once()) {
            instruction.run(settings.v);
        }
        Arrays.fill(g, 0);
    }

    private static void put(double[] v, double[][] values, Program.Range[] ranges) {
        for (int i = 0; i < ranges.length; i++) {
            System.arraycopy(values[i], 0, v, ranges[i].from(), ranges[i].size());
        }
    }

    /**
     * Returns memory for runs with the parameters as they are set.
     *
     * @return memory to run in, any number of times, one run after the other
     */
    public Memory memory() {
        if (free.isEmpty()) {
            return new Memory(settings.v.clone());
        }
        Memory memory = free.pop();
        int from = program.constants();
        System.arraycopy(settings.v, from, memory.v, from, program.parameters() - from);
        return memory;
    }

    /**
     * Takes memory back, to hand it out again.
     *
     * @param memory not to be used any more
     */
    public void release(Memory memory) {
        free.push(memory);
    }

    /**
     * Computes the function.
     *
     * @param memory what is computed is kept here
     * @param state the numbers of each state, last axis fastest; not modified
     */
    public void run(Memory memory, double[]... state) {
        double[] v = memory.v;
        put(v, state, program.states());
        for (Instruction instruction : program.each()) {
            instruction.run(v);
        }
    }

    /**
     * Computes the function again, but for the sums of many products.
     *
     * @param memory what is computed is kept here
     * @param sums what {@link #sums} read after a run with these states; not modified
     * @param state the numbers of each state, last axis fastest; not modified
     */
    public void runAgain(Memory memory, double[] sums, double[]... state) {
        double[] v = memory.v;
        put(v, state, program.states());
        int at = 0;
        for (Program.Range range : program.sums()) {
            System.arraycopy(sums, at, v, range.from(), range.size());
            at += range.size();
        }
        for (Instruction instruction : program.again()) {
            instruction.run(v);
        }
    }

    /**
     * Reads the sums of many products, few numbers that take long to compute.
     *
     * @param memory of a run
     * @param to out, {@link #sums()} numbers
     */
    public void sums(Memory memory, double[] to) {
        int at = 0;
        for (Program.Range range : program.sums()) {
            System.arraycopy(memory.v, range.from(), to, at, range.size());
            at += range.size();
        }
    }

    /**
     * Returns how many such sums there are.
     *
     * @return a number
     */
    public int sums() {
        return sums;
    }

    /**
     * Reads a result of a run.
     *
     * @param memory of the run
     * @param output which result
     * @param to out, as many numbers as the result has
     */
    public void read(Memory memory, int output, double[] to) {
        program.outputs()[output].read(memory.v, to);
    }

    /**
     * Lets cotangents flow back through a run: to its states, and to the parameters, where they are added to those of earlier
     * calls.
     *
     * @param memory of the run; not modified
     * @param cotangents one array for each result; not modified
     */
    public void pull(Memory memory, double[]... cotangents) {
        if (g.length == 0) {
            g = new double[memory.v.length];
        }
        for (Program.Range range : program.cleared()) {
            Arrays.fill(g, range.from(), range.from() + range.size(), 0);
        }
        for (int output = 0; output < cotangents.length; output++) {
            program.outputs()[output].add(cotangents[output], g);
        }
        Instruction[] each = program.each();
        for (int i = each.length - 1; i >= 0; i--) {
            each[i].pull(memory.v, g);
        }
    }

    /**
     * Reads what the last {@link #pull} brought back to a state.
     *
     * @param state which one
     * @param to out, as many numbers as the state has
     */
    public void cotangent(int state, double[] to) {
        Program.Range range = program.states()[state];
        System.arraycopy(g, range.from(), to, 0, range.size());
    }

    /**
     * Brings back to the parameters what has flowed since they were set, and forgets it.
     *
     * @param to out: added to, one array for each parameter
     */
    public void settle(double[]... to) {
        if (g.length == 0) {
            return;
        }
        for (int i = program.once().length - 1; i >= 0; i--) {
            program.once()[i].pull(settings.v, g);
        }
        for (int i = 0; i < to.length; i++) {
            Program.Range range = program.settings()[i];
            for (int k = 0; k < range.size(); k++) {
                to[i][k] += g[range.from() + k];
            }
        }
        forget();
    }

    /** Forgets what has flowed back to the parameters since they were set, or last settled. */
    public void forget() {
        Arrays.fill(g, 0, Math.min(g.length, program.parameters()), 0);
    }

    /**
     * Returns how much memory a run takes.
     *
     * @return bytes
     */
    public long bytes() {
        return 8L * settings.v.length;
    }
}
