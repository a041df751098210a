package mfg.eval.design;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import mfg.core.Constants;
import mfg.core.InvalidInputException;
import mfg.core.Mechanism;
import mfg.envs.auction.AuctionGame;
import mfg.envs.auction.BatchedAuction;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import mfg.eval.config.Tree;
import mfg.eval.io.Fact;
import mfg.eval.io.Numbers;
import mfg.eval.io.Summary;
import mfg.eval.io.Text;
import mfg.eval.run.Display;
import org.jspecify.annotations.Nullable;

/**
 * What a design of an auction is measured by, at the long T: the best simple mechanisms, and what no mechanism earns more than.
 *
 * @param simple the best of each kind
 * @param blind whether the designed mechanism's offers do not depend on the bids: then neither do those of its rivals
 * @param bound what no mechanism earns more than; null where that is not known
 * @param runDirectory where they were found
 */
public record Yardsticks(
        List<SimpleMechanism> simple,
        boolean blind,
        @Nullable Double bound,
        String runDirectory) implements Summary {

    /** Its file in a run's folder. */
    static final String FILE = "yardsticks.json";

    /**
     * Checks that there is something to compare with.
     *
     * @throws InvalidInputException if there is not, as in a file that is damaged
     */
    public Yardsticks {
        simple = new BestSimple(simple).found();
    }

    /** So many characters of a mechanism's numbers are told; the file has all. */
    private static final int LONGEST = 60;

    /** What of a design plays no role in what a simple mechanism is worth. */
    private static final Set<String> OF_THE_DESIGN = Set.of("mechanism", "init", "method", "iterations", "yardsticks");

    /**
     * Finds them.
     *
     * @param config the design, of an auction
     * @param auction its game
     * @param threads that search
     * @param display tells how far the search is
     */
    static Yardsticks of(DesignConfig config, AuctionGame auction, int threads, Display display) {
        Map<String, String> game = game(config);
        List<SimpleMechanism> simple = BestSimple.of(options -> bind(joined(game, options)), threads, display)
                .found();
        // figured out where bidders are exact, so single precision will do
        try (NDManager manager = NDManager.newBaseManager(Device.cpu());
                Constants constants = new Constants(manager, DataType.FLOAT32)) {
            List<BatchedAuction> games =
                    Start.auctions(auction.scenarios(constants, config.seed()).validation());
            double bound = auction.bound(games);
            return new Yardsticks(simple, !games.get(0).mechanism().seesBids(), Double.isNaN(bound) ? null : bound, "");
        }
    }

    /** The options of the game and of its population. */
    private static Map<String, String> game(DesignConfig config) {
        Map<String, String> options = new HashMap<>(Tree.flat(config));
        // a mechanism without options of its own
        Map<String, String> any = Map.of("game", config.game().name(), "mechanism", "schedule");
        options.keySet().retainAll(Tree.flat(bind(any)).keySet());
        options.keySet().removeAll(OF_THE_DESIGN);
        return options;
    }

    /** Builds a simple mechanism for the game of a design. */
    static Mechanism mechanism(DesignConfig config, SimpleMechanism simple, Constants constants) {
        AuctionGame game =
                (AuctionGame) bind(joined(game(config), simple.options())).game();
        return game.build(constants).mechanism();
    }

    private static DesignConfig bind(Map<String, String> options) {
        return Binder.bind(Catalogue.builtIn(), DesignConfig.KIND, Given.options(options));
    }

    private static Map<String, String> joined(Map<String, String> some, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }

    /** The same as a part of a report, which says itself where it lies. */
    Yardsticks inReport() {
        return new Yardsticks(simple, blind, bound, "");
    }

    /** First price with equal shares. */
    public SimpleMechanism firstPrice() {
        return new BestSimple(simple).equalShares();
    }

    /** The best of those that see no more than the designed mechanism does. */
    public Optional<SimpleMechanism> best() {
        BestSimple all = new BestSimple(simple);
        return blind ? all.bestBlind() : all.best();
    }

    /** Beside a design that is worth so much at the long T. */
    String beside(double worth) {
        Text text = new Text();
        text.line(
                "  %-44s %s",
                BestSimple.EQUAL_SHARES, Numbers.fixed(firstPrice().objective()));
        best().ifPresent(best -> text.line(
                "  %-44s %s, the design %s%s",
                (blind ? "best blind: " : "best simple: ") + best.name(),
                Numbers.fixed(best.objective()),
                lead(worth - best.objective()),
                numbers(best)));
        new BestSimple(simple)
                .best()
                .filter(best -> blind && best.seesBids())
                .ifPresent(best -> text.line(
                        "  %-44s %s%s", "seeing bids: " + best.name(), Numbers.fixed(best.objective()), numbers(best)));
        if (bound != null) {
            text.line(
                    "  %-44s %s, the design at %.1f %%",
                    "the most from bidders who do not err", Numbers.fixed(bound), 100 * worth / bound);
        }
        return text.toString();
    }

    /** The same for the head of a page. */
    List<Fact> facts(double worth) {
        List<Fact> facts = new ArrayList<>();
        best().ifPresent(best -> facts.add(new Fact(
                blind ? "Best simple mechanism that sees no bids" : "Best simple mechanism",
                Numbers.fixed(best.objective()),
                "%s; the design is %s".formatted(best.name(), lead(worth - best.objective())))));
        facts.add(
                new Fact("First price, equal shares", Numbers.fixed(firstPrice().objective()), "the usual auction"));
        if (bound != null) {
            facts.add(new Fact(
                    "The most that is possible",
                    Numbers.fixed(bound),
                    Text.of(
                            "from bidders who always make their best bid; the design reaches %.1f %%%s",
                            100 * worth / bound, worth > bound ? ", for these bidders sometimes make others" : "")));
        }
        return facts;
    }

    /** What was found by searching; nothing where it would fill the line. */
    private static String numbers(SimpleMechanism simple) {
        String all = simple.options().entrySet().stream()
                .filter(option -> !option.getKey().equals("mechanism"))
                .map(option -> "%s %s".formatted(option.getKey(), option.getValue()))
                .collect(Collectors.joining("; "));
        return all.isEmpty() || all.length() > LONGEST ? "" : " (%s)".formatted(all);
    }

    private static String lead(double lead) {
        return "%.4f %s".formatted(Math.abs(lead), lead < 0 ? "behind" : "ahead");
    }

    @Override
    public String summary() {
        Text text = new Text();
        simple.forEach(mechanism -> text.line("%-44s %s", mechanism.name(), Numbers.fixed(mechanism.objective())));
        return text.toString();
    }
}
