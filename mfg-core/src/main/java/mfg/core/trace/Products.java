package mfg.core.trace;

import static mfg.core.trace.Factors.A;
import static mfg.core.trace.Factors.B;
import static mfg.core.trace.Factors.BIAS;
import static mfg.core.trace.Factors.OUT;

import java.util.Arrays;
import java.util.stream.IntStream;
import mfg.core.trace.Factors.Back;
import mfg.core.trace.Factors.Flow;

/** Chooses the form that suits a product {@code out = bias + scale * sum a * b}. */
final class Products {

    /** Sums of no more products than this go by a table. */
    private static final int SMALL = 128;

    /** A table, and where the operands are that it was made for. */
    record Placed(ByTable table, int[] at) {

        ByTable moved(int[] to) {
            return table.moved(
                    IntStream.range(0, to.length).map(k -> to[k] - at[k]).toArray());
        }
    }

    private final Compiler compiler;
    private final Node node;
    private final Operation.Product product;
    private final View[] views;
    private final int[] bases;

    /** Of a result and its operands, of which a and b have the summed axes, too. */
    Products(Compiler compiler, Operation.Product product, View out, View a, View b, View bias) {
        this.compiler = compiler;
        this.node = out.node();
        this.product = product;
        this.views = new View[] {spread(out, a), a, b, spread(bias, a)};
        this.bases = compiler.bases(views);
    }

    /** The same along axes that are summed. */
    private static View spread(View result, View factor) {
        View spread = result;
        for (int d = result.rank(); d < factor.rank(); d++) {
            spread = spread.insert(d, factor.dims()[d]);
        }
        return spread;
    }

    Instruction instruction() {
        Flow flow = new Flow(more(A), more(B), more(BIAS));
        int[] at = IntStream.range(0, views.length)
                .map(k -> bases[k] + views[k].offset())
                .toArray();
        String layout = layout(flow, at);
        Placed alike = compiler.tables().get(layout);
        if (alike != null) {
            return alike.moved(at);
        }
        if (mostlyZero(A) || mostlyZero(B) || (product.summed() > 0 && views[A].size() <= SMALL)) {
            ByTable table = ByTable.of(Loop.over(bases, views), product.scale(), flow, this::isZero);
            compiler.tables().put(layout, new Placed(table, at));
            return table;
        }
        if (product.summed() == 0) {
            return new ByEntry(factors(Loop.over(bases, views)));
        }
        View out = unsummed(views[OUT]);
        Loop results = Loop.over(bases, out, out, out, unsummed(views[BIAS]));
        View[] rows = rows();
        return rows.length > 0
                ? new ByRow(results, deferred(Loop.rows(bases, rows), rows))
                : new ByColumn(results, factors(Loop.over(bases, columns())));
    }

    /** Tables of one layout differ only by where their operands are: a large one is not made again in every round. */
    private String layout(Flow flow, int[] at) {
        StringBuilder layout = new StringBuilder("%s %s".formatted(product, flow));
        for (int k = 0; k < views.length; k++) {
            boolean isConstant = views[k].node().stage() == Node.Stage.CONSTANT;
            layout.append(isConstant ? " at " + at[k] : " anywhere")
                    .append(Arrays.toString(views[k].dims()))
                    .append(Arrays.toString(views[k].strides()));
        }
        return layout.toString();
    }

    /** Factors of rows; what flows back to a whole matrix of parameters comes later. */
    private Factors deferred(Loop loop, View[] rows) {
        for (int operand : new int[] {A, B}) {
            Node matrix = rows[operand].node();
            if (node.stage() == Node.Stage.STATE
                    && matrix.stage() == Node.Stage.PARAMETERS
                    && rows[operand].isWhole()
                    && compiler.flows(rows[operand])) {
                Back a = operand == A ? Back.NOTHING : back(A);
                Back b = operand == B ? Back.NOTHING : back(B);
                WayBack later = WayBack.of(loop, product.scale(), operand, Back.MORE);
                compiler.defer(rows[operand].key(), loop.turns(), later);
                return new Factors(loop, product.scale(), new Flow(a, b, back(BIAS)));
            }
        }
        return factors(loop);
    }

    private Factors factors(Loop loop) {
        return Factors.of(loop, product.scale(), new Flow(back(A), back(B), back(BIAS)));
    }

    private Back more(int operand) {
        return compiler.flows(views[operand]) ? Back.MORE : Back.NOTHING;
    }

    private Back back(int operand) {
        View view = operand == BIAS ? unsummed(views[BIAS]) : views[operand];
        return compiler.flows(view) && compiler.takesFirst(view, node) ? Back.FIRST : more(operand);
    }

    private boolean mostlyZero(int operand) {
        View view = views[operand];
        if (view.node().stage() != Node.Stage.CONSTANT) {
            return false;
        }
        int[] places = compiler.places(view);
        return 2 * Arrays.stream(places).filter(this::isZero).count() > places.length;
    }

    private boolean isZero(int place) {
        return compiler.isConstantZero(place);
    }

    /** With the summed axes joined to one that is the last; empty where they cannot be, or lie far apart in memory. */
    private View[] rows() {
        View[] rows = new View[views.length];
        int[] dims = Arrays.copyOf(views[A].dims(), views[A].rank() - product.summed() + 1);
        dims[dims.length - 1] = views[A].size() / View.size(Arrays.copyOf(dims, dims.length - 1));
        for (int k = 0; k < views.length; k++) {
            View joined = views[k].reshape(dims);
            if (joined == null || Math.abs(joined.strides()[dims.length - 1]) > 1) {
                return new View[0];
            }
            rows[k] = joined;
        }
        return rows;
    }

    /** With the summed axes first, so that the inner loop runs along the result. */
    private View[] columns() {
        int rank = views[A].rank();
        int[] axes = IntStream.range(0, rank)
                .map(d -> (d + rank - product.summed()) % rank)
                .toArray();
        return Arrays.stream(views).map(view -> view.transpose(axes)).toArray(View[]::new);
    }

    private View unsummed(View spread) {
        View result = spread;
        for (int d = 0; d < product.summed(); d++) {
            result = result.remove(result.rank() - 1);
        }
        return result;
    }
}
