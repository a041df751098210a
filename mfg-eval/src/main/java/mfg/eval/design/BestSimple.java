package mfg.eval.design;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import mfg.core.Constants;
import mfg.core.DivergedException;
import mfg.core.GameShape;
import mfg.core.InvalidInputException;
import mfg.core.MeanFieldGame;
import mfg.core.Parallel;
import mfg.core.Round;
import mfg.core.Scenarios;
import mfg.core.catalogue.DesignableGame;
import mfg.envs.auction.AuctionGame;
import mfg.eval.config.Given;
import mfg.eval.config.Tree;
import mfg.eval.io.Devices;
import mfg.eval.io.Steps;
import mfg.eval.run.Display;
import mfg.eval.solve.Algorithm;
import mfg.train.Evaluation;

/**
 * The best simple mechanisms of an auction at the long T: yardsticks that a learned mechanism must beat.
 *
 * <p>Of each kind the numbers by round are searched, first one for all rounds, then by ever shorter segments. A step of mirror descent
 * that is k times as long goes about as far as k steps, so the search looks in a hurry first ({@link #PACES}), and in the end
 * at the long T itself. Where nature draws many auctions the search sees the first of them, and only what it found is judged by all.
 * All of it is deterministic, whatever the number of threads.
 *
 * @param found the best of each kind, in a fixed order
 */
public record BestSimple(List<SimpleMechanism> found) {

    /** First price with equal shares, which needs no search. */
    public static final String EQUAL_SHARES = "first price, equal shares";

    /**
     * A part of the search.
     *
     * @param hurry how many steps of the population are taken at once
     * @param draws how many of nature's draws are looked at
     * @param longest the longest step of the search, as a power of two below its range
     * @param shortest the same of the shortest
     */
    private record Pace(int hurry, int draws, int longest, int shortest) {}

    private static final List<Pace> PACES = List.of(new Pace(16, 2, 2, 6), new Pace(4, 8, 4, 8), new Pace(1, 1, 7, 8));

    /** No search. */
    private static final Pace JUDGE = new Pace(1, Integer.MAX_VALUE, 0, -1);

    /** Hurried steps are at least so many, and {@code eta tau} is no more than this. */
    private static final int LEAST_STEPS = 100;

    private static final double LARGEST_DECAY = 0.2;

    private static final int GRID = 10;
    private static final int MOST_SEGMENTS = 8;
    private static final String DRAWS = "validation-draws";

    /** The shortest step of shares, as a part of the supply. */
    private static final double SHARES = 256;

    private static final double DECIMALS = 1e9;
    private static final double TOLERANCE = 5e-3;
    private static final double TOLERANCE_A_ROUND = 2e-4;

    /** Runs side by side, and one after the other, search once where they would find the same. */
    private static final Map<Object, BestSimple> FOUND = new ConcurrentHashMap<>();

    /**
     * Searches, unless this process has done so before.
     *
     * @param configuration makes one of an auction of options for its mechanism, step size, steps and draws
     * @param threads that compute
     * @param display tells how far the search is
     * @throws InvalidInputException if the game is no auction
     */
    public static BestSimple of(
            Function<Map<String, String>, DesignConfig> configuration, int threads, Display display) {
        Object what = new Search(configuration).what();
        return FOUND.computeIfAbsent(what, anew -> searched(configuration, threads, display));
    }

    /** The same, searched anew. */
    static BestSimple searched(
            Function<Map<String, String>, DesignConfig> configuration, int threads, Display display) {
        Search search = new Search(configuration);
        List<Kind> kinds = search.kinds();
        AtomicInteger done = new AtomicInteger();
        try (Steps progress = display.part("searching the best simple mechanisms", kinds.size())) {
            return new BestSimple(Parallel.map(kinds, threads, kind -> {
                SimpleMechanism best = search.best(kind);
                synchronized (progress) {
                    progress.step(done.incrementAndGet(), kind.name());
                }
                return best;
            }));
        }
    }

    /** The one that is worth most of those in equilibrium, if any is. */
    public Optional<SimpleMechanism> best() {
        return best(mechanism -> true);
    }

    /** The same of those whose offers do not depend on the bids. */
    public Optional<SimpleMechanism> bestBlind() {
        return best(mechanism -> !mechanism.seesBids());
    }

    private Optional<SimpleMechanism> best(Predicate<SimpleMechanism> which) {
        return found.stream()
                .filter(which.and(SimpleMechanism::equilibrium))
                .max(Comparator.comparingDouble(SimpleMechanism::objective));
    }

    /** First price with equal shares. */
    public SimpleMechanism equalShares() {
        return found.stream()
                .filter(mechanism -> mechanism.name().equals(EQUAL_SHARES))
                .findFirst()
                .orElseThrow();
    }

    /**
     * A kind of mechanisms.
     *
     * @param options that all of them share
     * @param searched the option whose numbers by round are searched; empty for none
     * @param segments into how many the rounds fall in the end
     * @param most the upper bound of a number
     * @param unit the shortest step
     */
    private record Kind(
            String name, Map<String, String> options, String searched, int segments, double most, double unit) {

        /** Shares are goods, of which there is only so much. */
        boolean isOfShares() {
            return searched.equals("shares");
        }

        boolean seesBids() {
            return !options.containsValue("first-price");
        }
    }

    /** What was seen of a candidate. */
    private record Seen(Map<String, String> options, Evaluation evaluation, double tolerance) {

        boolean equilibrium() {
            return evaluation.exploitability() <= tolerance;
        }

        /** Less what bidders could still take back. */
        double score() {
            return evaluation.objective() - Math.max(0, evaluation.exploitability() - tolerance);
        }
    }

    /** The search in one auction. */
    private static final class Search {

        private final Function<Map<String, String>, DesignConfig> configuration;
        private final DesignConfig base;
        private final GameShape shape;
        private final double supply;
        private final double tolerance;

        Search(Function<Map<String, String>, DesignConfig> configuration) {
            this.configuration = configuration;
            this.base = configuration.apply(Map.of("mechanism", "first-price"));
            if (!(base.game() instanceof AuctionGame auction)) {
                throw new InvalidInputException("simple mechanisms are for auctions, not for "
                        + base.game().name());
            }
            try (NDManager manager = NDManager.newBaseManager();
                    Constants constants = new Constants(manager, base.type())) {
                this.shape = auction.build(constants).shape();
            }
            this.supply = auction.setting().alphaMax();
            this.tolerance = Math.max(TOLERANCE, TOLERANCE_A_ROUND * shape.rounds());
        }

        /** All that decides what is found. */
        Object what() {
            AuctionGame auction = (AuctionGame) base.game();
            return List.of(
                    auction.name(),
                    Tree.of(auction),
                    base.population().solver(),
                    base.population().longSteps(),
                    base.computing(),
                    auction.setting().isRandom() ? base.seed() : 0);
        }

        List<Kind> kinds() {
            int n = shape.actions();
            int all = Math.min(shape.rounds(), MOST_SEGMENTS);
            double goods = supply / SHARES;
            double price = 0.5 / n; // off the grid of bids, too
            Map<String, String> everything = Map.of("mechanism", "uniform-price", "shares", Double.toString(supply));
            return List.of(
                    new Kind(EQUAL_SHARES, Map.of("mechanism", "first-price"), "", 0, 0, 0),
                    new Kind(
                            "first price, the best shares",
                            Map.of("mechanism", "first-price"),
                            "shares",
                            all,
                            supply,
                            goods),
                    new Kind("reserve price by round", Map.of("mechanism", "reserve"), "reserve", all, 1, 1.0 / n),
                    new Kind("posted price", Map.of("mechanism", "posted-price"), "price", 1, 1, price),
                    new Kind("posted price by round", Map.of("mechanism", "posted-price"), "price", all, 1, price),
                    new Kind(
                            "uniform price, the best shares",
                            Map.of("mechanism", "uniform-price"),
                            "shares",
                            all,
                            supply,
                            goods),
                    new Kind("uniform price, reserve by round", everything, "reserve", all, 1, 1.0 / n));
        }

        /** The best of a kind. */
        SimpleMechanism best(Kind kind) {
            List<Seen> seen = new ArrayList<>();
            if (kind.searched().isEmpty()) {
                seen.add(seen(kind.options(), 1, draws()));
            } else {
                List<List<double[]>> starts = grids(kind);
                List<Pace> paces = paces();
                for (int i = 0; i < paces.size(); i++) {
                    seen.clear();
                    List<List<double[]>> reached = new ArrayList<>();
                    for (List<double[]> some : i + 1 < paces.size() ? starts : joined(starts)) {
                        reached.add(List.of(searched(kind, paces.get(i), i == 0, some, seen)));
                    }
                    starts = reached;
                }
            }
            Seen best = Collections.max(
                    seen, Comparator.comparing(Seen::equilibrium).thenComparingDouble(Seen::score));
            return new SimpleMechanism(
                    kind.name(),
                    best.options(),
                    kind.seesBids(),
                    best.evaluation().objective(),
                    best.evaluation().exploitability(),
                    best.equilibrium());
        }

        /** In the end only the best start is gone on from. */
        private static List<List<double[]>> joined(List<List<double[]>> starts) {
            return List.of(starts.stream().flatMap(List::stream).toList());
        }

        /** Searches at one pace, first by segments that get shorter; puts down what was seen. */
        private double[] searched(Kind kind, Pace pace, boolean first, List<double[]> starts, List<Seen> seen) {
            RoundSearch search = new RoundSearch(
                    numbers -> {
                        Seen now = seen(options(kind, numbers), pace.hurry(), pace.draws());
                        seen.add(now);
                        return now.score();
                    },
                    numbers -> allowed(kind, numbers),
                    kind.isOfShares(),
                    starts);
            int range = (int) (Math.log(kind.most() / kind.unit()) / Math.log(2));
            int longest = Math.max(0, range - (first ? PACES.get(0) : pace).longest());
            int shortest = Math.max(0, range - pace.shortest());
            for (int segments = first ? 1 : kind.segments(); segments < 2 * kind.segments(); segments *= 2) {
                search.refine(Math.min(segments, kind.segments()), kind.unit(), longest, shortest);
            }
            return search.best();
        }

        /** One number for all rounds, on a grid; goods also so that later rounds get more, and less. */
        private List<List<double[]>> grids(Kind kind) {
            double[] same = new double[shape.rounds()];
            Arrays.fill(same, kind.isOfShares() ? 1.0 / same.length : 1);
            if (!kind.isOfShares() || same.length == 1) {
                return List.of(grid(kind, same));
            }
            double whole = same.length * (same.length + 1) / 2.0;
            double[] rising = IntStream.rangeClosed(1, same.length)
                    .mapToDouble(h -> h / whole)
                    .toArray();
            double[] falling = IntStream.range(0, same.length)
                    .mapToDouble(h -> (same.length - h) / whole)
                    .toArray();
            return List.of(grid(kind, same), grid(kind, rising), grid(kind, falling));
        }

        private static List<double[]> grid(Kind kind, double[] profile) {
            return IntStream.rangeClosed(0, GRID)
                    .mapToObj(i -> Arrays.stream(profile)
                            .map(part -> part * kind.most() * i / GRID)
                            .toArray())
                    .toList();
        }

        /** Within the bounds, with few decimals; a later round gets no more goods than the earlier ones left. */
        private static double[] allowed(Kind kind, double[] numbers) {
            double[] allowed = new double[numbers.length];
            double left = kind.most();
            for (int h = 0; h < numbers.length; h++) {
                double whole = kind.isOfShares() ? numbers[h] : Math.rint(numbers[h] / kind.unit()) * kind.unit();
                // rounded down: a reserve must not exceed the bid that it stands for, nor shares what there is
                double bounded = Math.max(0, Math.min(whole, left));
                allowed[h] = Math.floor(bounded * DECIMALS + 1e-3) / DECIMALS;
                left -= kind.isOfShares() ? allowed[h] : 0;
            }
            return allowed;
        }

        /** One number holds for all rounds where it is the same. */
        private static Map<String, String> options(Kind kind, double[] numbers) {
            boolean same = Arrays.stream(numbers).allMatch(x -> x == numbers[0]);
            Map<String, String> options = new TreeMap<>(kind.options()); // in an order that does not change
            options.put(
                    kind.searched(),
                    Given.list(Arrays.stream(same ? new double[] {numbers[0]} : numbers)
                            .boxed()
                            .toList()));
            return options;
        }

        /** Those at which this population can be hurried. Where nature draws, the long T is for what was found. */
        private List<Pace> paces() {
            return PACES.stream()
                    .filter(pace -> pace.hurry() == 1
                            || (base.population().solver() instanceof Algorithm.MirrorDescent descent
                                    && base.population().longSteps() / pace.hurry() >= LEAST_STEPS
                                    && descent.eta() * pace.hurry() * descent.tau() <= LARGEST_DECAY))
                    .map(pace -> pace.hurry() == 1 && draws() > 1 ? JUDGE : pace)
                    .toList();
        }

        private int draws() {
            return Integer.parseInt(Tree.flat(base).getOrDefault(DRAWS, "1"));
        }

        private Seen seen(Map<String, String> options, int hurry, int mostDraws) {
            Map<String, String> all = new LinkedHashMap<>(options);
            if (draws() > mostDraws) {
                all.put(DRAWS, Integer.toString(mostDraws));
            }
            int steps = base.population().longSteps();
            if (hurry > 1 && base.population().solver() instanceof Algorithm.MirrorDescent descent) {
                all.put("eta", Double.toString(descent.eta() * hurry));
                steps = steps / hurry;
            }
            DesignConfig config = configuration.apply(all);
            return new Seen(options, evaluate(config, config.game(), steps), tolerance);
        }

        /** As a report on a design does. */
        private static <R extends Round> Evaluation evaluate(DesignConfig config, DesignableGame<R> game, int steps) {
            try (NDManager manager = NDManager.newBaseManager(
                            Devices.named(config.computing().device()));
                    Constants constants = new Constants(manager, config.type())) {
                Scenarios<R> scenarios = game.scenarios(constants, config.seed());
                List<Evaluation> evaluations = new ArrayList<>();
                for (MeanFieldGame<R> one : scenarios.validation()) {
                    evaluations.addAll(Evaluation.along(
                            config.problem(scenarios, one, steps),
                            config.step(),
                            new NDList(),
                            List.of(steps),
                            manager,
                            config.type(),
                            null));
                }
                return Evaluation.mean(evaluations);
            } catch (DivergedException e) {
                return new Evaluation(steps, Double.NEGATIVE_INFINITY, 0, 0);
            }
        }
    }
}
