package mfg.eval.run;

import mfg.eval.io.Progress;
import mfg.eval.io.Steps;

/** What people see of a run. */
public interface Display {

    /** A run by itself. */
    Display ALONE = new Display() {
        @Override
        public Steps steps(String name, int done, int steps) {
            return new Progress(name, done, steps);
        }

        @Override
        public Steps part(String what, int steps) {
            return Progress.patient(what, steps);
        }

        @Override
        public void tell(String sentence) {
            System.err.println(sentence);
        }
    };

    /** Nothing, as a notebook wants it. */
    Display SILENT = new Display() {
        @Override
        public Steps steps(String name, int done, int steps) {
            return (step, figures) -> {};
        }

        @Override
        public Steps part(String what, int steps) {
            return (step, figures) -> {};
        }

        @Override
        public void tell(String sentence) {}
    };

    /** Begins to tell of the steps of a run, some of which are done. */
    Steps steps(String name, int done, int steps);

    /** Begins to tell of a part of the beginning or the end of a run. */
    Steps part(String what, int steps);

    /** Tells something in a sentence. */
    void tell(String sentence);

    /** Whether the run draws charts at its end, which takes about a second. */
    default boolean showsCharts() {
        return true;
    }
}
