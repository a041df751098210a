package mfg.eval.design;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import mfg.core.Constants;
import mfg.core.InvalidInputException;
import mfg.core.Mechanism;
import mfg.core.PopulationFlow;
import mfg.core.Scenarios;
import mfg.core.Tensors;
import mfg.envs.auction.AuctionObjective;
import mfg.envs.auction.AuctionRound;
import mfg.envs.auction.AuctionSetting;
import mfg.envs.auction.BatchedAuction;
import mfg.envs.auction.FirstPrice;
import mfg.envs.auction.FirstPriceSchedule;
import mfg.envs.auction.PostedPrice;
import mfg.envs.auction.ReservePrice;
import mfg.envs.auction.StaticMechanism;
import mfg.envs.auction.Utility;
import mfg.envs.players.NPlayerAuction;
import mfg.envs.players.NPlayerGame;
import mfg.eval.io.Charts;
import mfg.nn.NeuralMechanism;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** The design of an auction. */
final class AuctionExperiment implements Experiment<AuctionRound>, Scenarios<AuctionRound> {

    /** Which draw serves for validation: no training iteration has this number. */
    private static final int VALIDATION = -1;

    /** Per capita: masses closer than this count as equal, an order above the rounding of float32. */
    private static final double SAME_MASS = 1e-6;

    private final AuctionSetting setting;
    private final DesignConfig config;
    private final Constants constants;
    private final Mechanism mechanism;
    private final List<BatchedAuction> validation;

    AuctionExperiment(AuctionSetting setting, DesignConfig config, Constants constants) {
        this.setting = setting;
        this.config = config;
        this.constants = constants;
        this.mechanism = mechanism();
        this.validation = draw(VALIDATION, setting.isRandom() ? config.validationDraws() : 1, constants);
    }

    private Mechanism mechanism() {
        int rounds = config.horizon();
        int bids = config.values();
        return switch (config.mechanism()) {
            case "neural" -> new NeuralMechanism(constants, rounds, bids, config.hidden());
            case "static" -> new StaticMechanism(constants, rounds, bids);
            case "first-price" -> new FirstPrice(constants, bids, shares());
            case "schedule" -> new FirstPriceSchedule(constants, rounds, bids, setting.alphaMax());
            case "reserve" -> new ReservePrice(constants, bids, perRound("--reserve", config.reserve()));
            default ->
                throw new InvalidInputException(
                        "--mechanism must be neural, static, first-price, schedule or reserve, not "
                                + config.mechanism());
        };
    }

    /** Equal shares of the most that nature may supply, unless given. */
    private double[] shares() {
        return config.shares().isEmpty()
                ? FirstPrice.equalShares(config.horizon(), setting.alphaMax())
                : perRound("--shares", config.shares());
    }

    private double[] perRound(String option, List<Double> numbers) {
        if (numbers.size() == 1) {
            double[] same = new double[config.horizon()];
            Arrays.fill(same, numbers.get(0));
            return same;
        }
        if (numbers.size() != config.horizon()) {
            throw new InvalidInputException("%s needs one number, or one for each of the %d rounds, not %d"
                    .formatted(option, config.horizon(), numbers.size()));
        }
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The draws of an iteration depend on seed and iteration alone, so a resumed run sees the same. */
    private List<BatchedAuction> draw(int iteration, int count, Constants owner) {
        long mixed = new SplittableRandom(config.seed()).nextLong(); // neighbouring seeds must not share draws
        RandomGenerator random = new SplittableRandom(mixed + iteration);
        List<BatchedAuction> games = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            games.add(setting.game(owner, config.horizon(), scenario(random), mechanism));
        }
        return games;
    }

    private AuctionSetting.Scenario scenario(RandomGenerator random) {
        AuctionSetting.Scenario scenario = setting.draw(config.values(), random);
        if (config.initialValues().isEmpty()) {
            return scenario;
        }
        if (setting.initial() == AuctionSetting.Initial.DRAWN) {
            throw new InvalidInputException(
                    "%s draws how its bidders' values are spread; --values-from is for the other auctions"
                            .formatted(setting.name()));
        }
        return new AuctionSetting.Scenario(scenario.alphaMax(), config.mu0());
    }

    @Override
    public Scenarios<AuctionRound> scenarios() {
        return this;
    }

    @Override
    public AuctionObjective objective() {
        return setting.objective();
    }

    @Override
    public boolean areFresh() {
        return setting.isRandom();
    }

    @Override
    public Batch<AuctionRound> training(int iteration) {
        if (!setting.isRandom()) {
            return new Batch<>(validation, () -> {});
        }
        Constants owner = constants.fresh();
        return new Batch<>(draw(iteration, config.draws(), owner), owner::close);
    }

    @Override
    public List<BatchedAuction> validation() {
        return validation;
    }

    /** The price that does best on average, where nature draws several games. */
    @Override
    public void postPrice(List<double[]> theta) {
        BatchedAuction game = validation.get(0);
        PostedPrice sale = PostedPrice.of(game, objective(), PostedPrice.best(validation, objective()));
        if (!mechanism.postPrice(sale.price(), sale.fractions(game.rules().alphaMax()), theta)) {
            Experiment.super.postPrice(theta);
        }
    }

    /** Myerson's, for static values and bidders who gain what they do not pay: time brings the seller nothing. */
    @Override
    public @Nullable Double bound() {
        boolean applies = setting.reentry() == 0
                && setting.drift().equals(AuctionSetting.Drift.NONE)
                && setting.utility().equals(Utility.LINEAR)
                && setting.objective().equals(AuctionObjective.REVENUE)
                && !setting.isRandom();
        return applies
                ? PostedPrice.of(validation.get(0), objective(), PostedPrice.best(validation, objective()))
                        .objective()
                : null;
    }

    @Override
    public Map<String, double[]> byRound(PopulationFlow<AuctionRound> flow) {
        double[] goods = flow.rounds().stream()
                .mapToDouble(round -> Tensors.toDouble(round.goods()))
                .toArray();
        return Map.of("goodsSold", goods);
    }

    @Override
    public Boolean noZeroDominance(PopulationFlow<AuctionRound> flow) {
        return !((BatchedAuction) flow.game()).violatesNoZeroDominance(flow.rounds(), SAME_MASS);
    }

    @Override
    public List<Table> tables(PopulationFlow<AuctionRound> flow, NDList theta) {
        Table bids = Table.create(
                "bids",
                IntColumn.create("round"),
                DoubleColumn.create("value"),
                DoubleColumn.create("meanBid"),
                DoubleColumn.create("mass"));
        Table payments = Table.create(
                "payments",
                IntColumn.create("round"),
                DoubleColumn.create("bid"),
                DoubleColumn.create("payment"),
                DoubleColumn.create("winning"),
                DoubleColumn.create("mass"));
        double[] grid = grid();
        for (int h = 0; h < flow.rounds().size(); h++) {
            AuctionRound round = flow.rounds().get(h);
            double[] policy = Tensors.toDoubles(flow.policy(h));
            double[] states = Tensors.toDoubles(flow.states(h));
            double[] payment = Tensors.toDoubles(round.payments());
            double[] winning = Tensors.toDoubles(round.winning());
            double[] mass = Tensors.toDoubles(round.bids());
            for (int s = 0; s < grid.length; s++) {
                double mean = 0;
                for (int a = 0; a < grid.length; a++) {
                    mean += policy[s * grid.length + a] * grid[a];
                }
                bids.intColumn("round").append(h);
                bids.doubleColumn("value").append(grid[s]);
                bids.doubleColumn("meanBid").append(mean);
                bids.doubleColumn("mass").append(states[s]);
                payments.intColumn("round").append(h);
                payments.doubleColumn("bid").append(grid[s]);
                payments.doubleColumn("payment").append(payment[s]);
                payments.doubleColumn("winning").append(winning[s]);
                payments.doubleColumn("mass").append(mass[s]);
            }
        }
        return List.of(bids, payments);
    }

    private double[] grid() {
        return IntStream.range(0, config.values())
                .mapToDouble(a -> (double) a / config.values())
                .toArray();
    }

    @Override
    public List<Table> given() {
        return config.initialValues().isEmpty()
                ? List.of()
                : List.of(Table.create(
                        "bidders",
                        DoubleColumn.create("value", grid()),
                        DoubleColumn.create("mass", config.mu0()),
                        DoubleColumn.create("count", config.initialValues())));
    }

    @Override
    public List<NPlayerGame> players(NDList theta, int players, NDManager manager) {
        return validation.stream()
                .<NPlayerGame>map(game -> new NPlayerAuction(game, theta, setting.objective(), players, manager))
                .toList();
    }

    @Override
    public Map<String, List<Chart<?, ?>>> charts(List<Table> before, List<Table> after) {
        Map<String, List<Chart<?, ?>>> charts = new LinkedHashMap<>();
        charts.put("bids", Charts.beforeAndAfter("Mean bid", before.get(0), after.get(0), "value", "meanBid"));
        charts.put("payments", Charts.beforeAndAfter("Payment", before.get(1), after.get(1), "bid", "payment"));
        given().forEach(bidders -> charts.put(
                bidders.name(),
                List.of(Charts.histogram(
                        "Bidders before the first round",
                        "value",
                        "mass",
                        Charts.series("mu0", bidders, "value", "mass")))));
        return charts;
    }
}
