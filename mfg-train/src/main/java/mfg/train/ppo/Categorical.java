package mfg.train.ppo;

/** The distribution over actions that logits stand for; one object is used over and over. */
final class Categorical {

    private final double[] probabilities;
    private final double[] logs;

    Categorical(int actions) {
        probabilities = new double[actions];
        logs = new double[actions];
    }

    /** Reads logits; returns the entropy. */
    double read(double[] logits, int at) {
        double top = Double.NEGATIVE_INFINITY;
        for (int a = 0; a < logs.length; a++) {
            top = Math.max(top, logits[at + a]);
        }
        double sum = 0;
        for (int a = 0; a < logs.length; a++) {
            probabilities[a] = Math.exp(logits[at + a] - top);
            sum += probabilities[a];
        }
        double norm = top + Math.log(sum);
        double entropy = 0;
        for (int a = 0; a < logs.length; a++) {
            probabilities[a] /= sum;
            logs[a] = logits[at + a] - norm;
            entropy -= probabilities[a] * logs[a];
        }
        return entropy;
    }

    double probability(int action) {
        return probabilities[action];
    }

    double log(int action) {
        return logs[action];
    }

    /** The action at a quantile in [0, 1). */
    int draw(double quantile) {
        int action = 0;
        double below = probabilities[0];
        while (action < probabilities.length - 1 && quantile >= below) {
            action++;
            below += probabilities[action];
        }
        return action;
    }
}
