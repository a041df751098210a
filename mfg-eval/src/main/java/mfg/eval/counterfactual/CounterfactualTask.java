package mfg.eval.counterfactual;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import mfg.core.InvalidInputException;
import mfg.core.ParameterSpec;
import mfg.core.Streams;
import mfg.core.Tensors;
import mfg.envs.bids.LotSale.Outcome;
import mfg.envs.bids.Market;
import mfg.eval.bids.BidLog;
import mfg.eval.bids.LogMarket;
import mfg.eval.bids.LogMarket.Estimate;
import mfg.eval.design.DesignResult;
import mfg.eval.io.Json;
import mfg.eval.io.Text;
import mfg.eval.run.Context;
import mfg.eval.run.Metrics;
import mfg.eval.run.RunFolder;
import mfg.eval.run.Saved;
import mfg.eval.run.Task;
import org.jspecify.annotations.Nullable;

/**
 * A run of {@code counterfactual}: row 0 of its metrics is what the log says of each rule, row k what its k-th resample says. A row has
 * what a rule is expected to bring in all auctions of the log together, and the revenue of one play of them. Reserve and posted prices are
 * those that are best by the log.
 */
final class CounterfactualTask implements Task<CounterfactualResult> {

    /** Plays of the learned mechanism for each size of an auction: for the log, and for a resample. */
    private static final int PLAYS = 1000;

    private static final int RESAMPLED_PLAYS = 50;

    /** Resamples of fewer auctions say nothing. */
    private static final int LEAST_AUCTIONS = 5;

    private static final String DESIGN = "design";
    private static final String SNAPSHOT = "best.npz";
    private static final String CHECKSUM = "log";

    private final CounterfactualConfig config;
    private final Context context;
    private final BidLog log;
    private final LogMarket auctions;
    private final Estimate estimate;
    private final Market market;
    private final List<Contender> contenders;
    private final @Nullable LearnedSale learning;
    private @Nullable DesignResult learned;

    CounterfactualTask(CounterfactualConfig config, Context context) throws IOException {
        this.config = config;
        this.context = context;
        this.log = BidLog.read(
                context.found().apply(Path.of(config.log())), config.reading().hints());
        context.display().tell(log.table().strip());
        this.auctions = new LogMarket(log, config.bidding(), config.bootstrap(context.threads()));
        int count = auctions.log().all().size() - auctions.leftOut();
        if (count < LEAST_AUCTIONS) {
            throw new InvalidInputException("%s has %s that %s of values, but at least %d are needed%s"
                    .formatted(
                            config.log(),
                            Text.count(count, "auctions"),
                            count == 1 ? "tells" : "tell",
                            LEAST_AUCTIONS,
                            auctions.leftOut() > 0
                                    ? "; those left out have too few bids for their number of bidders"
                                    : "; --auction-column says which column tells auctions apart"));
        }
        this.estimate = auctions.estimate(0);
        if (!(estimate.values().quantile(1) > 0)) {
            throw new InvalidInputException(
                    "values of %s are all 0: there is nothing to sell for".formatted(config.log()));
        }
        this.market = new Market(estimate.values(), estimate.places());
        this.contenders = Contender.of(market, estimate.places().stream().anyMatch(place -> place.lots() > 1));
        this.learning = config.design().learned() ? new LearnedSale(config, context, estimate) : null;
    }

    @Override
    public int steps() {
        return config.resamples();
    }

    @Override
    public ObjectNode begin(RunFolder files) throws IOException {
        return row(0, files, estimate, market);
    }

    @Override
    public ObjectNode step(int k, RunFolder files) throws IOException {
        Estimate resampled = auctions.estimate(k);
        return row(k, files, resampled, new Market(resampled.values(), resampled.places()));
    }

    private ObjectNode row(int k, RunFolder files, Estimate now, Market sales) throws IOException {
        ObjectNode row = Json.object().put("resample", k);
        SplittableRandom random = new SplittableRandom(Streams.seed(config.seed(), "play", k));
        List<Outcome> played =
                sales.play(contenders.stream().map(Contender::rule).toList(), random);
        for (int i = 0; i < played.size(); i++) {
            Contender contender = contenders.get(i);
            put(row, contender.id(), sales.expected(contender.rule()), played.get(i));
        }
        ImpliedValues.put(row, now.values());
        Json.put(
                row,
                CounterfactualResult.MOST_WORTH,
                sales.expected(Contender.ALL_SOLD).worth());
        if (learning != null) {
            DesignResult design = learned(learning, files);
            Path file = snapshot(files);
            LearnedPlays plays = learning.play(
                    now, file, k == 0 ? PLAYS : RESAMPLED_PLAYS, Streams.seed(config.seed(), "learned", k));
            put(row, Contender.LEARNED, plays.expected(), plays.drawn(random));
            LearnedSale.MeanField field = learning.meanField(
                    now, file, Objects.requireNonNull(design.yardsticks(), "an auction's design has yardsticks"));
            Json.put(row, CounterfactualResult.FIELD_LEARNED, field.learned());
            Json.put(row, CounterfactualResult.FIELD_SIMPLE, field.simple());
            Json.put(row, CounterfactualResult.FIELD_FIRST_PRICE, field.firstPrice());
        }
        return row;
    }

    private static void put(ObjectNode row, String id, Outcome expected, Outcome played) {
        Json.put(row, id + CounterfactualResult.REVENUE, expected.revenue());
        Json.put(row, id + CounterfactualResult.WORTH, expected.worth());
        Json.put(row, id + CounterfactualResult.SOLD, expected.sold());
        Json.put(row, id + CounterfactualResult.PLAYED, played.revenue());
    }

    private DesignResult learned(LearnedSale learning, RunFolder files) throws IOException {
        if (learned == null) {
            learned = learning.train(files.path().resolve(DESIGN));
        }
        return learned;
    }

    private static Path snapshot(RunFolder files) {
        return files.path().resolve(DESIGN).resolve(SNAPSHOT).toAbsolutePath();
    }

    @Override
    public String figures(List<ObjectNode> rows) {
        ObjectNode last = rows.get(rows.size() - 1);
        return contenders.stream()
                .filter(contender -> contender.id().equals(Contender.RESERVE)
                        || contender.id().equals(Contender.POSTED_PRICE))
                .map(contender -> "%s earns %s"
                        .formatted(
                                contender.name(),
                                Money.text(Metrics.number(last, contender.id() + CounterfactualResult.REVENUE))))
                .collect(Collectors.joining("; "));
    }

    /** What tells whether the log is the same. */
    private double[] checksum() {
        return new double[] {
            log.size(),
            auctions.log().all().size(),
            Arrays.stream(log.amounts()).sum()
        };
    }

    @Override
    public NDList save(NDManager scratch) {
        return new NDList(Saved.numbers(CHECKSUM, checksum(), new Shape(3), scratch));
    }

    @Override
    public List<ParameterSpec> saved() {
        return List.of(new ParameterSpec(CHECKSUM, new Shape(3), 0));
    }

    @Override
    public void load(NDList state, int steps, List<ObjectNode> rows) {
        if (!Arrays.equals(Tensors.toDoubles(state.get(0)), checksum())) {
            throw new InvalidInputException(
                    "%s is not what it was when the run began; start a new run".formatted(config.log()));
        }
    }

    @Override
    public CounterfactualResult end(RunFolder files, List<ObjectNode> rows, String status) throws IOException {
        CounterfactualReport report =
                new CounterfactualReport(config, log, auctions, estimate, market, contenders, context.threads());
        if (learning == null) {
            return report.of(files, rows, status, null, null, null);
        }
        DesignResult design = learned(learning, files);
        LearnedPlays plays = learning.play(estimate, snapshot(files), PLAYS, Streams.seed(config.seed(), "learned", 0));
        return report.of(files, rows, status, plays, learning, design);
    }

    @Override
    public void draw(RunFolder files, CounterfactualResult result) throws IOException {
        CounterfactualCharts.draw(files, result);
    }
}
