package mfg.eval.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mfg.core.InvalidInputException;
import mfg.core.catalogue.Parameter;

/** Values as texts: read strictly, so that {@code 3.9} is no 3, and held against the bounds of their slot. */
final class Value {

    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,19}");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");

    private Value() {}

    /**
     * Reads a value.
     *
     * @param label what to call the slot in a refusal
     * @throws InvalidInputException if the text is none, or out of bounds
     */
    static Object read(Slot slot, String text, String label) {
        Class<?> type = slot.raw();
        if (type == int.class) {
            return (int) whole(slot, text, label, Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        if (type == long.class) {
            return whole(slot, text, label, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        if (type == double.class) {
            return number(slot, text, label);
        }
        if (type == boolean.class) {
            if (!text.equals("true") && !text.equals("false")) {
                throw new InvalidInputException("%s must be true or false, not %s".formatted(label, shown(text)));
            }
            return text.equals("true");
        }
        if (type.isEnum()) {
            return constant(type, text, label);
        }
        if (slot.isList()) {
            List<Double> numbers = new ArrayList<>();
            if (!text.isEmpty()) {
                for (String part : text.split(",", -1)) {
                    numbers.add(number(slot, part.strip(), label));
                }
            }
            return List.copyOf(numbers);
        }
        if (type == String.class) {
            return text(slot, text, label);
        }
        throw new InvalidInputException(
                "%s is of a type that cannot be set: %s".formatted(label, type.getSimpleName()));
    }

    private static String text(Slot slot, String text, String label) {
        String[] words = slot.described().oneOf();
        if (words.length > 0 && !Arrays.asList(words).contains(text)) {
            throw new InvalidInputException("%s must be %s, not %s".formatted(label, or(List.of(words)), shown(text)));
        }
        return text;
    }

    private static Object constant(Class<?> type, String text, String label) {
        for (Object constant : type.getEnumConstants()) {
            if (text(constant).equalsIgnoreCase(text)) {
                return constant;
            }
        }
        List<String> all =
                Arrays.stream(type.getEnumConstants()).map(Value::text).toList();
        throw new InvalidInputException("%s must be %s, not %s".formatted(label, or(all), shown(text)));
    }

    private static long whole(Slot slot, String text, String label, long least, long most) {
        if (!WHOLE.matcher(text).matches()) {
            throw new InvalidInputException("%s must be a whole number, not %s".formatted(label, shown(text)));
        }
        long value;
        try {
            value = Long.parseLong(text);
        } catch (NumberFormatException e) {
            value = least == Long.MIN_VALUE ? overflow(text, label) : Long.MAX_VALUE;
        }
        check(slot, (double) value, text, label);
        if (value < least || value > most) {
            return overflow(text, label);
        }
        return value;
    }

    private static long overflow(String text, String label) {
        throw new InvalidInputException("%s is too large a number: %s".formatted(label, shown(text)));
    }

    private static double number(Slot slot, String text, String label) {
        if (!NUMBER.matcher(text).matches()) {
            throw new InvalidInputException("%s must be a number, not %s".formatted(label, shown(text)));
        }
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw new InvalidInputException("%s is too large a number: %s".formatted(label, shown(text)));
        }
        check(slot, value, text, label);
        return value;
    }

    private static void check(Slot slot, double value, String text, String label) {
        Parameter bounds = slot.described();
        if (bounds.min() > bounds.max() || bounds.above() >= bounds.max()) {
            throw new InvalidInputException(
                    "%s can be no number: its @Parameter says %s".formatted(label, bounds(bounds)));
        }
        if (value < bounds.min() || value > bounds.max() || value <= bounds.above()) {
            throw new InvalidInputException("%s must be %s, not %s".formatted(label, bounds(bounds), shown(text)));
        }
    }

    /** The bounds of a number in words; empty for none. */
    static String bounds(Parameter parameter) {
        boolean most = parameter.max() < Double.POSITIVE_INFINITY;
        if (parameter.above() > Double.NEGATIVE_INFINITY) {
            String above = parameter.above() == 0 ? "positive" : "above " + plain(parameter.above());
            return most ? "%s and at most %s".formatted(above, plain(parameter.max())) : above;
        }
        if (parameter.min() > Double.NEGATIVE_INFINITY) {
            return most
                    ? "between %s and %s".formatted(plain(parameter.min()), plain(parameter.max()))
                    : parameter.min() == 0 ? "0 or more" : "at least " + plain(parameter.min());
        }
        return most ? "at most " + plain(parameter.max()) : "";
    }

    private static String plain(double x) {
        return x == Math.rint(x) && Math.abs(x) < 1e15 ? String.valueOf((long) x) : String.valueOf(x);
    }

    /** A value as a user would write it; read back exactly. */
    static String text(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Value::text).collect(Collectors.joining(","));
        }
        if (value instanceof Enum<?>) {
            return value.toString().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        return String.valueOf(value);
    }

    /** {@code a, b or c}. */
    static String or(List<String> words) {
        int last = words.size() - 1;
        return last < 1 ? String.join("", words) : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    private static String shown(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        if (clean.isEmpty()) {
            return "empty";
        }
        return clean.length() <= 60 ? clean : clean.substring(0, 57) + "...";
    }
}
