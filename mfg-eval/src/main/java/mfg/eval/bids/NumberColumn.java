package mfg.eval.bids;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import mfg.core.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** A column of amounts. All of it is looked at before any of it is read, for only together they tell what their marks mean. */
final class NumberColumn {

    /** The first text of a kind. */
    private record Sample(String text, long line) {

        @Override
        public String toString() {
            return "'%.40s' on line %d".formatted(text, line);
        }
    }

    private final String name;
    private final Cell cell;
    private final @Nullable DecimalMark given;
    private final Amount amount = new Amount();
    private final Map<DecimalMark, Sample> clear = new EnumMap<>(DecimalMark.class);
    private @Nullable Sample unclear;
    private @Nullable Sample first;
    private @Nullable Sample other;
    private String unit = "";
    private double[] numbers = {};
    private DecimalMark decimal = DecimalMark.POINT;

    /**
     * A column that nobody has looked at.
     *
     * @param name what it is called in sentences
     * @param cell of it in the row that is being read
     * @param given its decimal mark, if that is known
     */
    NumberColumn(String name, Cell cell, @Nullable DecimalMark given) {
        this.name = name;
        this.cell = cell;
        this.given = given;
    }

    /** Looks at the cell, on a line, and tells whether it is an amount. */
    boolean look(long line) {
        if (!amount.read(cell)) {
            return false;
        }
        if (amount.isMarked()) {
            boolean point = amount.fits(DecimalMark.POINT);
            if (!point || !amount.fits(DecimalMark.COMMA)) {
                DecimalMark mark = point ? DecimalMark.POINT : DecimalMark.COMMA;
                if (!clear.containsKey(mark)) {
                    clear.put(mark, new Sample(cell.toString(), line));
                }
            } else if (unclear == null) {
                unclear = new Sample(cell.toString(), line);
            }
        }
        if (first == null) {
            first = new Sample(cell.toString(), line);
            unit = amount.unit();
        } else if (other == null && !unit.equals(amount.unit())) {
            other = new Sample(cell.toString(), line);
        }
        return true;
    }

    /**
     * Decides what the marks mean.
     *
     * @throws InvalidInputException if that is in doubt, or the units differ
     */
    void decide(Object file) {
        if (other != null) {
            throw new InvalidInputException("%s, column %s: %s and %s differ in their unit; a column has one"
                    .formatted(file, name, first, other));
        }
        if (given != null) {
            decimal = given;
            return;
        }
        if (clear.size() > 1) {
            throw new InvalidInputException("%s, column %s: %s has a decimal point, but %s a decimal comma; %s"
                    .formatted(
                            file,
                            name,
                            clear.get(DecimalMark.POINT),
                            clear.get(DecimalMark.COMMA),
                            "--decimal point or --decimal comma drops the others"));
        }
        if (clear.isEmpty() && unclear != null) {
            throw new InvalidInputException(
                    "%s, column %s: %s may have a thousands separator or three decimals, and no other cell tells; %s"
                            .formatted(file, name, unclear, "--decimal point or --decimal comma decides"));
        }
        decimal = clear.containsKey(DecimalMark.COMMA) ? DecimalMark.COMMA : DecimalMark.POINT;
    }

    /** The number in the cell; NaN if there is none. */
    double read() {
        return amount.read(cell) && amount.fits(decimal) ? amount.value(decimal) : Double.NaN;
    }

    /** Makes room. */
    void resize(int rows) {
        numbers = Arrays.copyOf(numbers, rows);
    }

    /** Keeps a number. */
    void keep(int index, double number) {
        numbers[index] = number;
    }

    /** Not a copy. */
    double[] numbers() {
        return numbers;
    }

    String name() {
        return name;
    }

    Cell cell() {
        return cell;
    }

    String unit() {
        return unit;
    }

    DecimalMark decimal() {
        return decimal;
    }
}
