package mfg.eval.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import mfg.core.Constants;
import mfg.core.MeanFieldGame;
import mfg.core.Policy;
import mfg.core.PopulationFlow;
import mfg.core.Tensors;
import mfg.envs.auction.AuctionGame;
import mfg.envs.auction.AuctionRound;
import mfg.eval.Cli;
import mfg.eval.Runs;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NoZeroDominanceTest {

    @TempDir
    private Path folder;

    /** Of four values, two bid 3/4 and two bid 0: half of the mass is above bids that nobody makes. */
    @ParameterizedTest
    @CsvSource({"0.4, true", "0.499, true", "0.5, false", "0.5000001, false", "0.501, true"})
    void itDependsOnTheGoods(String share, boolean holds) {
        DesignConfig config = Binder.bind(
                Catalogue.builtIn(),
                DesignConfig.KIND,
                Given.options(Map.of(
                        "game", "A1", "values", "4", "horizon", "1", "mechanism", "first-price", "shares", share)));
        AuctionGame game = (AuctionGame) config.game();
        double[] policy = new double[5 * 4];
        for (int state = 0; state < 5; state++) {
            policy[state * 4 + (state == 2 || state == 3 ? 3 : 0)] = 1;
        }
        try (NDManager manager = NDManager.newBaseManager();
                Constants constants = new Constants(manager, DataType.FLOAT64)) {
            MeanFieldGame<AuctionRound> auction =
                    game.scenarios(constants, 1).validation().get(0);
            NDArray rows = Tensors.create(manager, DataType.FLOAT64, policy, new Shape(1, 5, 4));
            assertEquals(
                    holds,
                    new AuctionView(game).noZeroDominance(PopulationFlow.of(auction, Policy.of(rows), new NDList())));
        }
    }

    @Test
    void itIsInTheReportOfAuctions() throws IOException {
        Path auction = folder.resolve("auction");
        JsonNode reported =
                Cli.design("A3", auction, "--validation-draws", "2").json().get("noZeroDominance");
        assertTrue(reported.isBoolean(), reported.toString());
        assertEquals(reported, Runs.result(auction).get("noZeroDominance"));
        assertTrue(Cli.run("design", "--resume", auction.toString()).out().contains("no zero-dominance"));
        Path beach = folder.resolve("beach");
        assertTrue(Cli.design("beach-bar", beach).json().get("noZeroDominance").isNull());
    }
}
