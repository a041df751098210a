package mfg.eval.io;

/** A result that can also be told to people. */
public interface Summary {

    /** The result in a few lines of text. */
    String summary();
}
