package mfg.eval.counterfactual;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import mfg.envs.bids.AuctionBootstrap;
import mfg.envs.bids.BidRule;
import mfg.envs.bids.Interval;
import mfg.envs.bids.Market;
import mfg.envs.bids.Market.Place;
import mfg.eval.bids.BidLog;
import mfg.eval.bids.Bidding;
import mfg.eval.bids.LogMarket;
import mfg.eval.bids.LogMarket.Estimate;
import mfg.eval.bids.LoggedAuction;
import mfg.eval.counterfactual.CounterfactualResult.FieldLead;
import mfg.eval.counterfactual.CounterfactualResult.RuleOutcome;
import mfg.eval.design.DesignResult;
import mfg.eval.design.SimpleMechanism;
import mfg.eval.design.Yardsticks;
import mfg.eval.io.Csv;
import mfg.eval.io.Json;
import mfg.eval.io.Text;
import mfg.eval.run.Metrics;
import mfg.eval.run.RunFolder;
import org.jspecify.annotations.Nullable;

/** What the rows of a run come to: figures with intervals, tables, and what to doubt. */
final class CounterfactualReport {

    /** Tables of the run's folder. */
    static final String RULES = "rules.csv";

    private static final String AUCTIONS = "auctions.csv";

    /** Longer tables nobody reads. */
    private static final int MOST_ROWS = 100_000;

    /** Of the most that there is. */
    private static final double ROUNDING = 1e-9;

    /** Bootstrap intervals of fewer auctions are too narrow. */
    private static final int FEW_AUCTIONS = 50;

    /** A bid of more than so many times the median is a slip, or goods differ. */
    private static final double FAR = 100;

    private final CounterfactualConfig config;
    private final BidLog log;
    private final LogMarket auctions;
    private final Estimate estimate;
    private final Market market;
    private final List<Contender> contenders;
    private final AuctionBootstrap bootstrap;

    CounterfactualReport(
            CounterfactualConfig config,
            BidLog log,
            LogMarket auctions,
            Estimate estimate,
            Market market,
            List<Contender> contenders,
            int threads) {
        this.config = config;
        this.log = log;
        this.auctions = auctions;
        this.estimate = estimate;
        this.market = market;
        this.contenders = contenders;
        this.bootstrap = config.bootstrap(threads);
    }

    /**
     * Puts the result together, and leaves tables.
     *
     * @param plays of the learned mechanism by the log; null if there is none, as are the two after it
     */
    CounterfactualResult of(
            RunFolder files,
            List<ObjectNode> rows,
            String status,
            @Nullable LearnedPlays plays,
            @Nullable LearnedSale learning,
            @Nullable DesignResult design)
            throws IOException {
        List<RuleOutcome> outcomes = new ArrayList<>();
        for (Contender contender : contenders) {
            double field = learning == null || design == null ? Double.NaN : field(contender, learning, design);
            outcomes.add(outcome(
                    rows, contender.id(), contender.name(), contender.rule().least(), field));
        }
        if (design != null) {
            double field = Metrics.number(rows.get(0), CounterfactualResult.FIELD_LEARNED);
            outcomes.add(outcome(rows, Contender.LEARNED, "learned", 0, field));
        }
        Csv.write(
                files.file(RULES),
                outcomes.stream().map(CounterfactualReport::row).toList());
        Csv.write(files.file(AUCTIONS), auctionRows(plays));
        List<String> doubts = doubts();
        if (design != null && design.iterations() > 0 && design.bestIteration() == 0) {
            doubts.add(
                    "training found nothing better than its start: what is called learned is a copy of the best simple mechanism");
        }
        doubts.addAll(ImpliedValues.save(
                files, rows, auctions.alike(), config.bidding().bidsAre(), bootstrap));
        return new CounterfactualResult(
                config.log(),
                unit(),
                auctions.log().all().size(),
                estimate.bidders(),
                estimate.lots(),
                auctions.paid(),
                outcomes.stream().mapToDouble(RuleOutcome::revenue).max().orElseThrow(),
                config.resamples(),
                config.level(),
                usual().name(),
                outcomes,
                learning == null || design == null ? null : lead(rows, learning, design),
                assumed(learning),
                doubts,
                status,
                files.path().toString());
    }

    /** What money is in. */
    private String unit() {
        return config.currency().isEmpty() ? log.unit() : config.currency();
    }

    /** The rule of the log, which others are held against. */
    private Contender usual() {
        String id = config.bidding().bidsAre() == BidRule.FIRST_PRICE ? Contender.FIRST_PRICE : Contender.UNIFORM_PRICE;
        return contenders.stream()
                .filter(contender -> contender.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** What a rule earns in a mean field. No reserve is a reserve, too, so the best one earns no less. */
    private double field(Contender contender, LearnedSale learning, DesignResult design) {
        double own = contender.yardstick().isEmpty()
                ? learning.worth(learning.uniformPrice())
                : Objects.requireNonNull(design.yardsticks()).simple().stream()
                        .filter(simple -> simple.name().equals(contender.yardstick()) && simple.equilibrium())
                        .mapToDouble(SimpleMechanism::objective)
                        .findFirst()
                        .orElse(Double.NaN);
        return contenders.stream()
                .filter(other -> other.isWithoutReserve()
                        && other.rule().format() == contender.rule().format()
                        && !other.equals(contender))
                .mapToDouble(without -> field(without, learning, design))
                .reduce(learning.money(own), Math::max);
    }

    private RuleOutcome outcome(List<ObjectNode> rows, String id, String name, double least, double field) {
        ObjectNode log = rows.get(0);
        double most = Metrics.number(log, CounterfactualResult.MOST_WORTH);
        String usual = usual().id() + CounterfactualResult.REVENUE;
        ToDoubleFunction<ObjectNode> revenue = row -> Metrics.number(row, id + CounterfactualResult.REVENUE);
        ToDoubleFunction<ObjectNode> gain =
                row -> notRounding(revenue.applyAsDouble(row) - Metrics.number(row, usual), most);
        ToDoubleFunction<ObjectNode> surplus = row ->
                notRounding(Metrics.number(row, id + CounterfactualResult.WORTH) - revenue.applyAsDouble(row), most);
        return new RuleOutcome(
                id,
                name,
                least,
                notRounding(revenue.applyAsDouble(log), most),
                interval(rows, row -> notRounding(revenue.applyAsDouble(row), most)),
                interval(rows, row -> notRounding(Metrics.number(row, id + CounterfactualResult.PLAYED), most)),
                gain.applyAsDouble(log),
                interval(rows, gain),
                Math.min(1, Metrics.number(log, id + CounterfactualResult.WORTH) / most),
                surplus.applyAsDouble(log),
                interval(rows, surplus),
                Math.min(1, Metrics.number(log, id + CounterfactualResult.SOLD) / estimate.lots()),
                notRounding(field, most));
    }

    /** An amount, or 0 where it is nothing but rounding. */
    private static double notRounding(double amount, double most) {
        return Math.abs(amount) < ROUNDING * most ? 0 : amount;
    }

    /** Of the resamples, which are all rows but the first. */
    private Interval interval(List<ObjectNode> rows, ToDoubleFunction<ObjectNode> figure) {
        return bootstrap.interval(
                rows.subList(1, rows.size()).stream().mapToDouble(figure).toArray());
    }

    private FieldLead lead(List<ObjectNode> rows, LearnedSale learning, DesignResult design) {
        Double bound = Objects.requireNonNull(design.yardsticks()).bound();
        Yardsticks yardsticks = Objects.requireNonNull(design.yardsticks());
        SimpleMechanism simple = yardsticks.best().orElse(yardsticks.firstPrice());
        ToDoubleFunction<ObjectNode> lead = row -> Metrics.number(row, CounterfactualResult.FIELD_LEARNED)
                - Metrics.number(row, CounterfactualResult.FIELD_SIMPLE);
        return new FieldLead(
                design.longSteps(),
                Metrics.number(rows.get(0), CounterfactualResult.FIELD_LEARNED),
                Metrics.number(rows.get(0), CounterfactualResult.FIELD_SIMPLE),
                simple.name(),
                lead.applyAsDouble(rows.get(0)),
                interval(rows, lead),
                bound == null ? Double.NaN : learning.money(bound));
    }

    private List<String> assumed(@Nullable LearnedSale learning) {
        List<String> assumed = new ArrayList<>();
        assumed.add(config.bidding().bidsAre().assumption());
        assumed.add(
                "Each bidder wants one lot and knows what it is worth to them; values are independent draws of one distribution,"
                        + " and who bids does not depend on the rule.");
        assumed.add(
                "So first price in equilibrium, second price and uniform price (the highest bid that loses) earn the same on"
                        + " average; single plays differ.");
        if (!auctions.log().covariates().isEmpty()) {
            assumed.add(
                    "Goods differ by a factor of their value alone, which %s explain; prices and reserves above are of the average good."
                            .formatted(String.join(", ", auctions.log().covariates())));
        }
        Bidding.Count count = config.bidding().count();
        if (count != null) {
            assumed.add(
                    count.least() == count.most()
                            ? "Each auction has %d bidders, whether all of them bid or not.".formatted(count.least())
                            : "Each auction has from %d to %d bidders; figures are for %d, intervals for all."
                                    .formatted(count.least(), count.most(), (count.least() + count.most()) / 2));
        }
        if (config.bidding().bidsAre() == BidRule.FIRST_PRICE) {
            assumed.add(
                    "What bidders gain hangs on the highest values, of which bids of first price tell least: take it for a lower"
                            + " bound where values have a long tail.");
        }
        assumed.add("A lot that is not sold is worth nothing to the seller.");
        if (learning != null) {
            assumed.add(Text.of(
                    "Under the learned mechanism bidders bid what they learn by playing among themselves, by mirror descent; their values are rounded to %d steps up to %s.",
                    config.design().values(), Money.text(learning.unit(), unit())));
        }
        return assumed;
    }

    private List<String> doubts() {
        List<String> doubts = new ArrayList<>();
        if (config.bidding().bidsAre() == BidRule.VALUES) {
            doubts.add(
                    "bids are taken for values, as in second price; if they were made in a first-price or ascending auction, say so"
                            + " by --bids-are");
        }
        int count = auctions.log().all().size();
        if (count < FEW_AUCTIONS) {
            doubts.add("there are only %s: intervals from so few are too narrow, and the figures a first guess"
                    .formatted(Text.count(count, "auctions")));
        }
        LogMarket.Highest highest = auctions.highest();
        if (highest.times() > FAR && Double.isFinite(highest.times())) {
            doubts.add(Text.of(
                    "the highest bid, in auction '%s', is %,.0f times the median bid: if that is a slip, the figures are wrong; if goods"
                            + " differ so much, --covariates makes them alike",
                    Text.visible(highest.auction().name()), highest.times()));
        }
        if (auctions.log().alone() > 0) {
            doubts.add("%s with a single bidder left out"
                    .formatted(Text.count(auctions.log().alone(), "auctions")));
        }
        if (auctions.log().blank() > 0) {
            doubts.add("%s left out in which a wanted column is blank"
                    .formatted(Text.count(auctions.log().blank(), "auctions")));
        }
        if (auctions.leftOut() > 0) {
            doubts.add("%s told nothing of values, but were sold again like the others"
                    .formatted(Text.count(auctions.leftOut(), "auctions")));
        }
        return doubts;
    }

    private static ObjectNode row(RuleOutcome outcome) {
        ObjectNode row = Json.object().put("rule", outcome.name());
        Json.put(row, "priceOrReserve", outcome.least());
        Json.put(row, "revenue", outcome.revenue());
        put(row, "revenue", outcome.estimated());
        put(row, "played", outcome.played());
        Json.put(row, "gain", outcome.gain());
        put(row, "gain", outcome.gainEstimated());
        Json.put(row, "efficiency", outcome.efficiency());
        Json.put(row, "surplus", outcome.surplus());
        put(row, "surplus", outcome.surplusEstimated());
        Json.put(row, "sold", outcome.sold());
        Json.put(row, "meanField", outcome.field());
        return row;
    }

    private static void put(ObjectNode row, String name, Interval interval) {
        Json.put(row, name + "Low", interval.low());
        Json.put(row, name + "High", interval.high());
    }

    /** What each rule is expected to earn in each auction, of the first ones where there are very many. */
    private List<ObjectNode> auctionRows(@Nullable LearnedPlays plays) {
        List<ObjectNode> rows = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST_ROWS, estimate.places().size()); i++) {
            LoggedAuction auction = auctions.log().all().get(i);
            Place place = estimate.places().get(i);
            ObjectNode row = Json.object()
                    .put("auction", Text.visible(auction.name()))
                    .put("bidders", place.bidders())
                    .put("lots", place.lots());
            Json.put(row, "factor", place.factor());
            Json.put(row, "paid", auctions.paid(auction));
            for (Contender contender : contenders) {
                Json.put(
                        row,
                        contender.id(),
                        market.expected(place, contender.rule()).revenue());
            }
            if (plays != null) {
                Json.put(row, Contender.LEARNED, plays.expected(place).revenue());
            }
            rows.add(row);
        }
        return rows;
    }
}
