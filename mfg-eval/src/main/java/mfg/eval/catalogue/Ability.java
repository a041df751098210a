package mfg.eval.catalogue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import mfg.core.catalogue.DesignableGame;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.LearnableGame;
import mfg.core.catalogue.SolvableGame;

/** What a game can do: what it implements. */
public enum Ability {
    SOLVE(SolvableGame.class, "be solved", "solve"),
    DESIGN(DesignableGame.class, "be designed", "design, compare, evaluate"),
    LEARN(LearnableGame.class, "be learned from play", "learn, respond");

    private final Class<? extends Game> type;
    private final String words;
    private final String commands;

    Ability(Class<? extends Game> type, String words, String commands) {
        this.type = type;
        this.words = words;
        this.commands = commands;
    }

    /** What games of a kind can do, in words after {@code can}. */
    public static String words(Class<?> kind) {
        return Arrays.stream(values())
                .filter(ability -> ability.type == kind)
                .map(Ability::words)
                .collect(Collectors.joining());
    }

    /** All that a game has. */
    public static List<Ability> of(Game game) {
        return Arrays.stream(values())
                .filter(ability -> ability.type.isInstance(game))
                .toList();
    }

    /** In words, after {@code can}. */
    public String words() {
        return words;
    }

    /** Which commands are for it. */
    public String commands() {
        return commands;
    }
}
