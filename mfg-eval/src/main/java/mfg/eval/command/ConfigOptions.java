package mfg.eval.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mfg.core.InvalidInputException;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Described;
import mfg.eval.config.Given;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of a command that its configuration has: declared where the configuration is, and read as texts. */
final class ConfigOptions {

    /** From so many games on help would be about games alone. */
    private static final int MANY = 20;

    /** What no more games than this have is told by {@code ./mfg games GAME}. */
    private static final int FEW = 6;

    private ConfigOptions() {}

    /**
     * Adds the options of a kind of configuration to a command, but for some that it has itself. Where there are many games, help leaves
     * out what only a few of them have.
     */
    static void add(CommandSpec command, Binder.Kind<?> kind, Set<String> but) {
        options(kind, but).forEach(command::addOption);
    }

    /** The same under a heading of help. */
    static void addGroup(CommandSpec command, Binder.Kind<?> kind, Set<String> but, String heading) {
        ArgGroupSpec.Builder group = ArgGroupSpec.builder().exclusive(false).heading(heading);
        options(kind, but).forEach(group::addArg);
        command.addArgGroup(group.build());
    }

    private static List<OptionSpec> options(Binder.Kind<?> kind, Set<String> but) {
        Set<String> games = games(kind);
        List<OptionSpec> options = new ArrayList<>();
        for (Described described : Described.all(Catalogue.builtIn(), kind)) {
            String option = described.option();
            if (but.contains(option)) {
                continue;
            }
            boolean flag = described.slot().raw() == boolean.class;
            boolean hidden = !described.only().isEmpty()
                    && described.only().size() <= FEW
                    && games.containsAll(described.only());
            OptionSpec.Builder builder = OptionSpec.builder("--" + option)
                    .type(String.class)
                    .hidden(hidden)
                    .paramLabel(label(described))
                    .description(described.help().replace("%", "%%") + ".");
            options.add((flag ? builder.arity("0..1").fallbackValue("true") : builder.arity("1")).build());
            if (flag) {
                options.add(OptionSpec.builder("--no-" + option)
                        .type(boolean.class)
                        .hidden(hidden)
                        .arity("0")
                        .description("The same as --" + option + "=false.")
                        .build());
            }
        }
        return options;
    }

    /** The games of a kind of configuration, if they are many; else none. */
    private static Set<String> games(Binder.Kind<?> kind) {
        return Described.all(Catalogue.builtIn(), kind).stream()
                .filter(described -> described.option().equals("game"))
                .map(described ->
                        Catalogue.builtIn().choices(described.slot().raw()).keySet())
                .filter(all -> all.size() > MANY)
                .findFirst()
                .orElse(Set.of());
    }

    private static String label(Described described) {
        Class<?> type = described.slot().raw();
        if (type == int.class || type == long.class) {
            return "N";
        }
        return type == double.class ? "X" : described.slot().isList() ? "X[,X..]" : "NAME";
    }

    /**
     * What was given of them, of a game and by {@code --set}.
     *
     * @throws InvalidInputException if something was given twice, or is set that nobody knows
     */
    static Given given(CommandLine command, Binder.Kind<?> kind, Catalogue.Named game, GameParameters parameters) {
        Map<String, String> given = given(command, kind);
        given.put("game", game.name());
        Map<String, String> set = parameters.texts(game, kind);
        set.forEach((option, text) -> {
            if (given.put(option, text) != null) {
                throw new InvalidInputException("%s is given twice".formatted(option));
            }
        });
        return new Given(given, option -> (set.containsKey(option) ? "--set " : "--") + option);
    }

    /** Which option a word of the command line is, less the dashes and the value; empty if it is none. */
    static String name(String word) {
        return word.startsWith("--") ? word.substring("--".length()).split("=", 2)[0] : "";
    }

    /** Where an option stands that is one of the runs of a command, and none of its own; empty if it is no such option. */
    static String advice(Binder.Kind<?> runs, List<String> unmatched) {
        String option = name(unmatched.get(0));
        boolean known = Described.all(Catalogue.builtIn(), runs).stream()
                .anyMatch(described -> described.option().equals(option));
        return known ? "options of %s stand behind --, as in: -- --%s ...".formatted(runs.command(), option) : "";
    }

    /** What was given of them. */
    static Map<String, String> given(CommandLine command, Binder.Kind<?> kind) {
        CommandLine.ParseResult parsed = command.getParseResult();
        Map<String, String> given = new LinkedHashMap<>();
        for (Described described : Described.all(Catalogue.builtIn(), kind)) {
            String option = described.option();
            if (parsed.hasMatchedOption("--" + option)) {
                given.put(option, String.valueOf((Object) parsed.matchedOptionValue("--" + option, "")));
            }
            if (parsed.hasMatchedOption("--no-" + option)) {
                given.put(option, "false");
            }
        }
        return given;
    }
}
