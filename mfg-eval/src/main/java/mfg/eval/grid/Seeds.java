package mfg.eval.grid;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import mfg.core.InvalidInputException;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.catalogue.Source;
import mfg.eval.io.Json;
import mfg.eval.run.Result;
import mfg.eval.run.Run;
import mfg.eval.run.RunKind;
import org.jspecify.annotations.Nullable;

/**
 * Runs that differ in nothing but their seed, side by side in one process. Each has a folder {@code seed-N}, with all that a run by itself
 * leaves and the same numbers.
 */
public final class Seeds {

    private static final Pattern PART = Pattern.compile("(\\d{1,18})(?:\\.\\.(\\d{1,18}))?");
    private static final int MOST = 1000;

    private Seeds() {}

    /**
     * Reads a list of seeds.
     *
     * @param list such as {@code 1..8} or {@code 1,3,7}
     */
    public static List<Long> list(String list) {
        List<Long> seeds = new ArrayList<>();
        for (String part : list.split(",", -1)) {
            Matcher matcher = PART.matcher(part.strip());
            if (!matcher.matches()) {
                throw new InvalidInputException("--seeds must be a list such as 1..8 or 1,3,7, not " + list);
            }
            long first = Long.parseLong(matcher.group(1));
            long last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2));
            if (last < first || last - first >= MOST || seeds.size() + last - first >= MOST) {
                throw new InvalidInputException(
                        "--seeds %s: a range goes upward, and there can be at most %d seeds".formatted(list, MOST));
            }
            LongStream.rangeClosed(first, last).forEach(seeds::add);
        }
        if (seeds.stream().distinct().count() < seeds.size()) {
            throw new InvalidInputException("--seeds %s names a seed twice".formatted(list));
        }
        return seeds;
    }

    /** The cells of a configuration, one a seed. */
    public static <C extends Record, T extends Result> List<Cell<C, T>> cells(
            RunKind<C, T> kind, C config, @Nullable Source source, Catalogue catalogue, List<Long> seeds) {
        List<Cell<C, T>> cells = new ArrayList<>();
        for (long seed : seeds) {
            C own = Run.with(kind, catalogue, config, Map.of("seed", String.valueOf(seed)));
            cells.add(new Cell<>("seed-" + seed, Json.object(), kind, own, source, null));
        }
        return cells;
    }

    /** Where a folder's runs are. */
    static Path folder(Path all, long seed) {
        return all.resolve("seed-" + seed);
    }
}
