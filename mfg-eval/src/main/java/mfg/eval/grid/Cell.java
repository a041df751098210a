package mfg.eval.grid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import mfg.eval.catalogue.Source;
import mfg.eval.run.Result;
import mfg.eval.run.RunKind;
import org.jspecify.annotations.Nullable;

/**
 * One run of many.
 *
 * @param <C> its configuration
 * @param <T> its result
 * @param name of its folder
 * @param labels what tells it from the others: the first columns of its row
 * @param kind of run
 * @param config its configuration
 * @param source where its game comes from; null for one that is built in
 * @param after the earlier cell whose best design it starts from, whatever the configuration says; null for none
 */
public record Cell<C extends Record, T extends Result>(
        String name,
        ObjectNode labels,
        RunKind<C, T> kind,
        C config,
        @Nullable Source source,
        @Nullable String after) {

    /** The same with another configuration. */
    Cell<C, T> with(C other) {
        return new Cell<>(name, labels, kind, other, source, after);
    }
}
