package mfg.train.ppo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

final class AdvantagesTest {

    @Property
    void advantagesAreTheSumsOfTheirDefinition(
            @ForAll @IntRange(min = 1, max = 20) int rounds,
            @ForAll @IntRange(min = 1, max = 3) int agents,
            @ForAll @DoubleRange(min = 0, max = 1) double gamma,
            @ForAll @DoubleRange(min = 0, max = 1) double lambda,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] rewards = new float[rounds * agents];
        double[] values = random.doubles(rewards.length, -5, 5).toArray();
        for (int k = 0; k < rewards.length; k++) {
            rewards[k] = random.nextFloat();
        }
        double[] advantages = Advantages.of(rewards, values, agents, gamma, lambda);
        for (int i = 0; i < agents; i++) {
            for (int h = 0; h < rounds; h++) {
                double sum = 0;
                for (int l = 0; h + l < rounds; l++) {
                    int at = (h + l) * agents + i;
                    double next = h + l + 1 < rounds ? values[at + agents] : 0;
                    sum += Math.pow(gamma * lambda, l) * (rewards[at] + gamma * next - values[at]);
                }
                assertEquals(sum, advantages[h * agents + i], 1e-6);
            }
        }
    }
}
