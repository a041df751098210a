package mfg.eval.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mfg.core.InvalidInputException;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Given;
import mfg.eval.config.Tree;
import mfg.eval.config.Yaml;
import mfg.eval.counterfactual.CounterfactualKind;
import mfg.eval.design.DesignKind;
import mfg.eval.io.Json;
import mfg.eval.io.Shell;
import mfg.eval.learn.LearnKind;
import mfg.eval.run.Result;
import mfg.eval.run.RunFile;
import mfg.eval.run.RunFolder;
import mfg.eval.run.RunKind;
import mfg.eval.solve.SolveKind;

/** How to get a run again. */
final class Again {

    private static final String GAME = "game";

    /** Of a counterfactual, in place of a game. */
    private static final String LOG = "log";

    private Again() {}

    /** What it plays, or what command it is of. */
    static String game(RunFile run) {
        Map<String, String> options = options(run);
        String log = options.get(LOG);
        return log != null ? String.valueOf(Path.of(log).getFileName()) : options.getOrDefault(GAME, run.command());
    }

    private static Optional<RunKind<?, ?>> kind(RunFile run) {
        return Stream.<RunKind<?, ?>>of(
                        DesignKind.DESIGN, LearnKind.LEARN, SolveKind.SOLVE, CounterfactualKind.COUNTERFACTUAL)
                .filter(known -> known.command().equals(run.command()))
                .findFirst();
    }

    /** What a run's result says, of one that is no command's own but of a sweep or a comparison; none while there is none. */
    static Optional<Answer> answer(Path folder, RunFile run) throws IOException {
        Optional<RunKind<?, ?>> kind = kind(run);
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        Result result = Json.intact(
                folder.resolve(RunFolder.RESULT),
                Map.of("runDirectory", folder.toString()),
                kind.get().result());
        return result == null ? Optional.empty() : Optional.of(Answer.of(run.command(), result));
    }

    /** All options by name. */
    static Map<String, String> options(RunFile run) {
        Map<String, String> options = new LinkedHashMap<>();
        Tree.leaves(run.tree()).forEach((path, value) -> {
            String text = Yaml.scalar(value);
            options.put(Tree.option(path), text == null ? String.valueOf(value) : text);
        });
        return options;
    }

    /** The command line. */
    static String command(RunFile run) {
        Map<String, String> options = unusual(run);
        List<String> words = new ArrayList<>(List.of("./mfg", run.command()));
        String game = options.remove(GAME);
        String log = options.remove(LOG);
        if (game != null) {
            words.add(run.source() == null ? game : run.source().file());
        } else if (log != null) {
            words.add(log);
        }
        options.forEach((option, text) -> words.add("--%s=%s".formatted(option, text)));
        return Shell.line(words);
    }

    /** The options that have to be given; all where that cannot be told without running a user's game. */
    private static Map<String, String> unusual(RunFile run) {
        Map<String, String> all = options(run);
        RunKind<?, ?> kind = kind(run).orElse(null);
        if (kind == null || run.source() != null) {
            return all;
        }
        Map<String, String> given = new LinkedHashMap<>();
        all.forEach((option, text) -> {
            if (option.equals(GAME) || option.equals(LOG) || option.equals("seeds")) {
                given.put(option, text);
            }
        });
        try {
            int before = -1;
            while (before < given.size()) { // an option may bring others with it
                before = given.size();
                Map<String, String> usual = usual(kind, given);
                all.entrySet().stream()
                        .filter(option -> !given.containsKey(option.getKey())
                                && !option.getValue().equals(usual.get(option.getKey())))
                        .findFirst()
                        .ifPresent(option -> given.put(option.getKey(), option.getValue()));
            }
            return given;
        } catch (InvalidInputException e) {
            return all;
        }
    }

    /** What options are if only some are given. */
    private static Map<String, String> usual(RunKind<?, ?> kind, Map<String, String> given) {
        Map<String, String> own = new LinkedHashMap<>(given);
        own.remove("seeds");
        return Tree.flat(Binder.bind(Catalogue.builtIn(), kind.configuration(), Given.options(own)));
    }
}
