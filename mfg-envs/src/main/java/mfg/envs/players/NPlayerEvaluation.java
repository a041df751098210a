package mfg.envs.players;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import mfg.core.InvalidInputException;
import mfg.core.Parallel;
import mfg.core.Streams;

/**
 * What a policy is worth among N players, and how far that is from what the mean field predicts: both gaps below fall as {@code
 * O(1/sqrt(N))} (AMID Thm. 1 and 2).
 *
 * @param players N
 * @param repetitions the number of plays R
 * @param objective the mean objective, per capita
 * @param standardError its standard error, given what nature drew
 * @param meanFieldObjective the prediction
 * @param bias {@code objective - meanFieldObjective}
 * @param deviation the mean of {@code |objective of a play - its prediction|}
 * @param reward what a player earns on average over players and plays
 * @param exploitability how much more one player earns with its best response, on average over R pairs of further plays that
 *     differ in nothing else. The response knows the round and the player's own state, and was found from other plays, so up to
 *     noise this is a lower bound of what there is to gain
 * @param exploitabilityError its standard error, rather too large: first players start evenly spread
 */
public record NPlayerEvaluation(
        int players,
        int repetitions,
        double objective,
        double standardError,
        double meanFieldObjective,
        double bias,
        double deviation,
        double reward,
        double exploitability,
        double exploitabilityError) {

    /** Plays are done in so many parts, whatever the number of threads. */
    private static final int PARTS = 64;

    /**
     * What the mean field says of a game.
     *
     * @param game the game of N players
     * @param policy the policy of the mean field's population
     * @param objective the mean field's objective
     */
    public record Prediction(NPlayerGame game, Actions policy, double objective) {}

    /**
     * How to evaluate.
     *
     * @param repetitions R, at least 1
     * @param seed decides all that is random
     * @param threads how many plays at a time, at least 1; changes no number
     */
    public record Plan(int repetitions, long seed, int threads) {

        /**
         * Checks the numbers.
         *
         * @throws InvalidInputException if one is below 1
         */
        public Plan {
            if (repetitions < 1 || threads < 1) {
                throw new InvalidInputException("an evaluation needs at least 1 repetition and 1 thread, not %d and %d"
                        .formatted(repetitions, threads));
            }
        }

        /** Every play of an evaluation is done for its own sake, then once more for each of a pair. */
        public int plays() {
            return 3 * repetitions;
        }
    }

    /** Repetitions {@code from} to {@code to} of the {@code of} that are of one prediction. */
    private record Part(int prediction, int from, int to, int of) {

        int size() {
            return to - from;
        }
    }

    /** What was seen in a part: the error of the prediction in each play, the sum of rewards, and what a player faced. */
    private record Seen(double[] errors, double rewards, double[] experience) {}

    /** Mean and standard error. */
    private record Mean(double mean, double error) {

        static Mean of(double[] numbers) {
            double mean = Arrays.stream(numbers).average().orElseThrow();
            double squares =
                    Arrays.stream(numbers).map(x -> (x - mean) * (x - mean)).sum();
            return new Mean(mean, Math.sqrt(squares / (numbers.length - 1) / numbers.length));
        }
    }

    /**
     * Evaluates policies, each in its game. The repetitions are spread over the games.
     *
     * @param predictions of games of the same number of players, at least one
     * @param plan how to evaluate
     * @param played told how many more of {@link Plan#plays} are done, from any thread
     * @return the evaluation
     */
    public static NPlayerEvaluation of(List<Prediction> predictions, Plan plan, IntConsumer played) {
        int players = predictions.get(0).game().players();
        long watching = Streams.seed(plan.seed(), "watching", players);
        long deviating = Streams.seed(plan.seed(), "deviating", players);
        List<Part> parts = parts(predictions.size(), plan.repetitions());
        List<Seen> seen = Parallel.map(parts, plan.threads(), part -> {
            Seen result = watch(predictions.get(part.prediction()), part, Draws.at(watching, part.prediction()));
            played.accept(part.size());
            return result;
        });
        List<Actions> responses = responses(predictions, parts, seen);
        List<double[]> gains = Parallel.map(parts, plan.threads(), part -> {
            int i = part.prediction();
            double[] result = gains(predictions.get(i), responses.get(i), part, Draws.at(deviating, i));
            played.accept(2 * part.size());
            return result;
        });
        Mean error = Mean.of(joined(seen.stream().map(Seen::errors).toList()));
        Mean gain = Mean.of(joined(gains));
        double predicted = parts.stream()
                        .mapToDouble(part ->
                                part.size() * predictions.get(part.prediction()).objective())
                        .sum()
                / plan.repetitions();
        return new NPlayerEvaluation(
                players,
                plan.repetitions(),
                predicted + error.mean(),
                error.error(),
                predicted,
                error.mean(),
                seen.stream()
                        .flatMapToDouble(part -> Arrays.stream(part.errors()))
                        .map(Math::abs)
                        .average()
                        .orElseThrow(),
                seen.stream().mapToDouble(Seen::rewards).sum() / plan.repetitions(),
                gain.mean(),
                gain.error());
    }

    /**
     * What one player gains by leaving the policy that all others follow.
     *
     * @param gain the mean over R pairs of plays that differ in nothing else
     * @param standardError its standard error, rather too large: first players start evenly spread
     * @param reward what the player earns on average if it stays
     */
    public record Deviation(double gain, double standardError, double reward) {}

    /**
     * Measures a deviation.
     *
     * @param game what is played
     * @param policy what everybody but player 0 follows
     * @param response what player 0 follows instead
     * @param plan how to evaluate
     * @return what player 0 gains
     */
    public static Deviation deviation(NPlayerGame game, Actions policy, Actions response, Plan plan) {
        Prediction prediction = new Prediction(game, policy, 0);
        long seed = Streams.seed(plan.seed(), "deviation", game.players());
        List<double[][]> pairs = Parallel.map(
                parts(1, plan.repetitions()), plan.threads(), part -> pairs(prediction, response, part, seed));
        double[] gains =
                joined(pairs.stream().map(pair -> difference(pair[0], pair[1])).toList());
        double[] rewards = joined(pairs.stream().map(pair -> pair[1]).toList());
        Mean gain = Mean.of(gains);
        return new Deviation(gain.mean(), gain.error(), Mean.of(rewards).mean());
    }

    /** Cuts the repetitions: evenly over predictions, and those of each into parts. */
    private static List<Part> parts(int predictions, int repetitions) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < predictions; i++) {
            int of = share(repetitions, i, predictions);
            int pieces = Math.min(of, Math.max(1, PARTS / predictions));
            int from = 0;
            for (int k = 0; k < pieces; k++) {
                int to = from + share(of, k, pieces);
                parts.add(new Part(i, from, to, of));
                from = to;
            }
        }
        return parts;
    }

    /** What the i-th of several gets if all get the same, but for one. */
    private static int share(int all, int i, int several) {
        return all / several + (i < all % several ? 1 : 0);
    }

    private static Seen watch(Prediction prediction, Part part, long seed) {
        NPlayerGame.Simulation simulation = prediction.game().simulation(prediction.policy());
        double[] errors = new double[part.size()];
        double rewards = 0;
        for (int k = 0; k < errors.length; k++) {
            long own = Draws.at(seed, part.from() + k);
            NPlayerGame.Play play =
                    simulation.play(own, InitialStates.spread(part.from() + k, part.of(), own), prediction.policy());
            errors[k] = play.objective() - prediction.objective();
            rewards += play.meanReward();
        }
        return new Seen(errors, rewards, simulation.experience());
    }

    /** A best response for each prediction, to what was seen in all of its parts; its own policy where nothing was. */
    private static List<Actions> responses(List<Prediction> predictions, List<Part> parts, List<Seen> seen) {
        List<Actions> responses = new ArrayList<>();
        for (int i = 0; i < predictions.size(); i++) {
            int prediction = i;
            double[] experience = IntStream.range(0, parts.size())
                    .filter(k -> parts.get(k).prediction() == prediction)
                    .mapToObj(k -> seen.get(k).experience())
                    .reduce(new double[0], NPlayerEvaluation::sum);
            responses.add(
                    experience.length > 0
                            ? predictions.get(i).game().bestResponse(experience)
                            : predictions.get(i).policy());
        }
        return responses;
    }

    private static double[] sum(double[] x, double[] y) {
        double[] sum = y.clone();
        for (int i = 0; i < x.length; i++) {
            sum[i] += x[i];
        }
        return sum;
    }

    private static double[] gains(Prediction prediction, Actions response, Part part, long seed) {
        double[][] pair = pairs(prediction, response, part, seed);
        return difference(pair[0], pair[1]);
    }

    /** What player 0 earns in each play by its response, and if it stays. */
    private static double[][] pairs(Prediction prediction, Actions response, Part part, long seed) {
        NPlayerGame.Simulation simulation = prediction.game().simulation(prediction.policy());
        double[][] rewards = new double[2][part.size()];
        for (int k = 0; k < part.size(); k++) {
            long own = Draws.at(seed, part.from() + k);
            double start = InitialStates.spread(part.from() + k, part.of(), own);
            rewards[0][k] = simulation.play(own, start, response).firstReward();
            rewards[1][k] = simulation.play(own, start, prediction.policy()).firstReward();
        }
        return rewards;
    }

    private static double[] difference(double[] x, double[] y) {
        double[] difference = x.clone();
        for (int k = 0; k < x.length; k++) {
            difference[k] -= y[k];
        }
        return difference;
    }

    private static double[] joined(List<double[]> parts) {
        return parts.stream().flatMapToDouble(Arrays::stream).toArray();
    }
}
