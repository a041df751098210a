package mfg.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import mfg.core.Tensors;
import mfg.core.trace.Machine;
import org.jspecify.annotations.Nullable;

/**
 * A step that was recorded and is played on primitive arrays, with its products: every game made of operations that can be
 * recorded, on the CPU.
 */
final class TracedStep implements EquilibriumStep<TracedStep.State> {

    /** What steps of a gradient may take for all that they computed, so that it is not computed again on the way back. */
    private static final long MOST_BYTES = 1L << 27;

    /** A state or a cotangent; of a state from which a step was taken, all that was computed, or what took long. */
    static final class State {
        private final double[] numbers;
        private Machine.@Nullable Memory memory;
        private double[] sums = {};
        private boolean isSummed;

        private State(int size) {
            this.numbers = new double[size];
        }
    }

    private final DesignProblem<?> problem;
    private final Recording recording;
    private final Recording.Machines machines;
    private final NDList theta;
    private final NDManager owner;
    private final DataType type;
    private final double[][] argument = new double[1][];
    private final double[][] stateAndNumber = new double[][] {{}, {0}};
    private final double[][] one = new double[][] {{1}};
    private final double[] number = new double[1];
    private final double[][] sum;
    private double value;
    private long kept;
    private long bytes;
    private long most;

    TracedStep(DesignProblem<?> problem, Recording recording, NDList theta, NDManager owner, DataType type) {
        this.problem = problem;
        this.recording = recording;
        this.machines = recording.borrow();
        this.theta = theta;
        this.owner = owner;
        this.type = type;
        double[][] design = theta.stream().map(Tensors::toDoubles).toArray(double[][]::new);
        this.sum = theta.stream().map(array -> new double[(int) array.size()]).toArray(double[][]::new);
        machines.all().forEach(machine -> machine.set(design));
    }

    private State fresh() {
        @Nullable State released = machines.states().poll();
        State state = released != null
                ? released
                : new State((int) recording.solver().state().size());
        grow(8L * state.numbers.length);
        return state;
    }

    /** A state or cotangent of these numbers. */
    State state(NDArray numbers) {
        State state = fresh();
        System.arraycopy(Tensors.toDoubles(numbers), 0, state.numbers, 0, state.numbers.length);
        return state;
    }

    private void grow(long more) {
        bytes += more;
        most = Math.max(most, bytes);
    }

    @Override
    public State start() {
        State zeta = fresh();
        Machine.Memory memory = machines.start().memory();
        machines.start().run(memory);
        machines.start().read(memory, 0, zeta.numbers);
        machines.start().release(memory);
        return zeta;
    }

    @Override
    public State next(State zeta, int t, double stretch) {
        Machine.Memory memory = run(zeta, t);
        State next = fresh();
        machines.step().read(memory, 0, next.numbers);
        done(zeta, memory);
        if (stretch != 1) {
            for (int i = 0; i < next.numbers.length; i++) {
                next.numbers[i] = zeta.numbers[i] + stretch * (next.numbers[i] - zeta.numbers[i]);
            }
        }
        return next;
    }

    @Override
    public double move(State zeta, State next) {
        try (NDArray from = read(zeta);
                NDArray to = read(next)) {
            return problem.move(from, to, theta);
        }
    }

    private Machine.Memory run(State zeta, int t) {
        if (zeta.memory != null) {
            return zeta.memory;
        }
        Machine.Memory memory = machines.step().memory();
        stateAndNumber[0] = zeta.numbers;
        stateAndNumber[1][0] = t + 1;
        if (zeta.isSummed) {
            machines.step().runAgain(memory, zeta.sums, stateAndNumber);
        } else {
            machines.step().run(memory, stateAndNumber);
        }
        return memory;
    }

    private void done(State zeta, Machine.Memory memory) {
        if (zeta.memory != null) {
            return;
        }
        if (kept + machines.step().bytes() <= MOST_BYTES) {
            zeta.memory = memory;
            kept += machines.step().bytes();
            grow(machines.step().bytes());
            return;
        }
        if (!zeta.isSummed) {
            int sums = machines.step().sums();
            zeta.sums = zeta.sums.length == sums ? zeta.sums : new double[sums];
            machines.step().sums(memory, zeta.sums);
            zeta.isSummed = true;
            grow(8L * sums);
        }
        machines.step().release(memory);
    }

    @Override
    public double value(State zeta) {
        Machine.Memory memory = objectiveAt(zeta);
        machines.objective().release(memory);
        return number[0];
    }

    private Machine.Memory objectiveAt(State zeta) {
        Machine.Memory memory = machines.objective().memory();
        argument[0] = zeta.numbers;
        machines.objective().run(memory, argument);
        machines.objective().read(memory, 0, number);
        return memory;
    }

    @Override
    public State objective(State zeta) {
        Machine.Memory memory = objectiveAt(zeta);
        value = number[0];
        machines.objective().pull(memory, one);
        machines.objective().release(memory);
        State cotangent = fresh();
        machines.objective().cotangent(0, cotangent.numbers);
        return cotangent;
    }

    @Override
    public Evaluation evaluate(State zeta, int t) {
        Machine machine = machines.evaluation();
        Machine.Memory memory = machine.memory();
        machine.run(memory, zeta.numbers);
        machine.read(memory, 0, number);
        double gain = average(machine, memory, 1) - average(machine, memory, 2);
        double regularized = average(machine, memory, 3) - average(machine, memory, 4);
        machine.release(memory);
        return new Evaluation(t, number[0], gain, regularized);
    }

    /** Of values of the initial states. */
    private double average(Machine machine, Machine.Memory memory, int output) {
        double[] initial = recording.initial();
        double[] values = new double[initial.length];
        machine.read(memory, output, values);
        double sum = 0;
        for (int s = 0; s < values.length; s++) {
            sum += initial[s] * values[s];
        }
        return sum;
    }

    @Override
    public State pullback(State zeta, int t, State cotangent) {
        pull(zeta, t, cotangent.numbers, cotangent.numbers);
        return cotangent;
    }

    private void pull(State zeta, int t, double[] cotangent, double[] product) {
        Machine.Memory memory = run(zeta, t);
        argument[0] = cotangent;
        machines.step().pull(memory, argument);
        machines.step().cotangent(0, product);
        if (zeta.memory == null) {
            machines.step().release(memory);
        }
    }

    @Override
    public void pullbackStart(State cotangent) {
        Machine.Memory memory = machines.start().memory();
        machines.start().run(memory);
        machines.start().pull(memory, cotangent.numbers);
        machines.start().release(memory);
        release(cotangent);
    }

    /** The machine that plays the step sums what flows back to the design, whether that is wanted or not. */
    @Override
    public Products<State> products(State zeta, int t) {
        return new Products<>() {
            @Override
            public double kept() {
                return 0;
            }

            @Override
            public double[] read(State cotangent) {
                return cotangent.numbers.clone();
            }

            @Override
            public double[] times(double[] read) {
                double[] product = new double[read.length];
                machines.step().settle(sum);
                pull(zeta, t, read, product);
                machines.step().forget();
                return product;
            }

            @Override
            public void settle(double[] read) {
                pull(zeta, t, read, new double[read.length]);
            }
        };
    }

    @Override
    public void release(State zeta) {
        bytes -= 8L * zeta.numbers.length;
        if (zeta.memory != null) {
            machines.step().release(zeta.memory);
            kept -= machines.step().bytes();
            bytes -= machines.step().bytes();
            zeta.memory = null;
        }
        if (zeta.isSummed) {
            bytes -= 8L * zeta.sums.length;
            zeta.isSummed = false;
        }
        machines.states().push(zeta);
    }

    @Override
    public NDArray read(State zeta) {
        return Tensors.create(owner, type, zeta.numbers, recording.solver().state());
    }

    @Override
    public Gradient gradient() {
        machines.all().forEach(machine -> machine.settle(sum));
        NDList gradient = new NDList();
        for (int i = 0; i < sum.length; i++) {
            gradient.add(Tensors.create(owner, type, sum[i], theta.get(i).getShape()));
        }
        return new Gradient(value, gradient, most);
    }

    @Override
    public void close() {
        recording.giveBack(machines);
    }
}
