package mfg.eval.design;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import mfg.core.Constants;
import mfg.core.InvalidInputException;
import mfg.core.MeanFieldGame;
import mfg.core.Mechanism;
import mfg.core.ParameterSpec;
import mfg.core.Scenarios;
import mfg.core.Tensors;
import mfg.core.Terms;
import mfg.envs.auction.AuctionGame;
import mfg.envs.auction.BatchedAuction;
import mfg.envs.auction.TermsMechanism;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.run.Run;
import mfg.nn.Snapshot;
import mfg.nn.Theta;

/** Where training starts: {@code --init}. */
public final class Start {

    private static final String IMITATE = "imitate:";

    private Start() {}

    /** Whether this is the name of a start, and not of a file. */
    public static boolean isNamed(String init) {
        return List.of("default", "sine", "posted-price").contains(init);
    }

    /** A start that names a file or folder, wherever it is looked for from. */
    public static String absolute(String init) {
        String word = init.startsWith(IMITATE) ? IMITATE : "";
        return word + Path.of(init.substring(word.length())).toAbsolutePath();
    }

    /**
     * Makes the initial design.
     *
     * @param manager its owner
     * @throws InvalidInputException if the start does not fit the game
     */
    public static NDList of(DesignConfig config, Scenarios<?> scenarios, NDManager manager) throws IOException {
        List<ParameterSpec> specs = scenarios.validation().get(0).parameters();
        String init = config.training().init();
        return switch (init) {
            case "default" -> drawn(config, specs, manager);
            case "sine" -> Theta.sine(specs, manager, config.type());
            case "posted-price" -> postedPrice(config, scenarios, specs, manager);
            default -> {
                if (init.startsWith(IMITATE)) {
                    yield imitated(config, Path.of(init.substring(IMITATE.length())), scenarios, specs, manager);
                }
                Path file = Path.of(init);
                if (!Files.isRegularFile(file)) {
                    throw new InvalidInputException(
                            "--init must be default, posted-price, sine or a snapshot; there is no file " + file);
                }
                yield Snapshot.load(file, specs, manager, config.type());
            }
        };
    }

    private static NDList drawn(DesignConfig config, List<ParameterSpec> specs, NDManager manager) {
        return Theta.uniform(specs, new SplittableRandom(config.seed()), manager, config.type());
    }

    private static NDList postedPrice(
            DesignConfig config, Scenarios<?> scenarios, List<ParameterSpec> specs, NDManager manager) {
        if (!(config.game() instanceof AuctionGame auction)) {
            throw new InvalidInputException("--init posted-price is for auctions, and not for "
                    + config.game().name());
        }
        List<BatchedAuction> games = auctions(scenarios.validation());
        Terms terms = auction.bestPostedPrice(games);
        try (Constants constants = new Constants(manager, config.type())) {
            Mechanism seller = new TermsMechanism(constants, terms);
            return imitating(config, auction, games, seller, specs, manager);
        }
    }

    /** A run of which only the terms count. */
    private static NDList imitated(
            DesignConfig config, Path run, Scenarios<?> scenarios, List<ParameterSpec> specs, NDManager manager)
            throws IOException {
        DesignConfig other = Run.config(DesignKind.DESIGN, Catalogue.builtIn(), run);
        if (!(config.game() instanceof AuctionGame auction) || !(other.game() instanceof AuctionGame theirs)) {
            throw new InvalidInputException("--init imitate: is for auctions that imitate auctions");
        }
        List<BatchedAuction> games = auctions(scenarios.validation());
        try (Constants constants = new Constants(manager, config.type())) {
            return imitating(config, auction, games, theirs.build(constants).mechanism(), specs, manager);
        }
    }

    private static NDList imitating(
            DesignConfig config,
            AuctionGame auction,
            List<BatchedAuction> games,
            Mechanism model,
            List<ParameterSpec> specs,
            NDManager manager) {
        List<double[]> theta;
        try (NDList drawn = drawn(config, specs, manager)) {
            theta = drawn.stream().map(Tensors::toDoubles).toList();
        }
        Terms terms = java.util.Objects.requireNonNull(model.terms());
        List<Terms.Sale> sales = new Imitation(config, auction, games, manager).sales(model, terms);
        if (!games.get(0).mechanism().imitate(terms, sales, theta)) {
            throw new InvalidInputException("this mechanism cannot imitate another; neural and static can");
        }
        NDList start = new NDList(specs.size());
        for (int i = 0; i < specs.size(); i++) {
            NDArray array = Tensors.create(
                    manager, config.type(), theta.get(i), specs.get(i).shape());
            array.setName(specs.get(i).name());
            start.add(array);
        }
        return start;
    }

    /** The games of an auction. */
    public static List<BatchedAuction> auctions(List<? extends MeanFieldGame<?>> games) {
        return games.stream().map(BatchedAuction.class::cast).toList();
    }
}
