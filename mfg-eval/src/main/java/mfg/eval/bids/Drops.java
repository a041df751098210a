package mfg.eval.bids;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The rows that are not used, by reason. */
final class Drops {

    private static final int SHOWN = 3;

    /** One reason. */
    private static final class Drop {

        private int count;
        private final List<String> first = new ArrayList<>();
    }

    private final Map<String, Drop> reasons = new LinkedHashMap<>();

    /**
     * Counts a row.
     *
     * @param reason as in "dropped for a blank bid"
     * @param what the row has there; shown of the first rows
     */
    void add(String reason, long line, CharSequence what) {
        Drop drop = reasons.computeIfAbsent(reason, key -> new Drop());
        drop.count++;
        if (drop.first.size() < SHOWN) {
            drop.first.add(what.isEmpty() ? "line " + line : "line %d: '%.40s'".formatted(line, what));
        }
    }

    int count() {
        return reasons.values().stream().mapToInt(drop -> drop.count).sum();
    }

    boolean isEmpty() {
        return reasons.isEmpty();
    }

    /** In one line. */
    @Override
    public String toString() {
        return reasons.isEmpty()
                ? "none dropped"
                : reasons.entrySet().stream()
                        .map(drop -> "%d dropped for %s".formatted(drop.getValue().count, drop.getKey()))
                        .collect(Collectors.joining(", "));
    }

    /** In one line for each reason, with the first rows. */
    List<String> lines() {
        return reasons.entrySet().stream()
                .map(drop -> "%d for %s (%s%s)"
                        .formatted(
                                drop.getValue().count,
                                drop.getKey(),
                                String.join(", ", drop.getValue().first),
                                drop.getValue().count > SHOWN ? ", .." : ""))
                .toList();
    }
}
