package mfg.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import mfg.core.AtomicFile;
import mfg.core.DivergedException;
import mfg.core.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * Runs of {@code design} that differ in nothing but their seed, side by side in one process. Each has a folder
 * {@code seed-N}, with all that a run by itself leaves and the same numbers.
 */
final class SeedRuns {

    /** The first file of several runs. */
    static final String PLAN = "seeds.yaml";

    private static final Pattern PART = Pattern.compile("(\\d{1,18})(?:\\.\\.(\\d{1,18}))?");

    private static final int MOST = 1000;

    private final Plan plan;
    private final Path folder;

    private SeedRuns(Plan plan, Path folder) {
        this.plan = plan;
        this.folder = folder;
    }

    /**
     * What to run.
     *
     * @param threads how many runs at a time
     * @param config of each run, but for the seed
     */
    record Plan(List<Long> seeds, int threads, DesignConfig config) {

        Plan {
            if (threads < 1) {
                throw new InvalidInputException("--threads must be at least 1, not " + threads);
            }
            if (seeds.isEmpty()) {
                throw new InvalidInputException("there are no seeds");
            }
        }
    }

    /**
     * Reads a list of seeds.
     *
     * @param list such as {@code 1..8} or {@code 1,3,7}
     */
    static List<Long> seeds(String list) {
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

    /** Whether a folder holds several runs. */
    static boolean isAt(Path folder) {
        return Files.isRegularFile(folder.resolve(PLAN));
    }

    /**
     * Starts.
     *
     * @param folder new or empty
     */
    static SeedsResult start(Plan plan, Path folder) throws IOException {
        DesignRun.check(plan.config());
        RunDirectory.requireFree(folder);
        Files.createDirectories(folder);
        AtomicFile.write(folder.resolve(PLAN), Provenance.header() + Yaml.text(plan));
        return new SeedRuns(plan, folder).run();
    }

    /** Goes on with all runs: what is trained stays as it is. */
    static SeedsResult resume(Path folder) throws IOException {
        return new SeedRuns(Yaml.read(folder.resolve(PLAN), Plan.class, Map.of()), folder).run();
    }

    private SeedsResult run() throws IOException {
        List<DesignResult> runs = train();
        SeedsResult result = SeedsResult.of(runs, folder);
        Csv.write(folder.resolve("seeds.csv"), runs.stream().map(Json::fields).toList());
        Charts.attempt(() -> result.draw(folder.resolve("objective.png")));
        return result;
    }

    private List<DesignResult> train() throws IOException {
        Display.tellBidders(plan.config());
        int iterations = plan.seeds().size() * plan.config().iterations();
        ExecutorService pool = Executors.newFixedThreadPool(
                Math.min(plan.threads(), plan.seeds().size()));
        try (Progress progress = new Progress(plan.config().setting(), 0, iterations)) {
            List<Callable<DesignResult>> runs = new ArrayList<>();
            for (long seed : plan.seeds()) {
                runs.add(() -> run(seed, progress));
            }
            List<DesignResult> results = new ArrayList<>();
            for (Future<DesignResult> run : pool.invokeAll(runs)) { // all come to their end, though one may fail
                results.add(run.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            pool.shutdown();
        }
    }

    private DesignResult run(long seed, Progress all) throws IOException {
        Path run = folder.resolve("seed-" + seed);
        Display display = new Part(seed, all);
        try {
            return Files.exists(run.resolve(RunDirectory.CONFIG))
                    ? DesignRun.resume(run, display)
                    : DesignRun.start(Yaml.withSeed(plan.config(), seed), run, display);
        } catch (DivergedException e) {
            throw new DivergedException("seed %d: %s".formatted(seed, e.getMessage()));
        }
    }

    private static IOException rethrown(@Nullable Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof IOException io ? io : new IOException(cause);
    }

    /** One run's part of what there is to do: the iterations that it was resumed after are not. */
    private record Part(long seed, Progress all) implements Display {

        @Override
        public Steps training(DesignConfig config, int done) {
            all.skip(done);
            return (iteration, figures) -> all.advance("#%d %s".formatted(seed, figures));
        }

        @Override
        public Steps evaluating(int games) {
            return (game, figures) -> {};
        }
    }
}
