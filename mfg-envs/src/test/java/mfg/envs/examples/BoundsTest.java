package mfg.envs.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import mfg.core.KernelRound;
import mfg.core.MeanFieldGame;
import mfg.core.Tensors;
import mfg.core.catalogue.Game;
import mfg.envs.Bench;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No reward is beyond what an example tells MF-OMO, but in MFGLib's beach bar, whose bound is MFGLib's. */
class BoundsTest {

    private static List<Example> examples() {
        return ServiceLoader.load(Game.class).stream()
                .filter(game -> Example.class.isAssignableFrom(game.type()))
                .filter(game -> game.type() != MfglibBeachBar.Entry.class)
                .map(game -> (Example) game.get())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void rewardsAreWithinTheBound(Example example) {
        SplittableRandom random = new SplittableRandom(5);
        try (Bench bench = new Bench()) {
            MeanFieldGame<KernelRound> game = example.build(bench.constants);
            int places = game.shape().states() * game.shape().actions();
            double mass = Math.rint(Arrays.stream(game.initialStates()).sum());
            for (int trial = 0; trial < 40; trial++) {
                double[] flow = new double[places];
                int crowds = 1 + random.nextInt(trial < 20 ? 1 : places);
                for (int i = 0; i < crowds; i++) {
                    flow[random.nextInt(places)] += mass / crowds;
                }
                NDArray population = Tensors.create(
                        bench.manager,
                        bench.type,
                        flow,
                        new Shape(game.shape().states(), game.shape().actions()));
                int h = random.nextInt(game.shape().rounds());
                double[] reward = Tensors.toDoubles(
                        game.round(h, population, null, Bench.NO_THETA).reward());
                double most = Arrays.stream(reward).map(Math::abs).max().orElseThrow();
                assertTrue(most <= example.bound(), "%s > %s".formatted(most, example.bound()));
            }
        }
    }
}
