package mfg.eval.bids;

import java.util.Currency;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A number with its unit, read strictly: {@code 12.50}, {@code 1.234,50 €}, {@code USD 1,200}, {@code -3 %}, {@code 1'000},
 * {@code 1e3}. Digits come in threes after a thousands separator, or in twos and a last three as in India. One object reads
 * many texts, one after the other.
 */
final class Amount {

    /** What a log may spell besides currency codes and signs; a space and a case make a difference. */
    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("€", "EUR"),
            Map.entry("Euro", "EUR"),
            Map.entry("euro", "EUR"),
            Map.entry("£", "GBP"),
            Map.entry("US$", "USD"),
            Map.entry("US $", "USD"),
            Map.entry("R$", "BRL"),
            Map.entry("A$", "AUD"),
            Map.entry("AU $", "AUD"),
            Map.entry("C$", "CAD"),
            Map.entry("C $", "CAD"),
            Map.entry("Fr.", "CHF"),
            Map.entry("Rs", "Rs"),
            Map.entry("Rs.", "Rs"),
            Map.entry("kr", "kr"),
            Map.entry("kr.", "kr"),
            Map.entry("zł", "PLN"),
            Map.entry("Kč", "CZK"),
            Map.entry("Ft", "HUF"),
            Map.entry("%", "%"),
            Map.entry("", ""));

    private static final Set<String> CODES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    /** More digits than any amount needs; a log is not to be trusted with them. */
    private static final int DIGITS = 40;

    private static final double[] POWERS = new double[23];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1]; // exact up to 1e22
        }
    }

    private CharSequence text = "";
    private String unit = "";
    private boolean negative;
    private int start;
    private int end;
    private int exponent;

    /**
     * Reads a text without spaces at its ends.
     *
     * @return whether it may be an amount, with one decimal mark or the other ({@link #fits})
     */
    boolean read(CharSequence text) {
        this.text = text;
        start = 0;
        end = text.length();
        while (start < end && !isDigit(text.charAt(start)) && !isFraction(start)) {
            start++;
        }
        while (end > start && !isDigit(text.charAt(end - 1))) {
            end--;
        }
        if (start == end) {
            return false;
        }
        if (end < text.length() && isMark(text.charAt(end))) {
            end++; // 12.
        }
        String before = text.subSequence(0, start).toString();
        String after = text.subSequence(end, text.length()).toString();
        return readUnit(before, after)
                && readExponent()
                && end - start <= 2 * DIGITS
                && (fits(DecimalMark.POINT) || fits(DecimalMark.COMMA));
    }

    /** Whether a text is an amount. */
    static boolean isOne(String text) {
        return new Amount().read(text);
    }

    /** Whether a mark begins the number; in {@code Rs.500} it ends a word. */
    private boolean isFraction(int i) {
        return isMark(text.charAt(i))
                && i + 1 < text.length()
                && isDigit(text.charAt(i + 1))
                && (i == 0 || !Character.isLetter(text.charAt(i - 1)));
    }

    private boolean readUnit(String before, String after) {
        String prefix = before.strip();
        int sign = prefix.isEmpty() ? -1 : "+-\u2212".indexOf(prefix.charAt(0));
        if (sign >= 0) {
            prefix = prefix.substring(1);
        } else if (!prefix.isEmpty()) {
            sign = "+-\u2212".indexOf(prefix.charAt(prefix.length() - 1));
            prefix = sign < 0 ? prefix : prefix.substring(0, prefix.length() - 1);
        }
        negative = sign > 0;
        String first = canonical(Cell.stripped(prefix));
        String last = canonical(Cell.stripped(after));
        if (first == null || last == null || (!first.isEmpty() && !last.isEmpty())) {
            return false;
        }
        unit = first + last;
        return true;
    }

    private static @Nullable String canonical(String unit) {
        boolean sign = unit.length() == 1 && Character.getType(unit.charAt(0)) == Character.CURRENCY_SYMBOL;
        return UNITS.getOrDefault(unit, sign || CODES.contains(unit) ? unit : null);
    }

    /** Takes it off the end. */
    private boolean readExponent() {
        exponent = 0;
        for (int i = start; i < end; i++) {
            if (Character.toLowerCase(text.charAt(i)) == 'e') {
                String digits = text.subSequence(i + 1, end).toString();
                end = i;
                if (!digits.matches("[+-]?\\d{1,2}")) {
                    return false;
                }
                exponent = Integer.parseInt(digits);
                return true;
            }
        }
        return true;
    }

    /** Whether the last text is an amount with this decimal mark. */
    boolean fits(DecimalMark decimal) {
        char group = 0;
        int inner = 0;
        int run = 0;
        int digits = 0;
        boolean fraction = false;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (isDigit(c)) {
                run++;
                digits++;
            } else if (c == decimal.character) {
                if (fraction || (group != 0 && run != 3)) {
                    return false;
                }
                fraction = true;
                run = 0;
            } else {
                char mark = grouping(c);
                boolean first = group == 0;
                boolean right = first
                        ? run >= 1 && run <= 3 && text.charAt(start) != '0'
                        : run == 3 || (run == 2 && mark == ',');
                if (mark == 0 || fraction || !right || (!first && (mark != group || (inner != 0 && run != inner)))) {
                    return false;
                }
                inner = first ? 0 : run;
                group = mark;
                run = 0;
            }
        }
        return digits > 0 && digits <= DIGITS && (fraction || group == 0 || run == 3);
    }

    /** Whether the last text has a point or a comma, so that the decimal mark makes a difference. */
    boolean isMarked() {
        for (int i = start; i < end; i++) {
            if (isMark(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** The number of the last text, which {@link #fits}; the nearest double. Never -0. */
    double value(DecimalMark decimal) {
        long mantissa = 0;
        int digits = 0;
        int scale = exponent;
        boolean fraction = false;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (isDigit(c)) {
                mantissa = 10 * mantissa + (c - '0');
                digits += mantissa > 0 || digits > 0 ? 1 : 0;
                scale -= fraction ? 1 : 0;
            }
            fraction |= c == decimal.character;
        }
        double value = digits > 15 || Math.abs(scale) >= POWERS.length
                ? Double.parseDouble(text.subSequence(start, end).toString().replaceAll("\\D", "") + "e" + scale)
                : scale < 0 ? mantissa / POWERS[-scale] : mantissa * POWERS[scale];
        return negative && value != 0 ? -value : value;
    }

    /** Of the last text: a currency, {@code %}, or empty. */
    String unit() {
        return unit;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isMark(char c) {
        return c == '.' || c == ',';
    }

    /** The kind of a thousands separator; 0 if it is none. */
    private static char grouping(char c) {
        return switch (c) {
            case '.', ',', '_' -> c;
            case '\'', '\u2019' -> '\'';
            case ' ', '\u00A0', '\u2007', '\u2009', '\u202F' -> ' ';
            default -> 0;
        };
    }
}
