package mfg.eval.counterfactual;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import mfg.core.Streams;
import mfg.eval.Cli;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How often the intervals of {@code counterfactual} have the truth within, over logs like that of docs. It takes minutes and belongs to
 * no build; it is run by name:
 * {@code mvn -pl mfg-eval -am test -Dtest=SampleCoverageCheck -Dsurefire.failIfNoSpecifiedTests=false}
 */
final class SampleCoverageCheck {

    private static final int LOGS = 100;

    @TempDir
    private Path folder;

    @Test
    void intervalsHaveTheTruthWithin() throws IOException {
        int revenue = 0;
        int gain = 0;
        int posted = 0;
        int surplus = 0;
        double error = 0;
        double got = 0;
        double claimed = 0;
        double best = 0;
        for (int k = 1; k <= LOGS; k++) {
            SampleLog sample = new SampleLog(Streams.seed(k, "sample"));
            Map<String, JsonNode> rules = rules(k, sample);
            double usual = sample.noReserve().revenue();
            JsonNode first = rules.get(Contender.FIRST_PRICE);
            JsonNode reserve = rules.get("firstPriceReserve");
            JsonNode price = rules.get("postedPrice");
            double gained = sample.reserve(reserve.get("least").asDouble()).revenue() - usual;
            revenue += within(first.get("estimated"), usual);
            gain += within(reserve.get("gainEstimated"), gained);
            posted += within(
                    price.get("estimated"),
                    sample.postedPrice(price.get("least").asDouble()).revenue());
            surplus += within(first.get("surplusEstimated"), sample.mostWorth() - usual);
            error += Math.abs(first.get("revenue").asDouble() / usual - 1) / LOGS;
            got += gained / usual / LOGS;
            claimed += reserve.get("gain").asDouble() / usual / LOGS;
            best += (sample.bestReserve().revenue() / usual - 1) / LOGS;
        }
        System.out.printf(
                "of %d intervals: revenue %d, gain %d, posted price %d, surplus %d; error of revenue %.4f; gain %.4f, as estimated %.4f, the most %.4f%n",
                LOGS, revenue, gain, posted, surplus, error, got, claimed, best);
    }

    private Map<String, JsonNode> rules(int k, SampleLog sample) throws IOException {
        Path file = folder.resolve(k + ".csv");
        Files.writeString(file, sample.text());
        JsonNode result = Cli.run(
                        "counterfactual",
                        file.toString(),
                        "--bids-are",
                        "first-price",
                        "--covariates",
                        "log(Festmeter),Holzart",
                        "--no-learned",
                        "--out",
                        folder.resolve("run" + k).toString(),
                        "--json")
                .json();
        return StreamSupport.stream(result.get("outcomes").spliterator(), false)
                .collect(Collectors.toMap(rule -> rule.get("id").asText(), rule -> rule));
    }

    private static int within(JsonNode interval, double truth) {
        return interval.get("low").asDouble() <= truth
                        && truth <= interval.get("high").asDouble()
                ? 1
                : 0;
    }
}
