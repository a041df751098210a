package mfg.train.ppo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RewardScaleTest {

    private static final int AGENTS = 7;
    private static final int ROUNDS = 11;

    /** Of all discounted sums of several episodes at once. */
    @Test
    void isTheDeviationOfAllSums() {
        SplittableRandom random = new SplittableRandom(1);
        RewardScale scale = RewardScale.START;
        List<Double> sums = new ArrayList<>();
        for (int episode = 0; episode < 4; episode++) {
            float[] rewards = new float[ROUNDS * AGENTS];
            for (int k = 0; k < rewards.length; k++) {
                rewards[k] = (float) random.nextDouble(episode, 3 + episode);
            }
            for (int agent = 0; agent < AGENTS; agent++) {
                double sum = 0;
                for (int h = 0; h < ROUNDS; h++) {
                    sum = 0.9 * sum + rewards[h * AGENTS + agent];
                    sums.add(sum);
                }
            }
            scale = scale.seen(rewards, AGENTS, 0.9);
        }
        double mean = sums.stream().mapToDouble(x -> x).average().orElseThrow();
        double variance = sums.stream()
                .mapToDouble(x -> (x - mean) * (x - mean))
                .average()
                .orElseThrow();
        assertEquals(sums.size(), scale.count());
        assertEquals(mean, scale.mean(), 1e-5 * mean);
        assertEquals(Math.sqrt(variance), scale.deviation(), 1e-5 * Math.sqrt(variance));
    }
}
