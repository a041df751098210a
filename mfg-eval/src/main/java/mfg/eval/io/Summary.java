package mfg.eval.io;

import java.util.Locale;

/** A result that can also be told to people. */
public interface Summary {

    /** The result in a few lines of text. */
    String summary();

    /** Adds a line to a text. */
    static void line(StringBuilder text, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append(System.lineSeparator());
    }
}
