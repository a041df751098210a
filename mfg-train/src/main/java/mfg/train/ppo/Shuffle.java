package mfg.train.ppo;

import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Sampler;
import java.util.Arrays;
import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Goes through samples in an order that a seed decides; the engine's own sampler has a source that nobody can seed. */
record Shuffle(long seed) implements Sampler.SubSampler {

    @Override
    public Iterator<Long> sample(RandomAccessDataset dataset) {
        return Arrays.stream(order(Math.toIntExact(dataset.size())))
                .asLongStream()
                .iterator();
    }

    /** The order of n samples. */
    int[] order(int n) {
        int[] order = IntStream.range(0, n).toArray();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
