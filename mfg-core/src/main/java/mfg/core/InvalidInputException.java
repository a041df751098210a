package mfg.core;

/** Says in one sentence what is wrong with something a user gave. The command line prints the sentence and exits with 2. */
public final class InvalidInputException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param sentence what is wrong, in the user's words
     */
    public InvalidInputException(String sentence) {
        super(sentence);
    }

    /**
     * Creates the exception from what was noticed below.
     *
     * @param sentence what is wrong, in the user's words
     * @param cause what was noticed
     */
    public InvalidInputException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
