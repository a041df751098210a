package mfg.eval;

/** A result that can also be told to people. */
interface Summary {

    /** The result in a few lines of text. */
    String summary();
}
