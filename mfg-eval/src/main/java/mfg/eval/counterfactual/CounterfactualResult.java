package mfg.eval.counterfactual;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mfg.envs.bids.Interval;
import mfg.eval.io.Fact;
import mfg.eval.io.Text;
import mfg.eval.io.TextTable;
import mfg.eval.run.Result;
import org.jspecify.annotations.Nullable;

/**
 * What {@code counterfactual} reports, by JSON name. Money is in the log's unit, and over all its auctions where nothing else is said.
 *
 * @param unit of money; empty if the log does not tell
 * @param paid what was paid by the bids of the log; not a number if that is not known
 * @param revenue of the rule that earns most
 * @param level the share of resamples that intervals hold
 * @param usual the name of the rule that others are held against
 * @param outcomes of each rule
 * @param field the learned mechanism in a mean field; null if none was learned
 * @param assumed what has to be true, in sentences
 * @param doubts why to doubt it, in sentences
 */
public record CounterfactualResult(
        String log,
        String unit,
        int auctions,
        double bidders,
        double lots,
        double paid,
        double revenue,
        int resamples,
        double level,
        String usual,
        List<RuleOutcome> outcomes,
        @Nullable FieldLead field,
        List<String> assumed,
        List<String> doubts,
        String status,
        String runDirectory)
        implements Result {

    private static final double ROUNDING = 1e-9;

    /** A mechanism that is behind by this share is not worth having. */
    private static final double MUCH = 0.01;

    /** A mean field tells little of auctions with fewer bidders. */
    private static final int FEW_BIDDERS = 30;

    private static final int WIDTH = 110;

    // ends of the names of columns
    static final String REVENUE = "Revenue";
    static final String WORTH = "Worth";
    static final String SOLD = "Sold";
    static final String PLAYED = "PlayedRevenue";

    // names of columns
    static final String MOST_WORTH = "mostWorth";
    static final String FIELD_LEARNED = "fieldLearned";
    static final String FIELD_SIMPLE = "fieldSimple";
    static final String FIELD_FIRST_PRICE = "fieldFirstPrice";

    /**
     * What a rule would have brought.
     *
     * @param least the reserve or posted price, of the average good; 0 for none
     * @param revenue what is expected
     * @param estimated where that lies
     * @param played where the revenue lies that these auctions would have had, luck included
     * @param gain the revenue beyond that of the usual rule
     * @param gainEstimated where that lies
     * @param efficiency what winners' values are, as a share of the most there is
     * @param surplus of bidders: what winners' values are beyond what they pay
     * @param surplusEstimated where that lies
     * @param sold the share of lots
     * @param field the revenue among bidders without end; not a number if that is not known
     */
    public record RuleOutcome(
            String id,
            String name,
            double least,
            double revenue,
            Interval estimated,
            Interval played,
            double gain,
            Interval gainEstimated,
            double efficiency,
            double surplus,
            Interval surplusEstimated,
            double sold,
            double field) {}

    /**
     * The learned mechanism in a mean field, beside the best simple one.
     *
     * @param steps of learning by then
     * @param learned its revenue
     * @param simple that of the best simple mechanism
     * @param simpleName what this is
     * @param lead of the learned one
     * @param leadEstimated where that lies
     * @param bound what no mechanism earns more than from bidders who do not err; not a number where that is not known
     */
    public record FieldLead(
            int steps,
            double learned,
            double simple,
            String simpleName,
            double lead,
            Interval leadEstimated,
            double bound) {}

    /** The rule of the log. */
    private RuleOutcome usualOutcome() {
        return outcomes.stream()
                .filter(outcome -> outcome.name().equals(usual))
                .findFirst()
                .orElseThrow();
    }

    /** The rule that earns most; the usual one where none earns more but for rounding. */
    RuleOutcome best() {
        RuleOutcome best = usualOutcome();
        for (RuleOutcome outcome : outcomes) {
            best = outcome.revenue() > best.revenue() + ROUNDING * Math.abs(best.revenue()) ? outcome : best;
        }
        return best;
    }

    /** The level of intervals. */
    String percent() {
        return Text.of("%.4g %%", 100 * level).replaceAll("\\.?0+ ", " ");
    }

    private static String gain(RuleOutcome outcome) {
        return outcome.gainEstimated().equals(new Interval(0, 0))
                ? "the same"
                : "%s (%s)".formatted(Money.text(outcome.gain()), Money.text(outcome.gainEstimated()));
    }

    private String money(double amount) {
        return Money.text(amount, unit);
    }

    @Override
    public Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        outcomes.forEach(outcome -> figures.put(outcome.id() + REVENUE, outcome.revenue()));
        return figures;
    }

    @Override
    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        RuleOutcome best = best();
        facts.add(new Fact(
                "Earns most",
                best.name(),
                Text.of(
                        "%s in all, %s an auction; %s to %s",
                        money(best.revenue()),
                        money(best.revenue() / auctions),
                        Money.text(best.estimated().low()),
                        Money.text(best.estimated().high()))));
        if (!best.name().equals(usual)) {
            facts.add(new Fact(
                    "More than " + usual,
                    money(best.gain()),
                    Text.of(
                            "%s to %s in %s of resamples",
                            Money.text(best.gainEstimated().low()),
                            Money.text(best.gainEstimated().high()),
                            percent())));
        }
        if (!Double.isNaN(paid)) {
            facts.add(new Fact("Paid in the log", money(paid), money(paid / auctions) + " an auction"));
        }
        if (field != null) {
            facts.add(new Fact(
                    "Learned, in a mean field",
                    money(field.learned()),
                    Text.of(
                            "%s %s the best simple mechanism, %s; %s to %s",
                            money(Math.abs(field.lead())),
                            field.lead() < 0 ? "behind" : "ahead of",
                            field.simpleName(),
                            Money.text(field.leadEstimated().low()),
                            Money.text(field.leadEstimated().high()))));
        }
        return facts;
    }

    @Override
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>(doubts);
        if (!Double.isNaN(paid) && !usualOutcome().played().contains(paid)) {
            warnings.add(
                    "%s is predicted to earn %s, but %s was paid in the log, which luck hardly explains: something assumed is false"
                            .formatted(usual, Money.text(usualOutcome().played()), money(paid)));
        }
        RuleOutcome best = best();
        Interval gain = best.gainEstimated();
        if (!best.name().equals(usual) && gain.low() <= 0) {
            warnings.add("the log is too small to tell whether %s earns more than %s: %s to %s"
                    .formatted(best.name(), usual, money(gain.low()), money(gain.high())));
        }
        if (field != null && field.lead() < -MUCH * field.simple()) {
            warnings.add(
                    "the learned mechanism is behind %s even in a mean field: train it longer, by --iterations, or leave it"
                            .formatted(field.simpleName()));
        }
        if (bidders < FEW_BIDDERS * auctions) {
            outcomes.stream()
                    .filter(outcome -> outcome.id().equals(Contender.LEARNED))
                    .forEach(outcome -> warnings.add(Text.of(
                            "%.3g bidders an auction are few for a mechanism that is made for a mean field: it earns %s, and %s there",
                            bidders / auctions, money(outcome.revenue()), money(outcome.field()))));
        }
        return warnings;
    }

    @Override
    public List<String> assumptions() {
        return assumed;
    }

    @Override
    public String summary() {
        Text text = new Text();
        String percent = percent();
        text.line(
                "%s: %,d auctions, %,.0f bidders, %s%s",
                Path.of(log).getFileName(),
                auctions,
                bidders,
                lots == 1 ? "1 lot" : Text.of("%,.0f lots", lots),
                unit.isEmpty() ? "" : "; money in " + unit);
        if (!Double.isNaN(paid)) {
            text.line("paid in the log: %s, %s an auction", money(paid), money(paid / auctions));
        }
        text.line("");
        text.add(TextTable.of(outcomes)
                .column("rule", RuleOutcome::name)
                .column("revenue", outcome -> Money.text(outcome.revenue()))
                .column(percent, outcome -> Money.text(outcome.estimated()))
                .column(percent + " with luck", outcome -> Money.text(outcome.played()))
                .column("an auction", outcome -> Money.text(outcome.revenue() / auctions))
                .column("more than " + usual, outcome -> outcome.name().equals(usual) ? "" : gain(outcome))
                .toString());
        text.line("");
        TextTable<RuleOutcome> others = TextTable.of(outcomes)
                .column("rule", RuleOutcome::name)
                .column("price", outcome -> outcome.least() == 0 ? "" : Money.text(outcome.least()))
                .column("efficiency", outcome -> Text.of("%.1f %%", 100 * outcome.efficiency()))
                .column("bidders gain", outcome -> Money.text(outcome.surplus()))
                .column(percent, outcome -> Money.text(outcome.surplusEstimated()))
                .column("sold", outcome -> Text.of("%.1f %%", 100 * outcome.sold()));
        if (field != null) {
            others.column("mean field", outcome -> Double.isNaN(outcome.field()) ? "" : Money.text(outcome.field()));
        }
        text.add(others.toString());
        text.line("");
        if (field != null) {
            text.wrapped(
                    Text.of(
                            "in a mean field, of bidders without end, the learned mechanism earns %s after %,d steps of learning, %s %s %s by the log it is trained for, and %s more in resamples%s",
                            money(field.learned()),
                            field.steps(),
                            money(Math.abs(field.lead())),
                            field.lead() < 0 ? "less than" : "more than",
                            field.simpleName(),
                            Money.text(field.leadEstimated()),
                            Double.isNaN(field.bound())
                                    ? ""
                                    : "; no mechanism earns more there than " + money(field.bound())),
                    WIDTH);
        }
        warnings().forEach(doubt -> text.wrapped("careful: " + doubt, WIDTH));
        assumed.forEach(sentence -> text.wrapped("assumed: " + sentence, WIDTH));
        text.line("all of it in %s", runDirectory);
        return text.toString();
    }
}
