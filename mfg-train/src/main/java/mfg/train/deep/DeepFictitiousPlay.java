package mfg.train.deep;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.google.auto.service.AutoService;
import mfg.core.Algorithm;
import mfg.core.BestResponse;
import mfg.core.Iteration;
import mfg.core.MeanFieldGame;
import mfg.core.MirrorMap;
import mfg.core.Policy;
import mfg.core.PopulationFlow;
import mfg.core.Tensors;
import mfg.core.catalogue.Named;

/**
 * Average-network fictitious play (after Lauriere et al. 2022): {@link mfg.core.FictitiousPlay} whose averaged policy is a network,
 * a classifier of what to do where. In step k it is fit to {@code (k mu pi + mu_b b) / (k mu + mu_b)}, the mixture of its own
 * policy pi and the best response b by the masses of those who play them, and each round and state weighs as many as are there. So
 * the network is all that is remembered of earlier responses. There the response is learned from samples, too; here it is that of
 * the model in the flow.
 *
 * @param options how the network learns
 */
@Named("deep-fictitious-play")
@AutoService(Algorithm.class)
public record DeepFictitiousPlay(DeepOptions options) implements Algorithm {

    /** As commands have it. */
    public DeepFictitiousPlay() {
        this(new DeepOptions());
    }

    @Override
    public Iteration iteration(MeanFieldGame<?> game, NDList theta, NDManager manager, DataType type, long seed) {
        return new DeepIteration(
                game, theta, (logits, flows, k) -> lesson(game, logits, flows, k), options, manager, type, seed);
    }

    private static Lesson lesson(MeanFieldGame<?> game, NDArray logits, Lesson.Flows flows, int k) {
        PopulationFlow<?> population = flows.of(MirrorMap.ENTROPY.policy(logits));
        NDArray earlier = population.stacked();
        NDArray latest = flows.of(BestResponse.plain(population).policy()).stacked();
        NDArray mixed = earlier.add(Tensors.times(latest.sub(earlier), 1.0 / (k + 1)));
        return new Lesson(
                Policy.shownBy(game, mixed).probabilities(),
                Tensors.times(mixed.sum(new int[] {-1}), game.shape().states()));
    }
}
