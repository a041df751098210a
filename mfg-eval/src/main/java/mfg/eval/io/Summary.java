package mfg.eval.io;

import java.util.List;

/** A result that can also be told to people. */
public interface Summary {

    /** The result in a few lines of text. */
    String summary();

    /** The folder that all of it is in; empty where there is none. */
    default String runDirectory() {
        return "";
    }

    /** Whether nothing came of what was to be done: the command ends with exit code 1. */
    default boolean hasFailed() {
        return false;
    }

    /** What people look for first, for the head of a page; none where the {@link #summary} says it best. */
    default List<Fact> facts() {
        return List.of();
    }

    /** What a reader must know before trusting the result; none if nothing. */
    default List<String> warnings() {
        return List.of();
    }

    /** What has to be true for the result to hold, in sentences; none where that goes without saying. */
    default List<String> assumptions() {
        return List.of();
    }
}
