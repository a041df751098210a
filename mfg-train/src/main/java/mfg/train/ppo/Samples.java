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

    /** Those from one place to another. */
    Samples range(int from, int to) {
        return at(IntStream.range(from, to).toArray());
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

    /** With advantages of mean 0 and standard deviation 1 in each network's batch. */
    Samples normalized(int networks) {
        double[] normal = advantages.clone();
        int batch = size() / networks;
        for (int from = 0; from < normal.length; from += batch) {
            double[] one = Arrays.copyOfRange(advantages, from, from + batch);
            double mean = Arrays.stream(one).average().orElseThrow();
            double squares =
                    Arrays.stream(one).map(x -> (x - mean) * (x - mean)).sum();
            double deviation = Math.sqrt(squares / Math.max(1, batch - 1));
            for (int k = from; k < from + batch; k++) {
                normal[k] = (advantages[k] - mean) / (deviation + 1e-8);
            }
        }
        return new Samples(actions, logProbabilities, normal, returns, values);
    }
}
