package mfg.eval.bids;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Set;
import mfg.eval.io.Text;

/** The text of one cell of the row that is being read, without spaces and unseen characters at its ends; empty if it says so. */
final class Cell implements CharSequence {

    /** Below it no character combines with others. */
    private static final char FIRST_ACCENT = 0x300;

    /** What databases and spreadsheets write where there is nothing. */
    private static final Set<String> BLANKS = Set.of("NULL", "(null)", "<null>", "\\N", "<NA>", "#N/A");

    private char[] text = new char[32];
    private int length;

    /** Takes the place of what was there. */
    void set(char[] from, int offset, int count) {
        int first = offset;
        int end = offset + count;
        while (first < end && Text.isUnseen(from[first])) {
            first++;
        }
        while (first < end && Text.isUnseen(from[end - 1])) {
            end--;
        }
        length = end - first;
        if (length > text.length) {
            text = new char[2 * length];
        }
        System.arraycopy(from, first, text, 0, length);
        if (length > 0 && length <= 6 && "N\\#<(".indexOf(text[0]) >= 0 && BLANKS.contains(toString())) {
            length = 0;
        }
    }

    static String stripped(String text) {
        Cell cell = new Cell();
        cell.set(text.toCharArray(), 0, text.length());
        return cell.toString();
    }

    void clear() {
        length = 0;
    }

    /** Writes a letter and its accent as one character where there is such: they look alike, and are one name. */
    void compose() {
        for (int i = 0; i < length; i++) {
            if (text[i] >= FIRST_ACCENT) {
                String composed = Normalizer.normalize(this, Normalizer.Form.NFC);
                set(composed.toCharArray(), 0, composed.length());
                return;
            }
        }
    }

    boolean contentEquals(String name) {
        return name.length() == length && name.contentEquals(this);
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        return text[index];
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new String(text, start, end - start);
    }

    /** That of the same {@link String}. */
    @Override
    public int hashCode() {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + text[i];
        }
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cell cell && Arrays.equals(text, 0, length, cell.text, 0, cell.length);
    }

    @Override
    public String toString() {
        return new String(text, 0, length);
    }
}
