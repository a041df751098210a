package mfg.eval.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mfg.eval.config.Tree;
import mfg.eval.config.Yaml;
import mfg.eval.io.Shell;
import mfg.eval.run.RunFile;

/** How to get a run again. */
final class Again {

    private static final String GAME = "game";

    private Again() {}

    /** What it plays, or what command it is of. */
    static String game(RunFile run) {
        return options(run).getOrDefault(GAME, run.command());
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
        Map<String, String> options = options(run);
        List<String> words = new ArrayList<>(List.of("./mfg", run.command()));
        String game = options.remove(GAME);
        if (game != null) {
            words.add(run.source() == null ? game : run.source().file());
        }
        options.forEach((option, text) -> words.add("--%s=%s".formatted(option, text)));
        return Shell.line(words);
    }
}
