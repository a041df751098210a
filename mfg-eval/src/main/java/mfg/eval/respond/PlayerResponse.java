package mfg.eval.respond;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import mfg.core.Parallel;
import mfg.core.Streams;
import mfg.envs.Simulator;
import mfg.envs.players.Draws;
import mfg.envs.taxi.TaxiGame;
import mfg.eval.io.Progress;
import mfg.eval.io.Spread;
import mfg.eval.learn.LearnConfig;
import mfg.eval.run.RunFolder;
import mfg.train.ppo.Episodes;
import mfg.train.ppo.OneAmong;

/** Players of a run of {@code learn} who, each by itself, learn to do better than all others, who stay as they are and react. */
public final class PlayerResponse {

    private PlayerResponse() {}

    /** What is usual for taxis, who learn in traffic that was watched; others learn among all, which takes longer. */
    public static BestResponse.Plan plan(LearnConfig config, long seed, int threads) {
        boolean taxis = config.game() instanceof TaxiGame;
        return new BestResponse.Plan(taxis ? 50 : 40, taxis ? 200 : 32, 200, seed, threads);
    }

    /**
     * One player.
     *
     * @param files of a run of learn; gets how the player learned and what came of it
     */
    public static RespondResult of(RunFolder files, LearnConfig config, int player, BestResponse.Plan plan)
            throws IOException {
        try (Population population = Population.of(files, config, List.of(player), plan.seed())) {
            Population.Answer answer = population.answer(player, plan, false);
            double[] before = before(population, List.of(player), plan)[0];
            double[] gains = gains(before, after(population, player, plan, answer));
            RespondResult result = result(files, config, population, player, plan, answer, before, gains);
            answer.learning().save(files, result);
            return result;
        }
    }

    /**
     * Several players, each by itself.
     *
     * @param files of a run of learn; gets a table and a chart
     */
    public static RespondSample of(RunFolder files, LearnConfig config, List<Integer> players, BestResponse.Plan plan)
            throws IOException {
        AtomicInteger done = new AtomicInteger();
        try (Population population = Population.of(files, config, players, plan.seed());
                Progress progress = new Progress("learning to respond", 0, players.size())) {
            double[][] before = before(population, players, plan);
            double[][] gains = new double[players.size()][];
            List<RespondResult> results = new ArrayList<>(Parallel.map(
                    IntStream.range(0, players.size()).boxed().toList(), plan.threads(), k -> {
                        int player = players.get(k);
                        BestResponse.Plan own = plan.alone(Streams.seed(plan.seed(), "player", player));
                        Population.Answer answer = population.answer(player, own, true);
                        gains[k] = gains(before[k], after(population, player, plan, answer));
                        RespondResult result =
                                result(files, config, population, player, own, answer, before[k], gains[k]);
                        progress.step(
                                done.incrementAndGet(),
                                "player %d gains %.4f".formatted(player, result.exploitability()));
                        return result;
                    }));
            RespondSample sample = RespondSample.of(results, gains, population.players(), plan.seed());
            sample.save(files, results);
            return sample;
        }
    }

    /** The same, or what an earlier command left if it asked as many players as thoroughly. */
    public static RespondSample known(
            RunFolder files, LearnConfig config, List<Integer> players, BestResponse.Plan plan) throws IOException {
        RespondSample before = RespondSample.saved(files);
        return before != null && before.answers(players.size(), plan) ? before : of(files, config, players, plan);
    }

    /**
     * Draws players of a run.
     *
     * @param count all if there are no more
     * @param seed decides who
     * @return in order
     */
    public static List<Integer> drawn(LearnConfig config, int count, long seed) {
        int[] order = IntStream.range(0, config.playing()).toArray();
        int most = Math.min(count, order.length);
        SplittableRandom random = new SplittableRandom(Streams.seed(seed, "players"));
        for (int i = 0; i < most; i++) {
            int j = random.nextInt(i, order.length);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return Arrays.stream(order, 0, most).sorted().boxed().toList();
    }

    private static long measurement(BestResponse.Plan plan, int done) {
        return Draws.at(Streams.seed(plan.seed(), "measurement"), done);
    }

    /** What each of some players earns in each play if everybody stays, (players, repetitions). */
    private static double[][] before(Population population, List<Integer> players, BestResponse.Plan plan) {
        double[][] rewards = new double[players.size()][plan.repetitions()];
        Simulator seated = population.seat();
        Episodes.Policy policy = population.policy(seated);
        int copies = seated.agents() / seated.players();
        try (Progress progress = Progress.patient("measuring", plan.repetitions())) {
            for (int done = 0; done < plan.repetitions(); done += copies) {
                double[] returns = OneAmong.nobody(seated, policy, measurement(plan, done));
                for (int copy = 0; copy < Math.min(copies, plan.repetitions() - done); copy++) {
                    for (int k = 0; k < rewards.length; k++) {
                        rewards[k][done + copy] = returns[copy * seated.players() + players.get(k)];
                    }
                }
                progress.step(Math.min(plan.repetitions(), done + copies), "plays");
            }
        }
        return rewards;
    }

    /** The same if it does what it learned, with the same draws. */
    private static double[] after(Population population, int player, BestResponse.Plan plan, Population.Answer answer) {
        double[] rewards = new double[plan.repetitions()];
        Simulator seated = population.seat();
        OneAmong among = new OneAmong(seated, population.policy(seated), player);
        for (int done = 0; done < rewards.length; done += among.agents()) {
            double[] earned = answer.way().play(among, measurement(plan, done));
            System.arraycopy(earned, 0, rewards, done, Math.min(earned.length, rewards.length - done));
        }
        return rewards;
    }

    private static double[] gains(double[] before, double[] after) {
        return IntStream.range(0, before.length)
                .mapToDouble(k -> after[k] - before[k])
                .toArray();
    }

    private static RespondResult result(
            RunFolder files,
            LearnConfig config,
            Population population,
            int player,
            BestResponse.Plan plan,
            Population.Answer answer,
            double[] before,
            double[] gains) {
        Spread gain = Spread.of(gains);
        return new RespondResult(
                config.game().name(),
                population.players(),
                player,
                answer.zone(),
                plan.epochs(),
                plan.repetitions(),
                Spread.of(before).mean(),
                gain.mean(),
                gain.deviation() / Math.sqrt(gains.length),
                Double.NaN,
                Double.NaN,
                answer.seconds(),
                files.path().toString());
    }
}
