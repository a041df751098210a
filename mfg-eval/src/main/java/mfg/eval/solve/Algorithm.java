package mfg.eval.solve;

import mfg.core.FictitiousPlay;
import mfg.core.FixedPoint;
import mfg.core.OnlineMirrorDescent;
import mfg.core.Solver;
import mfg.core.catalogue.Named;
import mfg.core.catalogue.Parameter;

/** The solvers, by name. */
public sealed interface Algorithm {

    /** The solver. */
    Solver solver();

    /** Online mirror descent. */
    @Named("omd")
    record MirrorDescent(
            @Parameter(about = "step size", value = "1", above = 0)
            double eta,

            @Parameter(about = "entropy regularization; eta * tau < 1", value = "0", min = 0)
            double tau)
            implements Algorithm {

        /** Checks that the two go together. */
        public MirrorDescent {
            new OnlineMirrorDescent(eta, tau);
        }

        @Override
        public Solver solver() {
            return new OnlineMirrorDescent(eta, tau);
        }
    }

    /** Fictitious play. */
    @Named("fictitious-play")
    record Fictitious(
            @Parameter(about = "entropy regularization of the response", value = "0", min = 0)
            double tau) implements Algorithm {
        @Override
        public Solver solver() {
            return new FictitiousPlay(tau);
        }
    }

    /** Everybody answers at once. */
    @Named("fixed-point")
    record Fixed(
            @Parameter(about = "entropy regularization of the response", value = "0", min = 0)
            double tau) implements Algorithm {
        @Override
        public Solver solver() {
            return new FixedPoint(tau);
        }
    }
}
