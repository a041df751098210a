package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Chart;

/** A figure of the paper, as we read what it shows. */
public interface Figure {

    /** What the command line calls it. */
    String name();

    /** One line on what it shows, and perhaps more lines. */
    String about();

    /** What the paper says of it; empty if nothing that we know of. */
    String claim();

    /** Options of a smaller one, for its help. */
    default String smaller() {
        return "--iterations 20 -- --values 20 --inner-steps 100";
    }

    /** Measures what is not there yet. */
    Findings measure(Reproduction plan) throws IOException;

    /**
     * What was measured.
     *
     * @param details a table in text; empty where the verdict says it all
     * @param rows the data
     * @param columns how many charts are side by side
     * @param charts the panels, row by row
     */
    record Findings(Verdict verdict, String details, List<ObjectNode> rows, int columns, Panels charts) {}

    /** Draws, once the data is safe. */
    interface Panels {
        List<Chart<?, ?>> get() throws IOException;
    }
}
