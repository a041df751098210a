package mfg.eval.bids;

import java.util.Locale;

/** What stands before the decimals of a number. */
public enum DecimalMark {
    POINT('.'),
    COMMA(',');

    final char character;

    DecimalMark(char character) {
        this.character = character;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
