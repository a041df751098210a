package mfg.envs.auction;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import mfg.core.Constants;
import mfg.core.InvalidInputException;
import mfg.core.MeanFieldGame;
import mfg.core.Mechanism;
import mfg.core.PopulationFlow;
import mfg.core.Scenarios;
import mfg.core.Tensors;
import mfg.core.catalogue.MechanismFamily;
import mfg.core.catalogue.Parameter;
import mfg.envs.players.NPlayerAuction;
import mfg.envs.players.NPlayerGame;
import mfg.envs.players.PlayedGame;
import org.jspecify.annotations.Nullable;

/** A benchmark auction as commands know it; {@link Auctions} has all ten. */
public abstract class AuctionGame implements PlayedGame<AuctionRound> {

    /** Which draw serves for validation: no training iteration has this number. */
    private static final int VALIDATION = -1;

    private final AuctionSetting setting;

    @Parameter(about = "values and bids", min = 2, max = 1e6)
    int values = 100;

    @Parameter(about = "rounds", min = 1, max = 1e6)
    int horizon;

    @Parameter(about = "how goods are offered and paid for", value = "neural")
    @SuppressWarnings("NullAway.Init") // set with the other parameters
    MechanismFamily mechanism;

    @Parameter(about = "how many bidders have each value; none for the setting's own spread", min = 0)
    List<Double> initialValues = List.of();

    @Parameter(about = "where these bidders come from, in a line")
    String valuesFrom = "";

    AuctionGame(AuctionSetting setting) {
        this.setting = setting;
        this.horizon = setting.rounds();
    }

    /**
     * Returns the auction as data.
     *
     * @return the setting, whose sizes are those of the paper
     */
    public AuctionSetting setting() {
        return setting;
    }

    /**
     * Returns the number of values.
     *
     * @return as many as bids
     */
    public int values() {
        return values;
    }

    /**
     * Returns where bidders come from that are not the setting's own.
     *
     * @return one line; empty for the setting's own
     */
    public String valuesFrom() {
        return valuesFrom;
    }

    /**
     * Returns how many bidders have each value, where that was given.
     *
     * @return one number a value, not negative; none for the setting's own spread
     */
    public List<Double> bidders() {
        return initialValues;
    }

    /**
     * Returns the values and bids.
     *
     * @return {@code 0, 1/n, .., (n-1)/n}
     */
    public double[] grid() {
        return IntStream.range(0, values).mapToDouble(a -> (double) a / values).toArray();
    }

    @Override
    public String about() {
        return setting().about();
    }

    @Override
    public String source() {
        return "AMID Sec. 5";
    }

    @Override
    public String stateWord() {
        return "value";
    }

    @Override
    public Map<String, String> defaults() {
        return Map.of(
                "eta", "10",
                "tau", "0.001",
                "solve.iterations", "500",
                "init", "best",
                "inner-steps", "400",
                "validation-steps", "2000",
                "design.iterations", "200",
                "stretch", "30",
                "lr", "1e-4",
                "learn.mechanism", "first-price");
    }

    @Override
    public Map<String, String> paper() {
        return Map.of("inner-steps", "400", "validation-steps", "500", "iterations", "1000", "lr", "3e-4");
    }

    @Override
    public AuctionObjective objective() {
        return setting().objective();
    }

    /** The first of the validation games. */
    @Override
    public BatchedAuction build(Constants constants) {
        return draw(VALIDATION, 1, 1, constants, mechanism(constants)).get(0);
    }

    private Mechanism mechanism(Constants constants) {
        return mechanism.build(constants, horizon, values, setting().alphaMax());
    }

    /** The seed of the games that designs are compared on: the same for all runs, so that their designs can be compared, too. */
    long validationSeed() {
        return 1;
    }

    /** How many games training sees in an iteration, and validation each time; one where nature draws nothing. */
    int draws(boolean validation) {
        return 1;
    }

    @Override
    public Scenarios<AuctionRound> scenarios(Constants constants, long seed) {
        Mechanism auctioneer = mechanism(constants);
        List<BatchedAuction> validation = draw(VALIDATION, draws(true), validationSeed(), constants, auctioneer);
        return new Scenarios<>() {
            @Override
            public AuctionObjective objective() {
                return AuctionGame.this.objective();
            }

            @Override
            public boolean areFresh() {
                return setting().isRandom();
            }

            @Override
            public Batch<AuctionRound> training(int iteration) {
                if (!setting().isRandom()) {
                    return new Batch<>(validation, () -> {});
                }
                Constants owner = constants.fresh();
                return new Batch<>(draw(iteration, draws(false), seed, owner, auctioneer), owner::close);
            }

            @Override
            public List<BatchedAuction> validation() {
                return validation;
            }
        };
    }

    /** The draws of an iteration depend on seed and iteration alone, so a resumed run sees the same. */
    private List<BatchedAuction> draw(int iteration, int count, long seed, Constants owner, Mechanism auctioneer) {
        long mixed = new SplittableRandom(seed).nextLong(); // neighbouring seeds must not share draws
        RandomGenerator random = new SplittableRandom(mixed + iteration);
        List<BatchedAuction> games = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            games.add(setting().game(owner, horizon, scenario(random), auctioneer));
        }
        return games;
    }

    private AuctionSetting.Scenario scenario(RandomGenerator random) {
        AuctionSetting.Scenario scenario = setting().draw(values, random);
        double[] given = mu0();
        if (given == null) {
            return scenario;
        }
        if (setting().initial() == AuctionSetting.Initial.DRAWN) {
            throw new InvalidInputException(
                    "%s draws how its bidders' values are spread; bidders are given to the others"
                            .formatted(setting().name()));
        }
        return new AuctionSetting.Scenario(scenario.alphaMax(), given);
    }

    /**
     * Returns how given bidders' values are spread.
     *
     * @return the share of each value; null for the setting's own spread
     * @throws InvalidInputException if there is not a number for each value, or none is above 0
     */
    public double @Nullable [] mu0() {
        if (initialValues.isEmpty()) {
            return null;
        }
        double bidders = initialValues.stream().mapToDouble(x -> x).sum();
        if (initialValues.size() != values || !(bidders > 0 && bidders < Double.POSITIVE_INFINITY)) {
            throw new InvalidInputException(
                    "initialValues must be %d numbers, not negative and not all 0".formatted(values));
        }
        return initialValues.stream().mapToDouble(x -> x / bidders).toArray();
    }

    @Override
    public NPlayerGame seat(MeanFieldGame<AuctionRound> game, NDList theta, int players, NDManager manager) {
        return new NPlayerAuction((BatchedAuction) game, theta, objective(), players, manager);
    }

    @Override
    public Map<String, double[]> byRound(PopulationFlow<AuctionRound> flow) {
        double[] goods = new double[horizon];
        Arrays.setAll(goods, h -> Tensors.toDouble(flow.rounds().get(h).goods()));
        return Map.of("goodsSold", goods);
    }

    /**
     * Makes the auctioneer who posts the price that does best on average over games.
     *
     * @param games at least one
     * @param constants makes and owns the auctioneer's
     * @return the auctioneer
     */
    public Mechanism bestPostedPrice(List<BatchedAuction> games, Constants constants) {
        double[] prices = new double[horizon];
        Arrays.fill(prices, PostedPrice.best(games, objective()));
        return new PostedPriceMechanism(constants, values, prices);
    }

    /**
     * Returns what no mechanism earns more than in an exact equilibrium, on average over games (docs/bounds.md). In the game with
     * entropy bidders err a little, so a design may earn some thousandths more.
     *
     * @param games the validation games, at least one
     * @return the bound; not a number where none is known
     */
    public double bound(List<BatchedAuction> games) {
        return games.stream()
                .mapToDouble(game -> EarningsBound.of(game, objective()))
                .average()
                .orElseThrow();
    }
}
