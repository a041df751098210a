package mfg.eval.design;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import mfg.core.InvalidInputException;
import mfg.core.MeanFieldGame;
import mfg.core.ParameterSpec;
import mfg.core.Scenarios;
import mfg.core.Tensors;
import mfg.envs.auction.AuctionGame;
import mfg.envs.auction.BatchedAuction;
import mfg.nn.Snapshot;
import mfg.nn.Theta;

/** Where training starts: {@code --init}. */
public final class Start {

    private Start() {}

    /** Whether this is the name of a start, and not of a file. */
    public static boolean isNamed(String init) {
        return List.of("default", "sine", "posted-price").contains(init);
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
        List<double[]> theta;
        try (NDList drawn = drawn(config, specs, manager)) {
            theta = drawn.stream().map(Tensors::toDoubles).toList();
        }
        boolean posted = config.game() instanceof AuctionGame auction
                && auction.postPrice(auctions(scenarios.validation()), theta);
        if (!posted) {
            throw new InvalidInputException(
                    "--init posted-price is for auctions with a mechanism that can post a price, such as neural or static");
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
