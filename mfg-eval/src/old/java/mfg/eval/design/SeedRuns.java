package mfg.eval.design;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import mfg.core.DivergedException;
import mfg.core.InvalidInputException;
import mfg.eval.io.Charts;
import mfg.eval.io.Provenance;
import mfg.eval.io.Yaml;

/**
 * Runs of {@code design} that differ in nothing but their seed, side by side in one process. Each has a folder
 * {@code seed-N}, with all that a run by itself leaves and the same numbers.
 */
public final class SeedRuns {

    /** What is in the folder of several runs. */
    static final RunGrid.Kind KIND = new RunGrid.Kind("seeds", "seeds.yaml", "seeds.csv", true);

    private static final Pattern PART = Pattern.compile("(\\d{1,18})(?:\\.\\.(\\d{1,18}))?");

    private static final int MOST = 1000;

    private SeedRuns() {}

    /**
     * What to run.
     *
     * @param threads how many runs at a time
     * @param config of each run, but for the seed
     */
    record Plan(List<Long> seeds, int threads, DesignConfig config) {

        Plan {
            if (seeds.isEmpty() || seeds.stream().distinct().count() < seeds.size()) {
                throw new InvalidInputException("there must be at least one seed, and none twice");
            }
        }
    }

    /**
     * Reads a list of seeds.
     *
     * @param list such as {@code 1..8} or {@code 1,3,7}
     */
    public static List<Long> seeds(String list) {
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

    /**
     * Starts.
     *
     * @param folder new or empty
     */
    static SeedsResult start(Plan plan, Path folder) throws IOException {
        return result(grid(plan, folder).start(Provenance.header() + Yaml.text(plan)), folder);
    }

    /** Goes on with the runs that are not finished. */
    static SeedsResult resume(Path folder) throws IOException {
        Plan plan = Yaml.read(folder.resolve(KIND.plan()), Plan.class, Map.of());
        return result(grid(plan, folder).resume(), folder);
    }

    private static RunGrid grid(Plan plan, Path folder) throws IOException {
        Display.tellBidders(plan.config());
        List<RunGrid.Cell> cells = new ArrayList<>();
        for (long seed : plan.seeds()) {
            cells.add(new RunGrid.Cell(
                    "seed-" + seed,
                    JsonNodeFactory.instance.objectNode(),
                    Yaml.with(plan.config(), "seed", seed),
                    null));
        }
        return new RunGrid(KIND, cells, folder, plan.threads());
    }

    private static SeedsResult result(List<RunGrid.Outcome> outcomes, Path folder) throws IOException {
        List<DesignResult> runs = new ArrayList<>();
        for (RunGrid.Outcome outcome : outcomes) {
            if (outcome.result() == null) {
                throw new DivergedException(
                        "seed %d: %s".formatted(outcome.cell().config().seed(), outcome.status()));
            }
            runs.add(outcome.result());
        }
        SeedsResult result = SeedsResult.of(runs, folder);
        Charts.attempt(() -> result.draw(folder.resolve("objective.png")));
        return result;
    }
}
