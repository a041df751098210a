package mfg.core.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import mfg.core.trace.Node.Stage;
import org.jspecify.annotations.Nullable;

/** Gives every node a place in one array, and turns it into an instruction. */
final class Compiler {

    /** Nodes below this are cleared with their neighbours. */
    private static final int LARGE = 64;

    private static final Node ZERO =
            new Node(-1, new Operation.Constant(new double[] {0}), List.of(), 1, Stage.CONSTANT);
    private static final Node ONE =
            new Node(-2, new Operation.Constant(new double[] {1}), List.of(), 1, Stage.CONSTANT);

    private final List<Node> nodes;
    private final int[] places; // by node, those of ZERO and ONE last
    private final Map<Node, Boolean> flows = new HashMap<>();
    /** Both softmaxes of the same numbers, by what tells the numbers. */
    private final Map<String, List<Node>> softmaxes = new HashMap<>();

    /** The last user of each node; none of those that are results. */
    private final Map<Node, Node> lastUsers = new HashMap<>();
    /** Parts that have their place in a join. */
    private final Set<Node> joined = new HashSet<>();

    private final BitSet cleared = new BitSet();
    /** What flows back to parameters, by the numbers that it comes to. */
    private final Map<String, Deferred> deferred = new LinkedHashMap<>();

    /** Tables of products by their layout. */
    private final Map<String, Products.Placed> tables = new HashMap<>();

    private int end;
    private int constants;
    private double[] start = {};

    private Compiler(List<Node> nodes, int recorded) {
        this.nodes = nodes;
        this.places = new int[recorded + 2];
        Arrays.fill(places, -1);
    }

    private int place(Node node) {
        return places[slot(node)];
    }

    private int slot(Node node) {
        return node.id() < 0 ? places.length + node.id() : node.id();
    }

    /**
     * Makes a program of what was recorded.
     *
     * @param nodes operands before what uses them
     * @param outputs what is to be computed
     */
    static Program compile(List<Node> nodes, List<View> outputs) {
        Fusion.Fused fused = Fusion.fuse(nodes, outputs);
        return new Compiler(fused.nodes(), nodes.size()).program(fused.outputs());
    }

    private Program program(List<View> outputs) {
        nodes.forEach(node -> node.operands().forEach(view -> lastUsers.put(view.node(), node)));
        outputs.forEach(view -> lastUsers.remove(view.node()));
        places[slot(ZERO)] = end++;
        places[slot(ONE)] = end++;
        place(Stage.CONSTANT);
        constants = end;
        place(Stage.PARAMETERS);
        int parameters = end;
        place(Stage.STATE);
        cleared.set(parameters, end);
        start = new double[end];
        start[place(ONE)] = 1;
        List<Instruction> once = new ArrayList<>();
        List<Instruction> each = new ArrayList<>();
        List<Instruction> again = new ArrayList<>();
        List<Program.Range> sums = new ArrayList<>();
        for (Node node : nodes) {
            flows.put(node, !node.operation().isFlat() && flowsIn(node));
            if (node.operation() instanceof Operation.Constant constant) {
                System.arraycopy(constant.values(), 0, start, place(node), node.size());
            }
            @Nullable Instruction instruction = node.operation().instruction(node, this);
            if (instruction != null) {
                switch (node.stage()) {
                    case CONSTANT -> instruction.run(start);
                    case PARAMETERS -> once.add(instruction);
                    case STATE -> {
                        each.add(instruction);
                        if (node.operation() instanceof Operation.Product product && product.isLong(node)) {
                            sums.add(new Program.Range(place(node), node.size()));
                        } else {
                            again.add(instruction);
                        }
                    }
                }
            }
        }
        deferred.values().forEach(instruction -> each.add(0, instruction));
        return new Program(
                start,
                constants,
                parameters,
                cleared(),
                once.toArray(Instruction[]::new),
                each.toArray(Instruction[]::new),
                again.toArray(Instruction[]::new),
                sums.toArray(Program.Range[]::new),
                arguments(Stage.PARAMETERS),
                arguments(Stage.STATE),
                outputs.stream().map(view -> new Program.Output(places(view))).toArray(Program.Output[]::new));
    }

    private Program.Range[] cleared() {
        List<Program.Range> ranges = new ArrayList<>();
        for (int from = cleared.nextSetBit(0); from >= 0; ) {
            int to = cleared.nextClearBit(from);
            ranges.add(new Program.Range(from, to - from));
            from = cleared.nextSetBit(to);
        }
        return ranges.toArray(Program.Range[]::new);
    }

    private boolean flowsIn(Node node) {
        return node.operation() instanceof Operation.Argument
                || node.operands().stream().anyMatch(this::flows);
    }

    private Program.Range[] arguments(Stage stage) {
        return nodes.stream()
                .filter(node -> node.operation() instanceof Operation.Argument && node.stage() == stage)
                .map(node -> new Program.Range(place(node), node.size()))
                .toArray(Program.Range[]::new);
    }

    /** Parts of a join are computed where the join has them, if nothing stands against it. */
    private void place(Stage stage) {
        List<Node> placed = nodes.stream().filter(node -> node.stage() == stage).toList();
        for (int i = placed.size() - 1; i >= 0; i--) {
            Node node = placed.get(i);
            if (place(node) < 0) {
                places[slot(node)] = end;
                end += node.operation() instanceof Operation.Sort ? 2 * node.size() : node.size();
            }
            if (node.operation() instanceof Operation.Concat concat && concat.isInRow(node)) {
                placeParts(node);
            } else if (node.operation() instanceof Operation.Softmax) {
                softmaxes
                        .computeIfAbsent(node.operands().get(0).key(), key -> new ArrayList<>())
                        .add(node);
            }
        }
    }

    private void placeParts(Node join) {
        int at = place(join);
        for (View part : join.operands()) {
            Operation operation = part.node().operation();
            boolean fixed = operation instanceof Operation.Argument
                    || operation instanceof Operation.Constant
                    || operation instanceof Operation.Sort;
            if (!fixed
                    && place(part.node()) < 0
                    && part.isWhole()
                    && part.node().stage() == join.stage()) {
                places[slot(part.node())] = at;
                joined.add(part.node());
            }
            at += part.size();
        }
    }

    // ---- what operations ask

    static View zero(int... dims) {
        return new View(ZERO, 0, dims, new int[dims.length]);
    }

    static View one(int... dims) {
        return new View(ONE, 0, dims, new int[dims.length]);
    }

    /** Loops over the entries of a node and its operands. */
    Loop entries(Node node) {
        int[] dims = node.operands().get(0).dims();
        View[] all = Stream.concat(Stream.of(View.of(node, dims)), node.operands().stream())
                .toArray(View[]::new);
        return Loop.over(bases(all), all);
    }

    /** Loops over rows. */
    Loop rows(View... views) {
        return Loop.rows(bases(views), views);
    }

    /** Loops over the rows of a node's operand, each of which gives one number. */
    Loop reduced(Node node) {
        View rows = node.operands().get(0);
        int last = rows.rank() - 1;
        View results = View.of(node, Arrays.copyOf(rows.dims(), last)).insert(last, rows.dims()[last]);
        return rows(results, rows);
    }

    int[] bases(View... views) {
        return Arrays.stream(views).mapToInt(view -> place(view.node())).toArray();
    }

    /** Where every number of a view is. */
    int[] places(View view) {
        int[] all = new int[view.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = place(view.node()) + view.offset();
            int rest = i;
            for (int d = view.rank() - 1; d >= 0; d--) {
                all[i] += rest % view.dims()[d] * view.strides()[d];
                rest /= view.dims()[d];
            }
        }
        return all;
    }

    /** Whether something flows back to these numbers. */
    boolean flows(View view) {
        return flows.getOrDefault(view.node(), false);
    }

    /** What flows back to many parameters can wait until all of a run has flowed back, so that it comes to each of them once. */
    void defer(String key, int rows, WayBack part) {
        deferred.computeIfAbsent(key, fresh -> new Deferred(rows, new ArrayList<>()))
                .parts()
                .add(part);
    }

    /**
     * Lets a user be the first to bring something back to a large node, if it is, and to each of its numbers once: then the
     * node's cotangents are not cleared before.
     */
    boolean takesFirst(View operand, Node user) {
        Node node = operand.node();
        boolean first = node.size() >= LARGE
                && node.stage() == Stage.STATE
                && !(node.operation() instanceof Operation.Concat)
                && !joined.contains(node)
                && user.equals(lastUsers.get(node))
                && user.operands().stream()
                                .filter(view -> view.node().equals(node))
                                .count()
                        == 1
                && operand.isPermutation();
        if (first) {
            cleared.clear(place(node), place(node) + node.size());
        }
        return first;
    }

    /** Whether a 0 is at a place for ever. */
    boolean isConstantZero(int place) {
        return place < constants && start[place] == 0;
    }

    /** What has been made of products of some layout; more may be added. */
    Map<String, Products.Placed> tables() {
        return tables;
    }

    /** The softmaxes of a view, plain or logarithmic, the first one last. */
    List<Node> softmaxes(View argument) {
        return softmaxes.getOrDefault(argument.key(), List.of());
    }
}
