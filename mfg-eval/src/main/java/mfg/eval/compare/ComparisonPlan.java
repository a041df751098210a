package mfg.eval.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import mfg.core.InvalidInputException;
import mfg.core.catalogue.Parameter;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import mfg.eval.config.Tree;
import mfg.eval.design.BidLogOptions;
import mfg.eval.design.DesignConfig;
import mfg.eval.io.Shell;
import mfg.eval.run.RunFile;

/**
 * What is compared, and how.
 *
 * @param setting the game's name
 * @param options more options of {@code design} for every run that has them, by name
 * @param atLongT whether those compete, too, that are chosen at the long T
 */
public record ComparisonPlan(String setting, CompareBudget budget, Map<String, String> options, boolean atLongT) {

    /** The first file in the folder of a comparison. */
    public static final String FILE = "compare.yaml";

    private static final String COMMAND = "compare";
    private static final String OPTIONS = "options";
    private static final Binder.Kind<Terms> TERMS = new Binder.Kind<>(COMMAND, Terms.class, Map.of());

    /** The part of a plan that has names of its own. */
    private record Terms(
            @Parameter(about = "what is compared") String setting,

            @Parameter(about = "whether those compete that are chosen at the long T")
            boolean atLongT,

            CompareBudget budget) {}

    /** Options in an order of their own, so that the same options are the same plan. */
    public ComparisonPlan {
        options = new TreeMap<>(options);
    }

    /** The arguments of {@code compare} behind the game, with a space before each. */
    public String arguments() {
        return budget.arguments() + (options.isEmpty() ? "" : " -- " + line(options));
    }

    /** Options as {@code design} takes them, without the bidders of a log, which the file of the plan alone holds. */
    static String line(Map<String, String> options) {
        List<String> arguments = new ArrayList<>();
        options.forEach((name, value) -> {
            if (!BidLogOptions.ESTIMATED.contains(name)) {
                arguments.add("--%s=%s".formatted(name, value));
            }
        });
        return Shell.line(arguments);
    }

    /**
     * The configuration of the game as it is usual, with the plan's options.
     *
     * @throws InvalidInputException if {@code design} does not take them
     */
    DesignConfig config(Catalogue catalogue) {
        return bound(catalogue, inPaper(catalogue, options));
    }

    /** The configuration of a run by its options. */
    DesignConfig bound(Catalogue catalogue, Map<String, String> options) {
        return Binder.bind(catalogue, DesignConfig.KIND, given(options));
    }

    /** The options of a run in the paper's experiment: its own, the plan's that there are with them, and the experiment's. */
    Map<String, String> paperOptions(Catalogue catalogue, Map<String, String> own) {
        return inPaper(catalogue, joined(catalogue, inPaper(catalogue, own), own));
    }

    /** The options of a run by default: its own, and the plan's that there are with them. */
    Map<String, String> defaultOptions(Catalogue catalogue, Map<String, String> own) {
        return joined(catalogue, own, own);
    }

    /** The plan's options that a run with some others has, under its own. */
    private Map<String, String> joined(Catalogue catalogue, Map<String, String> run, Map<String, String> own) {
        Map<String, String> all = new LinkedHashMap<>(options);
        all.put("yardsticks", "false"); // the comparison has its own
        all.keySet().retainAll(Tree.flat(bound(catalogue, run)).keySet());
        all.putAll(own);
        return all;
    }

    /** The same, in the paper's experiment. */
    private Map<String, String> inPaper(Catalogue catalogue, Map<String, String> own) {
        Map<String, String> all =
                new LinkedHashMap<>(DesignConfig.paper(catalogue, given(own)).texts());
        all.remove("game");
        return all;
    }

    private Given given(Map<String, String> options) {
        return Given.options(options).with(Map.of("game", setting));
    }

    /** As it is written, under a header. */
    String text(Catalogue catalogue, String header) {
        return file(catalogue).text(header);
    }

    private RunFile file(Catalogue catalogue) {
        Map<String, Object> tree = Tree.of(new Terms(setting, atLongT, budget));
        tree.put(OPTIONS, options);
        return new RunFile(COMMAND, catalogue.source(setting), tree);
    }

    /** Whether a file holds this plan, of the game that the catalogue has. */
    boolean isIn(Path file, Catalogue catalogue) throws IOException {
        return read(file).equals(this) && Objects.equals(RunFile.read(file).source(), catalogue.source(setting));
    }

    /**
     * Reads a plan.
     *
     * @throws InvalidInputException if the file holds none, or one of an older version
     */
    public static ComparisonPlan read(Path file) throws IOException {
        RunFile stored = RunFile.read(file);
        Map<String, Object> tree = new LinkedHashMap<>(stored.tree());
        Map<String, String> options = new TreeMap<>();
        if (!stored.command().equals(COMMAND) || !(tree.remove(OPTIONS) instanceof Map<?, ?> given)) {
            throw new InvalidInputException("%s is no plan of a comparison".formatted(file));
        }
        given.forEach((name, value) -> {
            if (!(value instanceof String text)) {
                throw new InvalidInputException("%s: %s is no single value".formatted(file, name));
            }
            options.put(String.valueOf(name), text);
        });
        Terms terms = new RunFile(COMMAND, null, tree).config(Catalogue.builtIn(), TERMS, file);
        return new ComparisonPlan(terms.setting(), terms.budget(), options, terms.atLongT());
    }
}
