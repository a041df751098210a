package mfg.core;

/** Says in one sentence that a computation did not get anywhere. The command line prints the sentence and exits with 1. */
public final class DivergedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param sentence what did not converge, and what may help
     */
    public DivergedException(String sentence) {
        super(sentence);
    }
}
