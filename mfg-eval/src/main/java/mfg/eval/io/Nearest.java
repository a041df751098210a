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

    /** How many letters must be changed, added, left out or swapped with the next to make one name another (Damerau's distance). */
    static int slips(String from, String to) {
        int[][] slips = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    slips[i][j] = i + j;
                    continue;
                }
                int changed = slips[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                slips[i][j] = Math.min(changed, 1 + Math.min(slips[i - 1][j], slips[i][j - 1]));
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    slips[i][j] = Math.min(slips[i][j], slips[i - 2][j - 2] + 1);
                }
            }
        }
        return slips[from.length()][to.length()];
    }
}
