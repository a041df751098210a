package mfg.eval.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mfg.core.InvalidInputException;

/**
 * A part of a sweep, which one process runs and others the others, in one folder.
 *
 * @param part from 1 on
 * @param of how many parts there are
 */
public record Shard(int part, int of) {

    /** All of it. */
    public static final Shard WHOLE = new Shard(1, 1);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

    /**
     * Reads a text such as {@code 2/8}.
     *
     * @throws InvalidInputException if it is none
     */
    public static Shard of(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (matcher.matches()) {
            Shard shard = new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
            if (shard.part >= 1 && shard.part <= shard.of) {
                return shard;
            }
        }
        throw new InvalidInputException("--shard must be a part of a whole, from 1/8 to 8/8, not " + text);
    }

    /** Whether it is all of it. */
    boolean isWhole() {
        return of == 1;
    }

    /** Every so many of a list. No run of a sweep starts from another. */
    <E> List<E> of(List<E> all) {
        List<E> ours = new ArrayList<>();
        for (int i = part - 1; i < all.size(); i += of) {
            ours.add(all.get(i));
        }
        return ours;
    }

    /** What its own table is called. */
    String table() {
        return "runs-%d-of-%d.csv".formatted(part, of);
    }
}
