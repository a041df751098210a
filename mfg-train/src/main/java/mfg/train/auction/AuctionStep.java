package mfg.train.auction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Objects;
import mfg.core.kernel.Kernels;
import mfg.envs.auction.AuctionObjective;
import mfg.train.Gradient;
import mfg.train.ReversibleStep;
import org.jspecify.annotations.Nullable;

/**
 * The fast step of batched auctions: primitive arrays and derivatives by hand, in place of the engine's. Its numbers are those
 * of the engine's step up to rounding; dual variables agree up to a constant of each row, which no policy sees.
 *
 * @param <F> {@code float[]} or {@code double[]}
 */
final class AuctionStep<F> implements ReversibleStep<AuctionState<F>> {

    private static final double LN2 = Math.log(2);

    private final AuctionModel<F> model;
    private final Kernels<F> kernels;
    private final AuctionForward<F> forward;
    private final AuctionBackward<F> backward;
    private final AuctionObjective wanted;
    private final NDManager owner;
    private final AuctionMemory<F> memory;
    private double objective;

    /** Whose policy the way back has at hand. */
    private @Nullable AuctionState<F> policyOf;

    AuctionStep(AuctionModel<F> model, AuctionObjective wanted, NDManager owner) {
        this.model = model;
        this.kernels = model.kernels;
        this.forward = new AuctionForward<>(model);
        this.backward = new AuctionBackward<>(model);
        this.wanted = wanted;
        this.owner = owner;
        this.memory = AuctionMemory.take(model);
    }

    @Override
    public void release(AuctionState<F> state) {
        leave(state);
        memory.freeTable(state.table);
        memory.freeTrace(state.trace);
        state.table = null;
        state.trace = null;
        state.step = null;
    }

    /** Takes the step that leads away from a state, if it was only prepared. */
    private void leave(AuctionState<F> state) {
        if (state.next != null && state.next.step != null) {
            trace(state.next);
        }
        state.next = null;
    }

    @Override
    public void close() {
        memory.giveBack();
        model.mechanism.close();
    }

    // ---- the iteration ----

    @Override
    public AuctionState<F> start() {
        F zeros = memory.table();
        kernels.clear(zeros, model.rounds * model.layout.size());
        return new AuctionState<>(zeros, new AuctionState.Step<>(zeros, forward.nothing(), 1));
    }

    private static <F> F table(AuctionState<F> state) {
        return Objects.requireNonNull(state.table, "a state whose memory was used up");
    }

    /** What happened under the state's policy, computed once. */
    private AuctionTrace<F> trace(AuctionState<F> state) {
        AuctionTrace<F> trace = state.trace;
        if (trace == null) {
            trace = memory.trace();
            forward.trace(Objects.requireNonNull(state.step), table(state), trace);
            state.trace = trace;
            state.step = null;
        }
        return trace;
    }

    @Override
    public AuctionState<F> next(AuctionState<F> state, int t, double stretch) {
        return next(state, stretch, memory.table());
    }

    @Override
    public AuctionState<F> nextInPlace(AuctionState<F> state) {
        AuctionState<F> next = next(state, 1, table(state));
        state.table = null;
        return next;
    }

    /** The step is taken when somebody asks what happens behind it: one pass over the tables does for both. */
    private AuctionState<F> next(AuctionState<F> state, double stretch, F table) {
        AuctionTrace<F> trace = trace(state);
        leave(state);
        AuctionState<F> next = new AuctionState<>(table, new AuctionState.Step<>(table(state), trace, stretch));
        state.next = next;
        return next;
    }

    @Override
    public void rebuild(AuctionState<F> state, AuctionState<F> next) {
        trace(next);
        F table = table(next);
        backward.rebuild(forward, table, trace(state));
        policyOf = state;
        next.table = null;
        state.table = table;
    }

    @Override
    public double value(AuctionState<F> state) {
        return backward.objective(trace(state), wanted);
    }

    @Override
    public AuctionState<F> objective(AuctionState<F> state) {
        AuctionTrace<F> trace = trace(state);
        objective = backward.objective(trace, wanted);
        AuctionState<F> cotangent = new AuctionState<>(memory.table(), null);
        kernels.clear(table(cotangent), model.rounds * model.layout.size());
        readPolicy(state);
        backward.pullObjective(table(state), trace, wanted, table(cotangent));
        return cotangent;
    }

    @Override
    public AuctionState<F> pullback(AuctionState<F> state, int t, AuctionState<F> cotangent) {
        readPolicy(state);
        backward.pull(table(state), trace(state), table(cotangent));
        return cotangent;
    }

    private void readPolicy(AuctionState<F> state) {
        AuctionTrace<F> trace = trace(state);
        if (policyOf != state) {
            backward.readPolicy(table(state), trace);
            policyOf = state;
        }
    }

    /** The iteration starts from zeros, whatever theta is. */
    @Override
    public void pullbackStart(AuctionState<F> cotangent) {
        release(cotangent);
    }

    @Override
    public double move(AuctionState<F> state, AuctionState<F> next) {
        F free = memory.table();
        double move = forward.move(table(state), trace(state), table(next), trace(next), free);
        memory.freeTable(free);
        return move;
    }

    /** A product is {@code (1 - eta tau) w + eta w · dq/dzeta}, and q is made of the few numbers of a trace. */
    @Override
    public Products<AuctionState<F>> products(AuctionState<F> state, int t) {
        AuctionTrace<F> trace = trace(state);
        readPolicy(state);
        return new Products<>() {
            @Override
            public double kept() {
                return model.decay(1);
            }

            @Override
            public double[] read(AuctionState<F> cotangent) {
                double[] read = new double[backward.readLength()];
                backward.read(trace, table(cotangent), read);
                return read;
            }

            @Override
            public double[] times(double[] read) {
                F product = memory.table();
                backward.pullRead(table(state), trace, read, false, product);
                double[] times = new double[read.length];
                backward.read(trace, product, times);
                memory.freeTable(product);
                return times;
            }

            @Override
            public void settle(double[] read) {
                F product = memory.table();
                backward.pullRead(table(state), trace, read, true, product);
                memory.freeTable(product);
            }
        };
    }

    @Override
    public NDArray read(AuctionState<F> state) {
        int n = model.values;
        F numbers = kernels.array(model.rounds * (n + 1) * n);
        if (state.step != null) {
            trace(state);
        }
        double[] ordered = byStateAndBid(state, state.cotangent ? LN2 / model.scale : LN2);
        kernels.ofDoubles(ordered, 0, numbers, 0, ordered.length);
        return kernels.write(owner, numbers, new Shape(model.rounds, n + 1, n));
    }

    /** The table in the order (H, S, A) of the game, with zeros for ⊥. */
    private double[] byStateAndBid(AuctionState<F> state, double unit) {
        int n = model.values;
        int lanes = model.layout.lanes();
        double[] table = new double[model.rounds * model.layout.size()];
        kernels.toDoubles(table(state), 0, table, 0, table.length);
        double[] ordered = new double[model.rounds * (n + 1) * n];
        for (int h = 0; h < model.rounds; h++) {
            for (int s = 0; s < n; s++) {
                for (int a = 0; a < n; a++) {
                    int from = model.tableAt(h) + (s / lanes * n + a) * lanes + s % lanes;
                    ordered[(h * (n + 1) + s) * n + a] = unit * table[from];
                }
            }
        }
        return ordered;
    }

    @Override
    public Gradient gradient() {
        NDList theta = model.mechanism.gradient(owner);
        theta.forEach(part -> part.muli(1 / model.scale));
        return new Gradient(objective, theta, memory.mostBytes());
    }
}
