package mfg.eval.bids;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import mfg.eval.io.Text;
import org.jspecify.annotations.Nullable;

/** The row that is being read: of it only the cells of wanted columns are kept, and how long it is. */
final class Row extends AbstractBaseCsvCallbackHandler<Row> {

    private final @Nullable Cell[] cells;
    private int fields;
    private int filled;

    /** Of so many columns, none of which is wanted yet. */
    Row(int columns) {
        cells = new Cell[columns];
    }

    /** The cell of a column, from 0, in each row. */
    Cell want(int column) {
        Cell wanted = cells[column];
        if (wanted == null) {
            wanted = new Cell();
            cells[column] = wanted;
        }
        return wanted;
    }

    /** On which line of the file it begins, from 1. */
    long line() {
        return getStartingLineNumber();
    }

    int fields() {
        return fields;
    }

    /** How many fields there are up to the last that is not blank. */
    int filled() {
        return filled;
    }

    boolean isComment() {
        return getRecordType() == RecordType.COMMENT;
    }

    @Override
    protected void handleBegin(long line) {
        fields = 0;
        filled = 0;
        for (Cell cell : cells) {
            if (cell != null) {
                cell.clear();
            }
        }
    }

    @Override
    protected void handleField(int column, char[] text, int offset, int length, boolean quoted) {
        fields = column + 1;
        Cell cell = column < cells.length ? cells[column] : null;
        if (cell != null) {
            cell.set(text, offset, length);
        }
        for (int i = offset; i < offset + length && filled < fields; i++) {
            filled = Text.isUnseen(text[i]) ? filled : fields;
        }
    }

    @Override
    protected Row buildRecord() {
        return this;
    }
}
