package mfg.eval.compare;

import java.util.Map;
import java.util.stream.Stream;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.DesignResult;
import mfg.eval.grid.Cell;
import org.jspecify.annotations.Nullable;

/**
 * A run of a contender, to be done.
 *
 * @param candidate the contender's own options
 * @param options all of them, as {@code design} takes them
 * @param evaluation that of its design at the comparison's T, where it trains at another
 */
record Trial(
        Contender contender,
        Map<String, String> candidate,
        Map<String, String> options,
        Cell<DesignConfig, DesignResult> training,
        @Nullable Cell<DesignConfig, DesignResult> evaluation) {

    Stream<Cell<DesignConfig, DesignResult>> cells() {
        return evaluation == null ? Stream.of(training) : Stream.of(training, evaluation);
    }

    /** What came of it, if there is all of it. */
    Stream<Entry.Trained> run(Map<String, DesignResult> results) {
        DesignResult trained = results.get(training.name());
        DesignResult evaluated = evaluation == null ? trained : results.get(evaluation.name());
        return trained == null || evaluated == null
                ? Stream.empty()
                : Stream.of(new Entry.Trained(options, trained, evaluated));
    }
}
