package mfg.eval.design;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import mfg.core.Constants;
import mfg.core.InvalidInputException;
import mfg.core.MeanFieldGame;
import mfg.core.Mechanism;
import mfg.core.ParameterSpec;
import mfg.core.Scenarios;
import mfg.core.Tensors;
import mfg.envs.auction.AuctionGame;
import mfg.envs.auction.BatchedAuction;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.run.Display;
import mfg.eval.run.Run;
import mfg.eval.run.RunFolder;
import mfg.nn.Snapshot;
import mfg.nn.Theta;
import org.jspecify.annotations.Nullable;

/** Where training starts: {@code --init}. */
public final class Start {

    /** The best simple mechanism. */
    public static final String BEST = "best";

    private static final String IMITATE = "imitate:";

    /** The best design in the folder of a run. */
    private static final String SNAPSHOT = "best.npz";

    private Start() {}

    /** Whether this is the name of a start, and not of a file. */
    public static boolean isNamed(String init) {
        return List.of("default", "sine", "posted-price", BEST).contains(init);
    }

    /** A start that names a file or folder, wherever it is looked for from. */
    public static String absolute(String init) {
        String word = init.startsWith(IMITATE) ? IMITATE : "";
        return word + Path.of(init.substring(word.length())).toAbsolutePath();
    }

    /** The files that a start is read from. */
    static List<Path> reads(String init) {
        if (isNamed(init)) {
            return List.of();
        }
        Path path = Path.of(init.substring(init.startsWith(IMITATE) ? IMITATE.length() : 0));
        return init.startsWith(IMITATE)
                ? List.of(path.resolve(RunFolder.CONFIG), path.resolve(SNAPSHOT))
                : List.of(path);
    }

    /**
     * Makes the initial design.
     *
     * @param manager its owner
     * @throws InvalidInputException if the start does not fit the game
     */
    public static NDList of(DesignConfig config, Scenarios<?> scenarios, NDManager manager) throws IOException {
        return of(config, scenarios, null, UnaryOperator.identity(), manager);
    }

    /** The same, where the best simple mechanisms are known, and where a file lies that the configuration names. */
    static NDList of(
            DesignConfig config,
            Scenarios<?> scenarios,
            @Nullable Yardsticks yardsticks,
            UnaryOperator<Path> found,
            NDManager manager)
            throws IOException {
        List<ParameterSpec> specs = scenarios.validation().get(0).parameters();
        String init = config.training().init();
        return switch (init) {
            case BEST -> specs.isEmpty() ? new NDList() : best(config, scenarios, yardsticks, manager);
            case "default" -> drawn(config, specs, manager);
            case "sine" -> Theta.sine(specs, manager, config.type());
            case "posted-price" -> postedPrice(config, scenarios, manager);
            default -> {
                if (init.startsWith(IMITATE)) {
                    yield like(
                            found.apply(Path.of(init.substring(IMITATE.length()))), config, scenarios, specs, manager);
                }
                Path file = found.apply(Path.of(init));
                if (!Files.isRegularFile(file)) {
                    throw new InvalidInputException(
                            "--init must be default, best, posted-price, sine, imitate:RUN or a snapshot; there is no file "
                                    + file);
                }
                yield Snapshot.load(file, specs, manager, config.type());
            }
        };
    }

    private static NDList drawn(DesignConfig config, List<ParameterSpec> specs, NDManager manager) {
        return Theta.uniform(specs, new SplittableRandom(config.seed()), manager, config.type());
    }

    private static NDList best(
            DesignConfig config, Scenarios<?> scenarios, @Nullable Yardsticks yardsticks, NDManager manager)
            throws IOException {
        AuctionGame auction = auction(config);
        Yardsticks found = yardsticks != null ? yardsticks : Yardsticks.of(config, auction, 1, Display.ALONE);
        SimpleMechanism best = found.best()
                .orElseThrow(() -> new InvalidInputException(
                        "--init best found no simple mechanism that bidders come to rest under; take --init default"));
        try (Constants constants = new Constants(manager, config.type())) {
            Mechanism model = Yardsticks.mechanism(config, best, constants);
            return imitating(config, auction, auctions(scenarios.validation()), model, new NDList(), manager);
        }
    }

    private static AuctionGame auction(DesignConfig config) {
        if (config.game() instanceof AuctionGame auction) {
            return auction;
        }
        throw new InvalidInputException("--init %s is for auctions, and not for %s"
                .formatted(config.training().init(), config.game().name()));
    }

    private static NDList postedPrice(DesignConfig config, Scenarios<?> scenarios, NDManager manager) {
        AuctionGame auction = auction(config);
        List<BatchedAuction> games = auctions(scenarios.validation());
        try (Constants constants = new Constants(manager, config.type())) {
            Mechanism seller = auction.bestPostedPrice(games, constants);
            return imitating(config, auction, games, seller, new NDList(), manager);
        }
    }

    /** The best design of a run: its parameters where both are of one shape, else an imitation. */
    private static NDList like(
            Path run, DesignConfig config, Scenarios<?> scenarios, List<ParameterSpec> specs, NDManager manager)
            throws IOException {
        DesignConfig other = Run.config(DesignKind.DESIGN, Catalogue.builtIn(), run);
        if (!(config.game() instanceof AuctionGame auction) || !(other.game() instanceof AuctionGame theirs)) {
            throw new InvalidInputException(
                    "only auctions imitate, and only auctions: %s cannot imitate a run of %s; --init %s starts from a design of the same game"
                            .formatted(config.game().name(), other.game().name(), run.resolve("best.npz")));
        }
        List<BatchedAuction> games = auctions(scenarios.validation());
        try (Constants constants = new Constants(manager, config.type())) {
            BatchedAuction game = theirs.build(constants);
            if (!game.shape().equals(games.get(0).shape())) {
                throw new InvalidInputException("%s has %d rounds and %d values, and not %d and %d as here"
                        .formatted(
                                run,
                                game.rules().rounds(),
                                game.rules().values(),
                                games.get(0).rules().rounds(),
                                games.get(0).rules().values()));
            }
            Mechanism model = game.mechanism();
            Path best = run.resolve(SNAPSHOT);
            if (!model.parameters().isEmpty() && !Files.isRegularFile(best)) {
                throw new InvalidInputException("run %s has no design yet: there is no %s".formatted(run, best));
            }
            NDList theta = model.parameters().isEmpty()
                    ? new NDList()
                    : Snapshot.load(best, model.parameters(), manager, config.type());
            boolean same = model.getClass() == games.get(0).mechanism().getClass()
                    && model.parameters().equals(specs);
            if (same) {
                return theta;
            }
            try (theta) {
                return imitating(config, auction, games, model, theta, manager);
            }
        }
    }

    private static NDList imitating(
            DesignConfig config,
            AuctionGame auction,
            List<BatchedAuction> games,
            Mechanism model,
            NDList theirs,
            NDManager manager) {
        List<ParameterSpec> specs = games.get(0).parameters();
        List<double[]> theta;
        try (NDList drawn = drawn(config, specs, manager)) {
            theta = new ArrayList<>(drawn.stream().map(Tensors::toDoubles).toList());
        }
        new Imitation(config, auction, games, manager).imitate(model, theirs, theta);
        return arrays(specs, theta, manager, config.type());
    }

    /** Parameters as arrays of the engine. */
    static NDList arrays(List<ParameterSpec> specs, List<double[]> theta, NDManager manager, DataType type) {
        NDList arrays = new NDList(specs.size());
        for (int i = 0; i < specs.size(); i++) {
            NDArray array =
                    Tensors.create(manager, type, theta.get(i), specs.get(i).shape());
            array.setName(specs.get(i).name());
            arrays.add(array);
        }
        return arrays;
    }

    /** The games of an auction. */
    public static List<BatchedAuction> auctions(List<? extends MeanFieldGame<?>> games) {
        return games.stream().map(BatchedAuction.class::cast).toList();
    }
}
