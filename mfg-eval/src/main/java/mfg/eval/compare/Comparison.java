package mfg.eval.compare;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import mfg.core.AtomicFile;
import mfg.core.Constants;
import mfg.core.InvalidInputException;
import mfg.envs.auction.AuctionGame;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.design.BestSimple;
import mfg.eval.design.DesignConfig;
import mfg.eval.design.DesignKind;
import mfg.eval.design.DesignResult;
import mfg.eval.design.Start;
import mfg.eval.grid.Cell;
import mfg.eval.grid.Grid;
import mfg.eval.grid.Outcome;
import mfg.eval.grid.Place;
import mfg.eval.io.Csv;
import mfg.eval.io.Json;
import mfg.eval.io.Provenance;
import mfg.eval.run.Display;
import mfg.eval.run.Run;
import mfg.eval.run.RunFolder;
import mfg.eval.view.Charts;
import org.jspecify.annotations.Nullable;

/**
 * Contenders against each other in one game. First the hyperparameters of those that learn are tuned with seeds of their own; then
 * everybody gets what the budget allows. All runs are those of {@code design} and stay on disk.
 */
public final class Comparison {

    /** No repetition has these. Two, for what a rate does to one start may be luck. */
    private static final List<Long> TUNING_SEEDS =
            List.of(CompareBudget.MOST_REPETITIONS + 1L, CompareBudget.MOST_REPETITIONS + 2L);

    /** What a search for simple mechanisms found. */
    private static final String SIMPLE = "simple.json";

    /** File systems take no longer names; whoever has more options than that has no other candidate. */
    private static final int LONGEST_NAME = 200;

    /** Ends the names of runs that only evaluate the design of another. */
    private static final String EVALUATED = "-evaluated";

    /** Options that the comparison sees to. */
    public static final Set<String> OURS = Set.of(
            "game",
            "iterations",
            "lr",
            "method",
            "optimizer",
            "radius",
            "sigma",
            "mechanism",
            "shares",
            "reserve",
            "price",
            "pays",
            "init",
            "seed");

    private static final Grid.Purpose TUNING = new Grid.Purpose("tuning", "tuning.yaml", "tuning.csv", false);
    private static final Grid.Purpose RUNS = new Grid.Purpose("comparing", "runs.yaml", "runs.csv", false);

    private final ComparisonPlan plan;
    private final Catalogue catalogue;
    private final Path folder;
    private final Place place;
    private final DesignConfig base;
    private final List<Contender> contenders;

    private Comparison(ComparisonPlan plan, Catalogue catalogue, Path folder, Place place) {
        this.plan = plan;
        this.catalogue = catalogue;
        this.folder = folder;
        this.place = place;
        this.base = plan.config(catalogue);
        this.contenders = new ArrayList<>(Contender.of(base, plan.budget()));
        contenders.removeIf(contender -> contender.atLongT() && !plan.atLongT());
    }

    /** Compares in a game that is built in, or goes on; leaves tables and charts in the folder. */
    public static Compared compare(ComparisonPlan plan, Path folder, Place place) throws IOException {
        return compare(plan, Catalogue.builtIn(), folder, place);
    }

    /** Compares, or goes on; leaves tables and charts in the folder. */
    public static Compared compare(ComparisonPlan plan, Catalogue catalogue, Path folder, Place place)
            throws IOException {
        Comparison comparison = new Comparison(plan, catalogue, folder, place);
        comparison.claim();
        comparison.addSimple();
        List<Entry> entries = comparison.run();
        DesignConfig config = comparison.base;
        ComparisonResult result = ComparisonResult.of(config, entries, bound(config), folder);
        Csv.write(
                folder.resolve("compare.csv"),
                result.rows().stream().map(ComparisonResult.Row::flat).toList());
        AtomicFile.write(folder.resolve("result.json"), Provenance.line(result) + System.lineSeparator());
        Compared compared = new Compared(entries, result);
        Charts.attempt(() -> compared.draw(folder.resolve("compare.png")));
        return compared;
    }

    /** Makes the folder ours, unless it is. */
    private void claim() throws IOException {
        Path file = folder.resolve(ComparisonPlan.FILE);
        if (!Files.exists(file)) {
            RunFolder.requireFreeFor("comparison", folder);
            check();
            RunFolder.make(folder);
            AtomicFile.write(file, plan.text(catalogue, Provenance.header()));
        } else if (!plan.isIn(file, catalogue)) {
            throw new InvalidInputException("%s holds another comparison; nothing was overwritten".formatted(folder));
        }
    }

    /** Adds the best simple mechanisms of an auction, found once: the search is deterministic, but takes a while. */
    private void addSimple() throws IOException {
        if (!plan.atLongT() || !(base.game() instanceof AuctionGame auction)) {
            return;
        }
        Path file = folder.resolve(SIMPLE);
        BestSimple simple = Json.intact(file, Map.of(), BestSimple.class);
        if (simple == null) {
            simple = BestSimple.of(
                    own -> plan.bound(catalogue, plan.paperOptions(catalogue, own)), place.threads(), Display.ALONE);
            AtomicFile.write(file, Provenance.line(simple) + System.lineSeparator());
        }
        try (NDManager manager = NDManager.newBaseManager(Device.cpu());
                Constants constants = new Constants(manager, DataType.FLOAT32)) {
            boolean blind = !auction.build(constants).mechanism().seesBids();
            contenders.addAll(Contender.of(simple, blind));
        }
    }

    /** Does what starts each contender, but for the folder: bad options shall leave nothing behind. */
    private void check() throws IOException {
        List<Cell<DesignConfig, DesignResult>> cells = contenders.stream()
                .map(contender ->
                        trial(contender, contender.candidates().get(0), 1).training())
                .toList();
        new Grid<>(RUNS, cells, catalogue, folder, place).check();
    }

    /** What no mechanism earns more than; null where that is not known. */
    private static @Nullable Double bound(DesignConfig config) {
        if (!(config.game() instanceof AuctionGame auction)) {
            return null;
        }
        try (NDManager manager = NDManager.newBaseManager(Device.cpu());
                Constants constants = new Constants(manager, DataType.FLOAT32)) {
            double bound = auction.bound(
                    Start.auctions(auction.scenarios(constants, config.seed()).validation()));
            return Double.isNaN(bound) ? null : bound;
        }
    }

    /** Runs everything that is not there yet. */
    private List<Entry> run() throws IOException {
        List<Trial> tuning = new ArrayList<>();
        for (Contender contender : contenders) {
            tuning.addAll(tuning(contender));
        }
        Map<String, DesignResult> tuned = run(TUNING, tuning);
        List<Trial> trials = new ArrayList<>();
        for (Contender contender : contenders) {
            trials.addAll(trials(contender, of(contender, tuning), tuned));
        }
        Map<String, DesignResult> results = run(RUNS, trials);
        return contenders.stream()
                .map(contender -> Entry.of(contender, of(contender, tuning), of(contender, trials), results))
                .toList();
    }

    private static List<Trial> of(Contender contender, List<Trial> trials) {
        return trials.stream()
                .filter(trial -> trial.contender().equals(contender))
                .toList();
    }

    /** The results of runs and their evaluations, by name. A figure that is not a number is none. */
    private Map<String, DesignResult> run(Grid.Purpose purpose, List<Trial> trials) throws IOException {
        if (trials.isEmpty()) {
            return Map.of();
        }
        Path runs = folder.resolve(purpose.name());
        Grid<DesignResult> grid =
                new Grid<>(purpose, trials.stream().flatMap(Trial::cells).toList(), catalogue, runs, place);
        Map<String, DesignResult> results = new HashMap<>();
        List<Outcome<DesignResult>> outcomes =
                purpose.isAt(runs) ? grid.resume() : grid.start(plan.text(catalogue, Provenance.header()));
        for (Outcome<DesignResult> outcome : outcomes) {
            DesignResult result = outcome.result();
            if (result != null && Double.isFinite(result.validationObjective() + result.longObjective())) {
                results.put(outcome.cell().name(), result);
            }
        }
        return results;
    }

    /** Runs of all candidates, where there is something to choose: as long as in the end, for what learns fast may not last. */
    private List<Trial> tuning(Contender contender) {
        List<Trial> trials = new ArrayList<>();
        if (contender.kind() == Contender.Kind.LEARNED && contender.candidates().size() > 1) {
            for (Map<String, String> candidate : contender.candidates()) {
                for (long seed : TUNING_SEEDS) {
                    trials.add(trial(contender, candidate, seed));
                }
            }
        }
        return trials;
    }

    /** What a contender does in the end: a search all candidates, the others their best with each seed. */
    private List<Trial> trials(Contender contender, List<Trial> tuning, Map<String, DesignResult> tuned) {
        List<Trial> trials = new ArrayList<>();
        if (contender.kind() == Contender.Kind.SEARCHED) {
            for (Map<String, String> candidate : contender.candidates()) {
                trials.add(trial(contender, candidate, 1));
            }
            return trials;
        }
        Map<String, String> chosen = contender.candidates().get(0);
        if (!tuning.isEmpty()) {
            chosen = Collections.max(
                    contender.candidates(),
                    Comparator.comparingDouble(candidate -> validation(candidate, tuning, tuned)));
            if (validation(chosen, tuning, tuned) == Double.NEGATIVE_INFINITY) {
                return List.of();
            }
        }
        for (long seed = 1; seed <= plan.budget().repetitions(); seed++) {
            trials.add(trial(contender, chosen, seed));
        }
        return trials;
    }

    /**
     * Where the worse of a candidate's runs ended: a run that collapsed may have had a good design on its way, but only by luck.
     * Infinitely low if a run came to no result.
     */
    private static double validation(
            Map<String, String> candidate, List<Trial> tuning, Map<String, DesignResult> tuned) {
        return tuning.stream()
                .filter(trial -> trial.candidate().equals(candidate))
                .map(trial -> tuned.get(trial.training().name()))
                .mapToDouble(result -> result == null ? Double.NaN : result.lastValidationObjective())
                .map(last -> Double.isNaN(last) ? Double.NEGATIVE_INFINITY : last)
                .min()
                .orElseThrow();
    }

    /** A run of a contender; a seed among the candidate's options stands. */
    private Trial trial(Contender contender, Map<String, String> candidate, long seed) {
        Map<String, String> own = new LinkedHashMap<>(candidate);
        own.put("iterations", String.valueOf(contender.iterations()));
        own.putIfAbsent("seed", String.valueOf(seed));
        Map<String, String> options =
                contender.isDefault() ? plan.defaultOptions(catalogue, own) : plan.paperOptions(catalogue, own);
        ObjectNode labels =
                Json.object().put("contender", contender.name()).put("options", ComparisonPlan.line(options));
        String name = own.entrySet().stream()
                .map(option -> "-%s-%s".formatted(option.getKey(), option.getValue()))
                .collect(Collectors.joining("", contender.fileName(), ""))
                .replaceAll("[^A-Za-z0-9.]+", "-");
        name = name.substring(0, Math.min(name.length(), LONGEST_NAME));
        Cell<DesignConfig, DesignResult> training = cell(name, labels, plan.bound(catalogue, options), null);
        boolean trainsAtAnother = contender.atLongT() && contender.iterations() > 0;
        Cell<DesignConfig, DesignResult> evaluation = trainsAtAnother && !TUNING_SEEDS.contains(seed)
                ? cell(name + EVALUATED, labels, evaluation(training.config()), name)
                : null;
        return new Trial(contender, candidate, options, training, evaluation);
    }

    private Cell<DesignConfig, DesignResult> cell(
            String name, ObjectNode labels, DesignConfig config, @Nullable String after) {
        return new Cell<>(name, labels, DesignKind.DESIGN, config, catalogue.source(plan.setting()), after);
    }

    /** Evaluates at the T of the comparison. */
    private DesignConfig evaluation(DesignConfig training) {
        DesignConfig.Population at = base.population();
        return Run.with(
                DesignKind.DESIGN,
                catalogue,
                training,
                Map.of(
                        "inner-steps", String.valueOf(at.innerSteps()),
                        "validation-steps", String.valueOf(at.validationSteps()),
                        "iterations", "0"));
    }
}
