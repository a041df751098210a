package mfg.eval.run;

import java.util.Map;
import mfg.eval.io.Summary;

/** What comes of a run. Its fields, among them {@code runDirectory}, are its JSON. */
public interface Result extends Summary {

    /** The figures that several runs are compared by, the most telling first. */
    Map<String, Double> figures();

    /** {@code finished}, or why the run ended early. */
    String status();
}
