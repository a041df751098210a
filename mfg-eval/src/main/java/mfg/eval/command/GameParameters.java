package mfg.eval.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mfg.core.InvalidInputException;
import mfg.core.catalogue.Game;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.config.Binder;
import mfg.eval.config.Described;
import mfg.eval.config.Slot;
import mfg.eval.design.BidLogOptions;
import mfg.eval.io.Nearest;
import picocli.CommandLine.Option;

/** What is set of a game, which a command need not know: {@code --set} takes every option, too. */
final class GameParameters {

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description =
                    "A parameter of the game; ./mfg games GAME lists them. --horizon 10 is the same as --set horizon=10.")
    private List<String> set = new ArrayList<>();

    /** Those that the command line sets. */
    GameParameters() {}

    /** As if these had been set. */
    GameParameters(List<String> set) {
        this.set = set;
    }

    /**
     * Their texts by option.
     *
     * @throws InvalidInputException if one has no value, is given twice or is known neither to the game nor to the command
     */
    Map<String, String> texts(Catalogue.Named game, Binder.Kind<?> kind) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String word : set) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new InvalidInputException("--set takes NAME=VALUE, not '%s'".formatted(word));
            }
            String option = Slot.option(word.substring(0, equals));
            if (texts.put(option, word.substring(equals + 1)) != null) {
                throw new InvalidInputException("--set %s is given twice".formatted(option));
            }
        }
        List<String> known = of(game);
        for (String option : texts.keySet()) {
            Class<? extends Game> type = game.catalogue().games().get(game.name());
            boolean taken = known.contains(option)
                    || Described.all(game.catalogue(), kind).stream()
                            .anyMatch(described -> described.option().equals(option));
            if (type != null && (!taken || BidLogOptions.isEstimated(type, option))) {
                throw new InvalidInputException(refusal(option, game.name(), known));
            }
        }
        return texts;
    }

    /**
     * How to set what was given as if it were an option.
     *
     * @param unmatched what the command does not understand
     * @return empty if that is no parameter of the game
     */
    static String advice(Games games, String game, List<String> unmatched) {
        String word = unmatched.get(0);
        String option = ConfigOptions.name(word);
        String value = unmatched.size() > 1 && !unmatched.get(1).startsWith("--") ? unmatched.get(1) : "VALUE";
        String setting = word.contains("=") ? word.substring("--".length()) : option + "=" + value;
        try {
            return of(games.named(game)).contains(option) ? "say --set " + setting : "";
        } catch (IOException | RuntimeException e) {
            return ""; // what is wrong with the game is told when the rest is right
        }
    }

    private static String refusal(String option, String game, List<String> known) {
        String nearest = Nearest.to(option, known)
                .map(name -> "did you mean %s? ".formatted(name))
                .orElse("");
        String all = known.isEmpty() ? "no parameters" : String.join(", ", known);
        return "--set %s is not known; %s%s has %s".formatted(option, nearest, game, all);
    }

    /** The parameters of a game; none if there is no such game. */
    private static List<String> of(Catalogue.Named game) {
        Class<? extends Game> type = game.catalogue().games().get(game.name());
        return type == null
                ? List.of()
                : of(game.catalogue(), type).map(Described::option).toList();
    }

    /** What can be set of a game. */
    static Stream<Described> of(Catalogue catalogue, Class<? extends Game> type) {
        return Described.of(catalogue, type).stream()
                .filter(described -> !BidLogOptions.isEstimated(type, described.option()));
    }
}
