package mfg.eval.design;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import mfg.core.InvalidInputException;

/** What a bid looks like: a plain number with a decimal point, or with a decimal comma where commas do not separate columns. */
final class BidNumber {

    /** Short, for a log is not to be trusted with more digits than it can need. */
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d{1,40}([.,]\\d{0,40})?|[.,]\\d{1,40})([eE][+-]?\\d{1,2})?");

    /** Perhaps thousands. */
    private static final Pattern GROUPED = Pattern.compile("[+-]?[1-9]\\d{0,2}[.,]\\d{3}");

    private final boolean comma;
    private final char mark;
    private final boolean unclear;

    /**
     * Finds out which decimal mark a column has.
     *
     * @param cells the column
     * @param comma whether a comma may be one; then it must be clear which of {@code 1,200} and {@code 1.200} is a thousand
     */
    BidNumber(List<String> cells, boolean comma) {
        this.comma = comma;
        List<String> marked = cells.stream()
                .filter(cell -> isOne(cell) && (cell.contains(".") || cell.contains(",")))
                .toList();
        List<String> clear =
                marked.stream().filter(cell -> !GROUPED.matcher(cell).matches()).toList();
        String sample = !clear.isEmpty() ? clear.get(0) : !marked.isEmpty() ? marked.get(0) : ".";
        this.mark = comma && sample.contains(",") ? ',' : '.';
        this.unclear = comma && clear.isEmpty();
    }

    /** Whether a text is a number, with either mark. */
    static boolean isOne(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** A number with a decimal point; what is none is 0. */
    static BigDecimal orZero(String text) {
        return isOne(text) && !text.contains(",") ? new BigDecimal(text) : BigDecimal.ZERO;
    }

    boolean hasCommas() {
        return mark == ',';
    }

    /**
     * Reads a bid.
     *
     * @param place where it stands
     * @throws InvalidInputException if it is none, negative, or not clear
     */
    BigDecimal read(String cell, String place) {
        if (unclear && GROUPED.matcher(cell).matches()) {
            throw new InvalidInputException(
                    "%s: the bid '%s' may have a thousands separator or three decimals; write %s or %s0"
                            .formatted(place, cell, cell.replaceAll("[.,]", ""), cell));
        }
        boolean other = cell.indexOf(mark == ',' ? '.' : ',') >= 0;
        if (!isOne(cell) || (other && !comma)) {
            throw new InvalidInputException(
                    "%s: the bid '%.40s' is no number such as %s".formatted(place, cell, "12.50".replace('.', mark)));
        }
        if (other) {
            throw new InvalidInputException("%s: the bid '%s' is not written like others of its column, such as %s"
                    .formatted(place, cell, "12.50".replace('.', mark)));
        }
        BigDecimal bid = new BigDecimal(cell.replace(',', '.'));
        if (bid.signum() < 0) {
            throw new InvalidInputException("%s: the bid %s is negative".formatted(place, cell));
        }
        return bid;
    }
}
