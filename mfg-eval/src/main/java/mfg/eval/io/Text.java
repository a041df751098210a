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

    /** Whether a character leaves no trace on a screen, or may upset it: control and format characters, and all spaces. */
    public static boolean isUnseen(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    /** A text for a screen: line breaks become spaces, and all else that cannot be seen its number, as in {@code <U+200B>}. */
    public static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        text.replaceAll("\\s*\\R\\s*", " ")
                .codePoints()
                .forEach(c -> visible.append(c != ' ' && isUnseen(c) ? of("<U+%04X>", c) : Character.toString(c)));
        return visible.toString();
    }

    /** A name in words: {@code zone1Share} is {@code zone 1 share}. */
    public static String words(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    /** The same as the beginning of a sentence. */
    public static String title(String name) {
        String words = words(name);
        return words.isEmpty() ? "" : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** Adds a line. */
    public void line(String format, @Nullable Object... values) {
        lines.append(of(format, values)).append(System.lineSeparator());
    }

    /** Adds a sentence in lines of at most so many characters, but where a word is longer; the lines after the first are indented. */
    public void wrapped(String sentence, int width) {
        StringBuilder line = new StringBuilder();
        for (String word : sentence.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                line("%s", line);
                line = new StringBuilder(" ");
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        line("%s", line);
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
