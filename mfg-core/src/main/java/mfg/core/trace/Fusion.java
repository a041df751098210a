package mfg.core.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mfg.core.trace.Operation.Product;
import org.jspecify.annotations.Nullable;

/** Makes one product of products that are only summed, scaled, or added to something, and drops what nobody needs. */
final class Fusion {

    private final Map<Node, Integer> uses = new HashMap<>();
    private final Map<Node, Node> become = new HashMap<>();

    private Fusion(List<Node> nodes, List<View> outputs) {
        nodes.forEach(node -> node.operands().forEach(this::use));
        outputs.forEach(this::use);
    }

    private void use(View view) {
        uses.merge(view.node(), 1, Integer::sum);
    }

    /** What is left of a recorded function. */
    record Fused(List<Node> nodes, List<View> outputs) {}

    static Fused fuse(List<Node> nodes, List<View> outputs) {
        Fusion fusion = new Fusion(nodes, outputs);
        List<Node> fused = nodes.stream().map(fusion::fused).toList();
        List<View> ends = outputs.stream().map(fusion::now).toList();
        return new Fused(needed(fused, ends), ends);
    }

    private static List<Node> needed(List<Node> nodes, List<View> outputs) {
        boolean[] needed = new boolean[nodes.size()];
        outputs.forEach(view -> needed[view.node().id()] = true);
        for (int id = nodes.size() - 1; id >= 0; id--) {
            if (needed[id]) {
                nodes.get(id).operands().forEach(view -> needed[view.node().id()] = true);
            }
        }
        // an argument has a place even if nothing depends on it
        return nodes.stream()
                .filter(node -> needed[node.id()] || node.operation() instanceof Operation.Argument)
                .toList();
    }

    private View now(View view) {
        Node node = become.get(view.node());
        return node == null ? view : view.on(node);
    }

    private Node fused(Node node) {
        List<View> operands = new ArrayList<>(node.operands());
        Node result = node.operation() instanceof Product product
                ? product(node, product, operands)
                : renewed(node, node.operation(), operands);
        become.put(node, result);
        return result;
    }

    private Node renewed(Node node, Operation operation, List<View> operands) {
        return new Node(node.id(), operation, operands.stream().map(this::now).toList(), node.size(), node.stage());
    }

    private Node product(Node node, Product outer, List<View> operands) {
        if (outer.factors() == 1) {
            if (outer.biased() && outer.scale() == 1 && inner(node, operands.get(0)) == null) {
                operands.add(operands.remove(0)); // a + b is b + a
            }
            @Nullable List<View> inner = inner(node, operands.get(0));
            if (inner != null) {
                Product product = (Product) now(operands.get(0)).node().operation();
                List<View> all = new ArrayList<>(inner);
                all.addAll(operands.subList(1, operands.size()));
                return renewed(
                        node,
                        new Product(
                                outer.scale() * product.scale(),
                                outer.summed() + product.summed(),
                                product.factors(),
                                outer.biased()),
                        all);
            }
        }
        return renewed(node, outer, operands);
    }

    /** The factors behind a view of a product that has no other use, along the axes of the view and then those it sums. */
    private @Nullable List<View> inner(Node outer, View view) {
        Node node = now(view).node();
        if (!(node.operation() instanceof Product product)
                || product.biased()
                || node.stage() != outer.stage()
                || uses.getOrDefault(view.node(), 0) != 1
                || view.offset() != 0
                || view.size() != node.size()) {
            return null;
        }
        List<View> factors = node.operands();
        int[] dims = factors.get(0).dims();
        int[] strides = View.rowMajor(Arrays.copyOf(dims, dims.length - product.summed()));
        int[] axes =
                new int[view.rank()]; // the axis of the product behind each axis of the view; -1 for those of length 1
        for (int d = 0; d < view.rank(); d++) {
            axes[d] = -1;
            for (int e = 0; e < strides.length && view.dims()[d] > 1; e++) {
                if (strides[e] == view.strides()[d] && dims[e] == view.dims()[d]) {
                    axes[d] = e;
                }
            }
            if (axes[d] < 0 && view.dims()[d] > 1) {
                return null;
            }
        }
        return factors.stream()
                .map(factor -> along(factor, view.dims(), axes, product.summed()))
                .toList();
    }

    private static View along(View factor, int[] viewed, int[] axes, int summed) {
        int[] dims = Arrays.copyOf(viewed, viewed.length + summed);
        int[] strides = new int[dims.length];
        for (int d = 0; d < axes.length; d++) {
            strides[d] = axes[d] < 0 ? 0 : factor.strides()[axes[d]];
        }
        for (int d = 0; d < summed; d++) {
            int last = factor.rank() - summed + d;
            dims[viewed.length + d] = factor.dims()[last];
            strides[viewed.length + d] = factor.strides()[last];
        }
        return new View(factor.node(), factor.offset(), dims, strides);
    }
}
