package mfg.train.ppo;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What was done in some places, and what came of it; all (networks, batch), last axis fastest.
 *
 * @param actions what was done
 * @param logProbabilities how likely that was
 * @param advantages how much better than expected it was
 * @param returns the advantages added to the values
 * @param values what had been expected
 */
record Samples(int[] actions, double[] logProbabilities, double[] advantages, double[] returns, double[] values) {

    int size() {
        return actions.length;
    }

    /** Those of some items, each a sample of every network: (items, networks) to (networks, batch). */
    Samples pick(int[] items, int networks) {
        int[] from = new int[items.length * networks];
        for (int k = 0; k < from.length; k++) {
            from[k] = items[k % items.length] * networks + k / items.length;
        }
        return at(from);
    }

    private Samples at(int[] places) {
        int[] chosen = new int[places.length];
        for (int k = 0; k < places.length; k++) {
            chosen[k] = actions[places[k]];
        }
        return new Samples(
                chosen, at(places, logProbabilities), at(places, advantages), at(places, returns), at(places, values));
    }

    private static double[] at(int[] places, double[] numbers) {
        double[] chosen = new double[places.length];
        for (int k = 0; k < places.length; k++) {
            chosen[k] = numbers[places[k]];
        }
        return chosen;
    }

    /** How advantages of a batch are normalized: to mean 0 and standard deviation 1. */
    record Normal(double mean, double deviation) {

        double of(double advantage) {
            return (advantage - mean) / (deviation + 1e-8);
        }
    }

    /** The mean and the standard deviation of the advantages in some places. */
    Normal normal(int[] places) {
        double mean = Arrays.stream(places).mapToDouble(k -> advantages[k]).sum() / places.length;
        double squares = Arrays.stream(places)
                .mapToDouble(k -> (advantages[k] - mean) * (advantages[k] - mean))
                .sum();
        return new Normal(mean, Math.sqrt(squares / Math.max(1, places.length - 1)));
    }

    /** With advantages normalized in each network's batch. */
    Samples normalized(int networks) {
        double[] normal = advantages.clone();
        int batch = size() / networks;
        for (int from = 0; from < normal.length; from += batch) {
            Normal of = normal(IntStream.range(from, from + batch).toArray());
            for (int k = from; k < from + batch; k++) {
                normal[k] = of.of(advantages[k]);
            }
        }
        return new Samples(actions, logProbabilities, normal, returns, values);
    }
}
