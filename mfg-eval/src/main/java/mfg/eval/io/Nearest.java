package mfg.eval.io;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody may have meant who mistyped a name. */
public final class Nearest {

    /** A name with more slips than one for so many letters is another. */
    private static final int LETTERS_A_SLIP = 2;

    private Nearest() {}

    /** The name that a word is nearest to; none if it is near to none. */
    public static Optional<String> to(String word, Collection<String> names) {
        return names.stream()
                .min(Comparator.comparingInt(name -> slips(word, name)))
                .filter(name -> LETTERS_A_SLIP * slips(word, name) <= name.length());
    }

    /** How many letters must be changed, added or left out to make one name another (Levenshtein's distance). */
    static int slips(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j - 1], diagonal));
            }
        }
        return row[to.length()];
    }
}
