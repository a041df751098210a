package mfg.eval.counterfactual;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import mfg.core.Constants;
import mfg.core.OnlineMirrorDescent;
import mfg.core.Parallel;
import mfg.core.Streams;
import mfg.envs.auction.AuctionGame;
import mfg.envs.auction.BatchedAuction;
import mfg.envs.bids.LotSale.Outcome;
import mfg.envs.bids.ValueDistribution;
import mfg.envs.players.Actions;
import mfg.envs.players.Draws;
import mfg.envs.players.NPlayerAuction;
import mfg.eval.bids.LogMarket.Estimate;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import mfg.eval.counterfactual.LearnedPlays.Size;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.DesignKind;
import mfg.eval.design.DesignResult;
import mfg.eval.design.DesignWorth;
import mfg.eval.design.SimpleMechanism;
import mfg.eval.design.Yardsticks;
import mfg.eval.io.Steps;
import mfg.eval.run.Context;
import mfg.eval.run.Run;
import mfg.eval.view.Charts;
import mfg.nn.Snapshot;

/**
 * A mechanism that is learned for a mean field of bidders like those of a log, with as many lots for each bidder as all its auctions have
 * together; and what it does among the bidders of each auction, who learn it by playing among themselves. Their values are rounded to a
 * grid.
 */
final class LearnedSale {

    /** Bidders of so many sizes learn; others do as those do who are most alike. */
    private static final int SIZES = 12;

    /** So often bidders change what they do, after so many plays each time. */
    private static final int STEPS = 400;

    private static final int STEP_PLAYS = 40;

    private final CounterfactualConfig config;
    private final Context context;
    private final Estimate log;
    private final double supply;

    /** What the value 1 is in money. */
    private final double unit;

    private final DesignConfig trained;
    private final List<Bidders> known = new ArrayList<>();

    /** What bidders of a size have learned, (H, S, A). */
    private record Bidders(Size size, double[] policy) {}

    /**
     * What the mechanism and its rivals are worth in a mean field, in money over all auctions of the log.
     *
     * @param learned what was learned
     * @param simple the best simple mechanism
     * @param firstPrice first price with equal shares
     */
    record MeanField(double learned, double simple, double firstPrice) {}

    LearnedSale(CounterfactualConfig config, Context context, Estimate log) {
        this.config = config;
        this.context = context;
        this.log = log;
        this.supply = log.lots() / log.bidders();
        int n = config.design().values();
        // the top of the grid is (n - 1) / n
        this.unit = log.values().quantile(config.design().top()) * n / (n - 1);
        this.trained = design(Map.of("initial-values", masses(log.values())));
    }

    private DesignConfig design(Map<String, String> more) {
        Map<String, String> options = config.design(supply);
        options.putAll(more);
        return Binder.bind(Catalogue.builtIn(), DesignConfig.KIND, Given.options(options));
    }

    /** Each value counts at the point of the grid that is nearest, what is above all of them at the last. */
    private String masses(ValueDistribution values) {
        int n = config.design().values();
        List<Double> masses = IntStream.range(0, n)
                .mapToObj(a -> (a == n - 1 ? 1 : values.cumulative(unit * (a + 0.5) / n))
                        - (a == 0 ? 0 : values.cumulative(unit * (a - 0.5) / n)))
                .toList();
        return Given.list(masses);
    }

    /** What the value 1 is in money. */
    double unit() {
        return unit;
    }

    /** What a mean field's objective, which is for each bidder, is in money over all auctions. */
    double money(double objective) {
        return unit * log.weightedBidders() * objective;
    }

    /**
     * Trains the mechanism, goes on with its training, or reads what came of it.
     *
     * @param folder the design's own
     */
    DesignResult train(Path folder) throws IOException {
        return Run.at(DesignKind.DESIGN, trained, Catalogue.builtIn(), null, folder, context);
    }

    /**
     * What mechanisms are worth among bidders without end, of whom as many lots come on each as in the whole log.
     *
     * @param estimate of their values
     * @param design the file of what was learned
     * @param yardsticks what was found beside it
     */
    MeanField meanField(Estimate estimate, Path design, Yardsticks yardsticks) {
        String masses = masses(estimate.values());
        SimpleMechanism best = yardsticks.best().orElse(yardsticks.firstPrice());
        List<Double> worth = Parallel.map(
                List.of(
                        Map.of("init", design.toString()),
                        best.options(),
                        yardsticks.firstPrice().options()),
                context.threads(),
                mechanism -> money(worth(masses, mechanism)));
        return new MeanField(worth.get(0), worth.get(1), worth.get(2));
    }

    /** The objective of a mechanism at the long T. */
    double worth(Map<String, String> mechanism) {
        return worth(masses(log.values()), mechanism);
    }

    /** Uniform price without a reserve, for all lots. */
    Map<String, String> uniformPrice() {
        return Map.of(
                "mechanism",
                "uniform-price",
                "shares",
                Double.toString(supply / config.design().rounds()));
    }

    private double worth(String masses, Map<String, String> mechanism) {
        Map<String, String> options = new HashMap<>(mechanism);
        options.put("initial-values", masses);
        try {
            DesignConfig field = design(options);
            return DesignWorth.after(field, field.population().longSteps()).objective();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Plays the mechanism in auctions of all sizes that there are. Bidders of each value bid as they have learned by the log.
     *
     * @param estimate of bidders' values
     * @param design the file of what was learned
     * @param count how many plays for each size
     * @param seed of these
     */
    LearnedPlays play(Estimate estimate, Path design, int count, long seed) {
        List<Bidders> known = bidders(design);
        String masses = masses(estimate.values());
        List<Size> sizes = estimate.places().stream().map(Size::of).distinct().toList();
        List<Outcome[]> outcomes = Parallel.map(
                sizes,
                context.threads(),
                size -> seated(masses, design, size, auction -> {
                    Actions policy = Actions.tabular(auction.shape(), like(known, size));
                    return plays(auction.sales(policy), count, Streams.seed(seed, size.toString()));
                }));
        Map<Size, Outcome[]> all = new HashMap<>();
        for (int i = 0; i < sizes.size(); i++) {
            all.put(sizes.get(i), outcomes.get(i));
        }
        return new LearnedPlays(estimate.places(), all);
    }

    private Outcome[] plays(LongFunction<NPlayerAuction.Sales> sales, int count, long seed) {
        return LongStream.range(0, count)
                .map(play -> Draws.at(seed, play))
                .mapToObj(sales)
                .map(sold -> new Outcome(unit * sold.revenue(), unit * sold.worth(), sold.sold()))
                .toArray(Outcome[]::new);
    }

    /** What those learned who are most alike in lots for each bidder, and then in number. */
    private static double[] like(List<Bidders> known, Size size) {
        return known.stream()
                .min(Comparator.<Bidders>comparingDouble(
                                other -> Math.abs(Math.log(other.size().supply() / size.supply())))
                        .thenComparingInt(other -> Math.abs(other.size().bidders() - size.bidders())))
                .orElseThrow()
                .policy();
    }

    /** Of some sizes, evenly spaced among the auctions of the log: first a mean field of their supply learns, then they by themselves. */
    private synchronized List<Bidders> bidders(Path design) {
        if (known.isEmpty()) {
            String masses = masses(log.values());
            List<Size> all = log.places().stream()
                    .map(Size::of)
                    .sorted(Comparator.comparingDouble(Size::supply).thenComparingInt(Size::bidders))
                    .toList();
            List<Size> some = Arrays.stream(Charts.evenly(all.size(), SIZES))
                    .mapToObj(all::get)
                    .distinct()
                    .toList();
            AtomicInteger done = new AtomicInteger();
            try (Steps progress = context.display().part("bidders learn the mechanism", some.size())) {
                known.addAll(Parallel.map(some, context.threads(), size -> {
                    Bidders learned = new Bidders(size, seated(masses, design, size, this::learned));
                    synchronized (progress) {
                        progress.step(done.incrementAndGet(), size.bidders() + " bidders");
                    }
                    return learned;
                }));
            }
        }
        return known;
    }

    private double[] learned(NPlayerAuction auction) {
        OnlineMirrorDescent solver = (OnlineMirrorDescent) trained.solver(); // as auctions have it
        int states = auction.shape().states();
        double[] even =
                new double[auction.shape().rounds() * states * auction.shape().actions()];
        Arrays.fill(even, 1.0 / auction.shape().actions());
        return auction.learned(
                even,
                new NPlayerAuction.Learning(
                        STEPS, STEP_PLAYS, solver.eta(), solver.tau(), Streams.seed(config.seed(), "bidders")));
    }

    /** Seats bidders for something. */
    private <T> T seated(String masses, Path file, Size size, Function<NPlayerAuction, T> work) {
        AuctionGame game =
                (AuctionGame) design(Map.of("supply", Double.toString(size.supply()), "initial-values", masses))
                        .game();
        try (NDManager manager = NDManager.newBaseManager();
                Constants constants = new Constants(manager, DataType.FLOAT64)) {
            BatchedAuction field = game.build(constants);
            NDList theta = Snapshot.load(file, field.parameters(), manager, DataType.FLOAT64);
            return work.apply((NPlayerAuction) game.seat(field, theta, size.bidders(), manager));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
