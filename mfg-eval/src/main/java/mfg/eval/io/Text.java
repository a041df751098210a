package mfg.eval.io;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lines with numbers in them, which look alike whatever the language of the system. */
public final class Text {

    private final StringBuilder lines = new StringBuilder();

    /** Fills in a format. */
    public static String of(String format, @Nullable Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /**
     * How many there are: {@code 1 seed}, {@code 2 seeds}.
     *
     * @param things in the plural, which ends in s
     */
    public static String count(long number, String things) {
        return number + " " + (number == 1 ? things.substring(0, things.length() - 1) : things);
    }

    /** Adds a line. */
    public void line(String format, @Nullable Object... values) {
        lines.append(of(format, values)).append(System.lineSeparator());
    }

    /** Adds what ends its lines itself. */
    public void add(String text) {
        lines.append(text);
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
