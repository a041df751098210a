package mfg.eval.design;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mfg.core.Constants;
import mfg.core.DivergedException;
import mfg.core.GameShape;
import mfg.core.InvalidInputException;
import mfg.core.OnlineMirrorDescent;
import mfg.envs.auction.AuctionGame;
import mfg.eval.config.Given;
import mfg.eval.config.Tree;
import mfg.train.Evaluation;

/**
 * The search for the best simple mechanisms of one auction. Of each kind the numbers by round are searched, first one for all
 * rounds, then by ever shorter segments ({@link RoundSearch}); some kinds start from what was found for another. A step of mirror
 * descent that is k times as long goes about as far as k steps, so the search hurries, and only what it found is judged at the long
 * T itself. Where nature draws many auctions the search sees the first of them, and the judge all. Nothing is random.
 */
final class SimpleSearch {

    /**
     * A part of the search.
     *
     * @param hurry how many steps of the population are taken at once, if it can be hurried so far
     * @param draws how many of nature's draws are looked at
     * @param longest the longest step of the search, as a power of two below the range of the numbers
     * @param shortest the same of the shortest
     */
    private record Pass(int hurry, int draws, int longest, int shortest) {}

    /** Of the first pass, for which segments are long at first. */
    private static final int LONGEST = 2;

    /** Under first price bidders come to rest slowly, so that only the long T itself tells fine differences. */
    private static final List<Pass> SHARES = List.of(new Pass(16, 2, LONGEST, 5), new Pass(1, 2, 5, 7));

    private static final List<Pass> PRICES = List.of(new Pass(16, 2, LONGEST, 5), new Pass(16, 8, 5, 8));

    /** For kinds that are seldom the best. */
    private static final List<Pass> LITTLE = List.of(new Pass(16, 2, 4, 6));

    /** Hurried steps are at least so many, and {@code eta tau} is no more than this. */
    private static final int LEAST_STEPS = 100;

    private static final double LARGEST_DECAY = 0.2;

    /** So many at most are looked at for one in equilibrium. */
    private static final int JUDGED = 3;

    private static final int GRID = 5;

    /** More rounds than this fall into few segments. */
    private static final int FEW_ROUNDS = 8;

    private static final int FEW_SEGMENTS = 4;
    private static final String DRAWS = "validation-draws";

    /** The shortest step of shares, as a part of the supply. */
    private static final double PARTS = 256;

    private static final double DECIMALS = 1e9;
    private static final double TOLERANCE = 5e-3;
    private static final double TOLERANCE_A_ROUND = 2e-4;

    /**
     * A kind of mechanisms.
     *
     * @param options that all of them share
     * @param searched the option whose numbers by round are searched; empty for none
     * @param passes of the search
     * @param segments into how many the rounds fall in the end
     * @param most the upper bound of a number
     * @param unit the shortest step
     */
    record Kind(
            String name,
            Map<String, String> options,
            String searched,
            List<Pass> passes,
            int segments,
            double most,
            double unit) {

        /** Shares are goods, of which there is only so much. */
        boolean isOfShares() {
            return searched.equals("shares");
        }

        boolean seesBids() {
            return !options.containsValue("first-price");
        }
    }

    /** A mechanism, as options and as the numbers searched among them. */
    private record Candidate(Map<String, String> options, double[] numbers) {}

    /** What was seen of a candidate. */
    private record Seen(Candidate candidate, Evaluation evaluation, double tolerance) {

        boolean equilibrium() {
            return evaluation.exploitability() <= tolerance;
        }

        /** Less what bidders could still take back. */
        double score() {
            return evaluation.objective() - Math.max(0, evaluation.exploitability() - tolerance);
        }
    }

    private final Function<Map<String, String>, DesignConfig> configuration;
    private final DesignConfig base;
    private final GameShape shape;
    private final double supply;
    private final double tolerance;

    SimpleSearch(Function<Map<String, String>, DesignConfig> configuration) {
        this.configuration = configuration;
        this.base = configuration.apply(Map.of("mechanism", "first-price"));
        if (!(base.game() instanceof AuctionGame auction)) {
            throw new InvalidInputException(
                    "simple mechanisms are for auctions, not for " + base.game().name());
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
                base.computing());
    }

    /** Each kind of a chain starts from the numbers found for the one before. */
    List<List<Kind>> chains() {
        int n = shape.actions();
        int rounds = shape.rounds();
        int all = rounds <= FEW_ROUNDS ? rounds : FEW_SEGMENTS;
        double goods = supply / PARTS;
        double bid = 1.0 / n;
        double price = bid / 2; // off the grid of bids, too
        Map<String, String> firstPrice = Map.of("mechanism", "first-price");
        Map<String, String> reserve = Map.of("mechanism", "reserve");
        Map<String, String> posted = Map.of("mechanism", "posted-price");
        Map<String, String> uniform = Map.of("mechanism", "uniform-price");
        Map<String, String> everything = Map.of("mechanism", "uniform-price", "shares", Double.toString(supply));
        return List.of(
                List.of(new Kind(BestSimple.EQUAL_SHARES, firstPrice, "", List.of(), 0, 0, 0)),
                List.of(
                        new Kind("first price, the best shares", firstPrice, "shares", SHARES, all, supply, goods),
                        new Kind("uniform price, the best shares", uniform, "shares", LITTLE, all, supply, goods)),
                List.of(
                        new Kind("reserve price by round", reserve, "reserve", PRICES, all, 1, bid),
                        new Kind("uniform price, reserve by round", everything, "reserve", LITTLE, all, 1, bid)),
                List.of(
                        new Kind("posted price", posted, "price", PRICES, 1, 1, price),
                        new Kind("posted price by round", posted, "price", PRICES, all, 1, price)));
    }

    /** The best of each kind of a chain. */
    List<SimpleMechanism> best(List<Kind> chain, Consumer<SimpleMechanism> progress) {
        List<SimpleMechanism> found = new ArrayList<>();
        List<double[]> starts = grid(chain.get(0));
        for (Kind kind : chain) {
            List<Candidate> candidates = List.of(new Candidate(kind.options(), new double[0]));
            for (Pass pass : kind.passes()) {
                candidates = searched(kind, pass, starts);
                starts = List.of(candidates.get(0).numbers());
            }
            Seen judged = judged(candidates);
            starts = List.of(judged.candidate().numbers());
            found.add(new SimpleMechanism(
                    kind.name(),
                    judged.candidate().options(),
                    kind.seesBids(),
                    judged.evaluation().objective(),
                    judged.evaluation().exploitability(),
                    judged.equilibrium()));
            progress.accept(found.get(found.size() - 1));
        }
        return found;
    }

    /** The first that is in equilibrium at the long T; the first of all if none of the first few is. */
    private Seen judged(List<Candidate> candidates) {
        List<Seen> judged = new ArrayList<>();
        for (Candidate one : candidates.subList(0, Math.min(JUDGED, candidates.size()))) {
            Seen now = seen(one, 1, draws());
            if (now.equilibrium()) {
                return now;
            }
            judged.add(now);
        }
        return judged.get(0);
    }

    /** Searches by segments that get shorter; returns what was seen, the best first. */
    private List<Candidate> searched(Kind kind, Pass pass, List<double[]> starts) {
        List<Seen> seen = new ArrayList<>();
        RoundSearch search = new RoundSearch(
                numbers -> {
                    Seen now = seen(new Candidate(options(kind, numbers), numbers), hurry(pass.hurry()), pass.draws());
                    seen.add(now);
                    return now.score();
                },
                numbers -> allowed(kind, numbers),
                kind.isOfShares(),
                starts);
        int range = (int) (Math.log(kind.most() / kind.unit()) / Math.log(2));
        int longest = Math.max(0, range - pass.longest());
        int shortest = Math.max(0, range - pass.shortest());
        for (int segments = pass.longest() == LONGEST && !kind.isOfShares() ? 1 : kind.segments();
                segments < 2 * kind.segments();
                segments *= 2) {
            search.refine(Math.min(segments, kind.segments()), kind.unit(), longest, shortest);
        }
        seen.sort(Comparator.comparing(Seen::equilibrium)
                .thenComparingDouble(Seen::score)
                .reversed());
        return seen.stream().map(Seen::candidate).toList();
    }

    /** One number for all rounds, on a grid; goods also so that later rounds get more. */
    private List<double[]> grid(Kind kind) {
        int rounds = shape.rounds();
        double[] same = new double[rounds];
        Arrays.fill(same, kind.isOfShares() ? 1.0 / rounds : 1);
        double[] rising = new double[rounds];
        Arrays.setAll(rising, h -> 2.0 * (h + 1) / (rounds * (rounds + 1)));
        return Stream.of(same, rising)
                .limit(kind.isOfShares() ? 2 : 1)
                .flatMap(profile -> IntStream.rangeClosed(1, GRID)
                        .mapToObj(i -> Arrays.stream(profile)
                                .map(part -> part * kind.most() * i / GRID)
                                .toArray()))
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

    /** How far this population can be hurried. */
    private int hurry(int wanted) {
        if (!(base.population().solver() instanceof OnlineMirrorDescent descent)) {
            return 1;
        }
        double most = Math.min(
                (double) base.population().longSteps() / LEAST_STEPS, LARGEST_DECAY / (descent.eta() * descent.tau()));
        return (int) Math.max(1, Math.min(wanted, most));
    }

    private int draws() {
        return Integer.parseInt(Tree.flat(base).getOrDefault(DRAWS, "1"));
    }

    private Seen seen(Candidate candidate, int hurry, int mostDraws) {
        Map<String, String> all = new LinkedHashMap<>(candidate.options());
        if (draws() > mostDraws) {
            all.put(DRAWS, Integer.toString(mostDraws));
        }
        int steps = base.population().longSteps();
        if (hurry > 1 && base.population().solver() instanceof OnlineMirrorDescent descent) {
            all.put("eta", Double.toString(descent.eta() * hurry));
            steps = steps / hurry;
        }
        DesignConfig config = configuration.apply(all);
        return new Seen(candidate, evaluate(config, steps), tolerance);
    }

    /** As a report on a design does. */
    private static Evaluation evaluate(DesignConfig config, int steps) {
        try {
            return DesignWorth.after(config, steps);
        } catch (DivergedException e) {
            return new Evaluation(steps, Double.NEGATIVE_INFINITY, 0, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
