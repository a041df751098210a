package mfg.eval.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import mfg.envs.players.NPlayerEvaluation;
import mfg.eval.compare.ComparisonResult;
import mfg.eval.io.Spread;
import mfg.eval.players.PlayersResult;
import mfg.eval.reproduce.Verdict.Outcome;
import mfg.eval.respond.RespondResult;
import mfg.eval.view.Band;
import mfg.train.Evaluation;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** What is said of made-up numbers. */
final class VerdictTest {

    private static void assertOutcome(Outcome expected, Verdict verdict, String... words) {
        assertEquals(expected, verdict.outcome(), verdict.why());
        for (String word : words) {
            assertTrue(verdict.why().contains(word), verdict.why());
        }
    }

    @Test
    void allSomeOrNoneOfTheParts() {
        assertOutcome(Outcome.HOLDS, Verdict.of(List.of(true, true), ""));
        assertOutcome(Outcome.PARTLY, Verdict.of(List.of(false, true), ""));
        assertOutcome(Outcome.FAILS, Verdict.of(List.of(false), ""));
        assertEquals("does not hold: 3 > 2", Verdict.of(List.of(false), "3 > 2").toString());
    }

    @Test
    void severalVerdictsAreOneOnlyWhereTheyAgree() {
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        verdicts.put("one", new Verdict(Outcome.FAILS, "x"));
        assertOutcome(Outcome.FAILS, Verdict.joint(verdicts), "one does not hold: x");
        verdicts.put("other", new Verdict(Outcome.HOLDS, "y"));
        assertOutcome(Outcome.PARTLY, Verdict.joint(verdicts), "one does not hold: x; other holds: y");
    }

    private static Verdict beach(double exploitability, double small, double large) {
        return BeachFigure.verdict(
                new BeachFigure.Outcome("0.5", 0.001, 0.0541, small),
                new BeachFigure.Outcome("0.8", exploitability, 0.0541, large));
    }

    @Test
    void theBeachGetsFlatterByTheLargerCap() {
        assertOutcome(Outcome.HOLDS, beach(0.0199, 0.0502, 0.0501), "0.0199", "0.05020", "0.05010");
        assertOutcome(Outcome.PARTLY, beach(0.02, 0.0502, 0.0501));
        assertOutcome(Outcome.PARTLY, beach(0.01, 0.0502, 0.0503));
        assertOutcome(Outcome.PARTLY, beach(0.01, 0.0542, 0.0501));
        assertOutcome(Outcome.FAILS, beach(0.03, 0.0542, 0.0543));
    }

    private static ComparisonResult.Row row(String method, double atT, double atLongT) {
        Spread none = new Spread(0, 0);
        Spread validation = new Spread((atT + atLongT) / 2, 0);
        return new ComparisonResult.Row(
                method,
                "",
                2,
                0,
                0,
                new Spread(atT, 0),
                validation,
                new Spread(atLongT, 0.01),
                none,
                none,
                none,
                none,
                none);
    }

    private static ComparisonResult comparison(double amidAtT, double amidAtLongT, double bestShares) {
        List<ComparisonResult.Row> rows = List.of(
                row("first price, equal shares", 0.15, 0.16),
                row("first price, best shares", bestShares, bestShares),
                row("0-SGD", 0.18, 0.17),
                row("0-ADAM", 0.20, 0.19),
                row("ANNEAL", 0.17, 0.20),
                row("AMID", amidAtT, amidAtLongT));
        return new ComparisonResult("A1", 400, 500, 2000, 0.25, rows, "", "", 0, Double.NaN, "");
    }

    @Test
    void amidHasToBeatEveryBaselineOfThePaperAtEveryT() {
        assertOutcome(
                Outcome.HOLDS,
                TrainingFigure.verdict(List.of(comparison(0.24, 0.23, 0.1))),
                "T = 400 / 500 / 2000",
                "0.2400 / 0.2350 / 0.2300 (± 0.0100) against 0.1700 / 0.1850 / 0.2000 (± 0.0100) of ANNEAL");
        assertOutcome(Outcome.PARTLY, TrainingFigure.verdict(List.of(comparison(0.24, 0.195, 0.1))));
        assertOutcome(Outcome.FAILS, TrainingFigure.verdict(List.of(comparison(0.18, 0.17, 0.1))));
        assertOutcome(
                Outcome.PARTLY,
                TrainingFigure.verdict(List.of(comparison(0.24, 0.23, 0.1), comparison(0.18, 0.17, 0.1))));
    }

    @Test
    void aBetterBaselineOfOursIsToldThoughTheClaimHolds() {
        Verdict behind = TrainingFigure.verdict(List.of(comparison(0.24, 0.23, 0.245)));
        assertOutcome(
                Outcome.HOLDS, behind, "less than 0.2450 / 0.2450 / 0.2450 (± 0.0100) of first price, best shares");
        Verdict ahead = TrainingFigure.verdict(List.of(comparison(0.24, 0.23, 0.229)));
        assertTrue(!ahead.why().contains("best shares"), ahead.why());
    }

    /** Off by a given share at 10, 100 and 1000 players. */
    private static PlayersResult players(double at10, double at100, double at1000) {
        List<NPlayerEvaluation> rows = new ArrayList<>();
        double[] gaps = {at10, at100, at1000};
        for (int i = 0; i < gaps.length; i++) {
            double bias = 0.2 * gaps[i];
            rows.add(new NPlayerEvaluation(
                    (int) Math.pow(10, i + 1), 200, 0.2 + bias, 0.001, 0.2, bias, Math.abs(bias), 0.1, 0, 0));
        }
        return new PlayersResult("A1", "first-price", 2000, 200, 1, 0.2, 0.0024, rows, -0.5, "");
    }

    @Test
    void farFromTheMeanFieldCountsFromAHundredPlayers() {
        assertOutcome(
                Outcome.HOLDS,
                PlayersFigure.verdict(List.of(players(-0.5, -0.04, 0.01))),
                "at most 4.0 % off 0.2000",
                "N^-0.50");
        assertOutcome(Outcome.FAILS, PlayersFigure.verdict(List.of(players(0, 0.01, -0.06))));
    }

    private static RespondResult response(double gain, double error) {
        return new RespondResult("A1", 1000, 0, 0, 60, 100, 0.1, gain, error, 0.001, 0.0005, 1, "");
    }

    @Test
    void aBestResponseMayGainNoMoreThanNoise() {
        assertOutcome(Outcome.HOLDS, ResponseFigure.verdict(response(0.0019, 0.001)), "0.00190 ± 0.00100");
        assertOutcome(Outcome.PARTLY, ResponseFigure.verdict(response(0.0019, 0.0005)), "(1.9 %)");
        assertOutcome(Outcome.FAILS, ResponseFigure.verdict(response(0.0021, 0.001)));
    }

    private static List<Evaluation> falling(double plain, double regularized) {
        return List.of(new Evaluation(1, 0, 0.1, 0.1), new Evaluation(2000, 0, plain, regularized));
    }

    @Test
    void exploitabilityHasToFallToATwentieth() {
        List<Evaluation> before = falling(0.1, 0.1);
        assertOutcome(Outcome.HOLDS, ExploitabilityFigure.verdict(before, falling(0.005, 0)), "to 0.00500 plain");
        assertOutcome(Outcome.PARTLY, ExploitabilityFigure.verdict(before, falling(0.0051, 0)));
        assertOutcome(Outcome.FAILS, ExploitabilityFigure.verdict(falling(0, 0), falling(0.01, 0.01)));
    }

    @Test
    void exploitabilityIsMeasuredFromTheFirstStepToTheLast() {
        List<Integer> steps = ExploitabilityFigure.steps(2000);
        assertEquals(1, steps.get(0));
        assertEquals(2000, steps.get(steps.size() - 1));
        assertEquals(steps.stream().sorted().distinct().toList(), steps);
        assertEquals(List.of(1), ExploitabilityFigure.steps(1));
    }

    private static RoundMeans means(double overall, double... mean) {
        double[] ones = new double[mean.length];
        Arrays.fill(ones, 1);
        return new RoundMeans(mean, ones, overall);
    }

    @Test
    void bidsHaveToRiseInEveryRoundAndOverAll() {
        RoundMeans before = means(0.3, 0.4, 0.2);
        assertOutcome(
                Outcome.HOLDS,
                BidsFigure.verdict(before, means(0.5, 0.6, 0.3), before, means(0.45, 0, 0)),
                "0.300 -> 0.500 (by round 0.400 -> 0.600, 0.200 -> 0.300)",
                "pays 0.300 -> 0.450");
        assertOutcome(Outcome.PARTLY, BidsFigure.verdict(before, means(0.5, 0.6, 0.2), before, before));
        assertOutcome(Outcome.FAILS, BidsFigure.verdict(before, before, before, before));
    }

    @Test
    void meansWeighRowsByTheirMass() {
        Table bids = Table.create(
                IntColumn.create("round", 1, 1, 2, 2),
                DoubleColumn.create("meanBid", 0.1, 0.4, 0.2, 0.6),
                DoubleColumn.create("mass", 0.5, 0.25, 0.0, 0.25));
        RoundMeans means = RoundMeans.bids(bids);
        assertEquals(0.2, means.mean()[0], 1e-12);
        assertEquals(0.6, means.mean()[1], 1e-12);
        assertEquals(0.75, means.weight()[0], 1e-12);
        assertEquals(0.3, means.overall(), 1e-12);
    }

    private static StaticFigure.Gain gain(double... objectives) {
        double[] x = IntStream.range(0, objectives.length).asDoubleStream().toArray();
        return StaticFigure.Gain.of(new Band("", x, objectives, new double[objectives.length]));
    }

    @Test
    void staticMechanismsHaveToGainHalfAtMost() {
        StaticFigure.Gain neural = gain(0.30, 0.41, 0.40);
        assertOutcome(
                Outcome.HOLDS,
                StaticFigure.verdict(gain(0.30, 0.35), neural, 0.35),
                "neural 0.3000 -> 0.4100",
                "static gains +0.0500 over its start and +0.0000 over first price, neural +0.1100 and +0.0600");
        assertOutcome(Outcome.PARTLY, StaticFigure.verdict(gain(0.20, 0.35), neural, 0.35));
        assertOutcome(Outcome.FAILS, StaticFigure.verdict(gain(0.20, 0.40), neural, 0.35));
    }

    private static PlayersResult among(double meanField, double some, double most) {
        List<NPlayerEvaluation> rows = List.of(
                new NPlayerEvaluation(100, 1, some, 0, meanField, some - meanField, 0, 0, 0, 0),
                new NPlayerEvaluation(10000, 1, most, 0, meanField, most - meanField, 0, 0, 0, 0));
        return new PlayersResult("A1", "neural", 1, 1, 1, meanField, 0, rows, 0, "");
    }

    @Test
    void manyBiddersPayWhatTheMeanFieldDoesAndSomeKeepTheOrder() {
        PlayersResult firstPrice = among(0.15, 0.14, 0.15);
        PlayersResult design = among(0.25, 0.22, 0.249);
        assertOutcome(
                Outcome.HOLDS,
                SizeCheck.verdict(List.of(design, firstPrice)),
                "among 10000 bidders -0.0010 off 0.2500",
                "ahead of first price by 0.0800 (mean field 0.1000)");
        assertOutcome(Outcome.FAILS, SizeCheck.verdict(List.of(among(0.25, 0.13, 0.249), firstPrice)), "by -0.0100");
        assertOutcome(
                Outcome.PARTLY, SizeCheck.verdict(List.of(design, firstPrice, among(0.25, 0.22, 0.247), firstPrice)));
    }

    @Test
    void theLargestDistanceToBiddersWithoutEntropyIsTold() {
        Evaluation with = new Evaluation(1, 0.25, 0, 0);
        List<EntropyCheck.Row> rows = List.of(
                new EntropyCheck.Row("A1", 1e-3, with, new Evaluation(1, 0.26, 0, 0), 0.27),
                new EntropyCheck.Row("A2", 1e-3, with, new Evaluation(1, 0.23, 0, 0), 0.22));
        assertOutcome(
                Outcome.NO_CLAIM,
                EntropyCheck.verdict(rows),
                "tau = 1e-03",
                "at most 0.0200",
                "(A2)",
                "ahead of the best simple mechanism there by -0.0100 (A1) to +0.0100 (A2)");
    }
}
