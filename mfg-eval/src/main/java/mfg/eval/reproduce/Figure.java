package mfg.eval.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import mfg.eval.view.Plot;

/**
 * A figure of a paper, as we read what it shows; or a check that its readers asked for.
 *
 * @param name what the command line calls it
 * @param about one line on what it shows, and perhaps more lines
 * @param claim what the paper says of it, or what its readers want to be sure of; empty if nothing that we know of
 * @param smaller options of a smaller one, for its help
 * @param measurement which runs there are, which numbers, what is drawn, what the verdict is
 */
public record Figure(String name, String about, String claim, String smaller, Measurement measurement) {

    /** A figure of designs. */
    Figure(String name, String about, String claim, Measurement measurement) {
        this(name, about, claim, "--iterations 20 -- --values 20 --inner-steps 100", measurement);
    }

    /** Measures what is not there yet. */
    public interface Measurement {
        Findings in(Reproduction plan) throws IOException;
    }

    /**
     * What was measured.
     *
     * @param details a table in text; empty where the verdict says it all
     * @param rows the data
     * @param columns how many charts are side by side
     * @param charts the panels, row by row
     */
    public record Findings(Verdict verdict, String details, List<ObjectNode> rows, int columns, Panels charts) {

        /** Without details. */
        Findings(Verdict verdict, List<ObjectNode> rows, int columns, Panels charts) {
            this(verdict, "", rows, columns, charts);
        }
    }

    /** Draws, once the data is safe. */
    public interface Panels {
        List<? extends Plot> get() throws IOException;
    }
}
