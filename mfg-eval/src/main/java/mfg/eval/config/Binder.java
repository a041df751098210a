package mfg.eval.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import mfg.core.InvalidInputException;
import mfg.core.catalogue.Game;
import mfg.core.catalogue.MechanismFamily;
import mfg.eval.catalogue.Catalogue;

/**
 * Makes configurations of texts. What is not given is what suits the chosen mechanism, else the chosen game, else the command, else
 * the default of the slot. What is given but has no slot in the choices that were made is refused.
 */
public final class Binder {

    private final Catalogue catalogue;
    private final Kind<?> kind;

    /**
     * A kind of configuration.
     *
     * @param <C> the record
     * @param command whose it is
     * @param type the record
     * @param usual what suits the command better than the defaults of slots, by option
     * @param usualOf the same where a game can do something, by what it implements then
     * @param preset what stands against all that games say of themselves
     */
    public record Kind<C extends Record>(
            String command,
            Class<C> type,
            Map<String, String> usual,
            Map<Class<? extends Game>, Map<String, String>> usualOf,
            Function<Game, Map<String, String>> preset) {

        /** A kind without a preset. */
        public Kind(
                String command,
                Class<C> type,
                Map<String, String> usual,
                Map<Class<? extends Game>, Map<String, String>> usualOf) {
            this(command, type, usual, usualOf, game -> Map.of());
        }

        /** A kind to which all games are alike. */
        public Kind(String command, Class<C> type, Map<String, String> usual) {
            this(command, type, usual, Map.of());
        }

        /**
         * The same where something else is usual.
         *
         * @param others for all games
         * @param ofGame and for one, which stands against it
         */
        public Kind<C> where(Map<String, String> others, Function<Game, Map<String, String>> ofGame) {
            return new Kind<>(
                    command,
                    type,
                    joined(usual, others),
                    usualOf,
                    game -> joined(joined(preset.apply(game), others), own(ofGame.apply(game))));
        }

        private static Map<String, String> joined(Map<String, String> some, Map<String, String> more) {
            Map<String, String> all = new LinkedHashMap<>(some);
            all.putAll(more);
            return all;
        }

        /** What suits a game or mechanism here: what suits all like it, then what it says of itself. */
        Map<String, String> suiting(Class<?> choice) {
            Map<String, String> suiting = new LinkedHashMap<>();
            if (Game.class.isAssignableFrom(choice)) {
                usualOf.forEach((ability, defaults) -> {
                    if (ability.isAssignableFrom(choice)) {
                        suiting.putAll(own(defaults));
                    }
                });
                Game game = Slot.blank(choice.asSubclass(Game.class));
                suiting.putAll(own(game.defaults()));
                suiting.putAll(preset.apply(game));
            } else if (MechanismFamily.class.isAssignableFrom(choice)) {
                suiting.putAll(
                        own(Slot.blank(choice.asSubclass(MechanismFamily.class)).defaults()));
            }
            return suiting;
        }

        /** What holds here of defaults: those of all commands, then those of this one, such as {@code design.iterations}. */
        Map<String, String> own(Map<String, String> defaults) {
            Map<String, String> own = new LinkedHashMap<>(defaults);
            own.keySet().removeIf(option -> option.contains("."));
            defaults.forEach((option, text) -> {
                if (option.startsWith(command + ".")) {
                    own.put(option.substring(command.length() + 1), text);
                }
            });
            return own;
        }
    }

    public Binder(Catalogue catalogue, Kind<?> kind) {
        this.catalogue = catalogue;
        this.kind = kind;
    }

    /**
     * Makes a configuration.
     *
     * @throws InvalidInputException if what is given does not make one; why, in one sentence
     */
    public static <C extends Record> C bind(Catalogue catalogue, Kind<C> kind, Given given) {
        return kind.type().cast(new Binder(catalogue, kind).bind(given));
    }

    private Object bind(Given given) {
        Binding binding = new Binding(given);
        Object config = binding.made(kind.type());
        for (String option : given.texts().keySet()) {
            if (!binding.used.contains(option)) {
                throw new InvalidInputException(refusal(option, given, config));
            }
        }
        return config;
    }

    /** Why an option that was given is not taken. */
    private String refusal(String option, Given given, Object config) {
        String label = given.label().apply(option);
        String whose = Described.all(catalogue, kind).stream()
                .filter(described -> described.option().equals(option))
                .map(Described::whose)
                .filter(owner -> !owner.isEmpty())
                .findFirst()
                .orElse("");
        return whose.isEmpty()
                ? "%s is not known; there are %s"
                        .formatted(label, String.join(", ", Tree.flat(config).keySet()))
                : "%s is for %s, which was not chosen".formatted(label, whose);
    }

    /** One making of a configuration. */
    private final class Binding {
        private final Given given;
        private final Set<String> used = new LinkedHashSet<>();
        private final Map<String, String> bound = new HashMap<>();
        private final Map<String, String> suited = new HashMap<>();

        Binding(Given given) {
            this.given = given;
            suited.putAll(kind.own(kind.usual()));
        }

        <T> T made(Class<T> type) {
            return Slot.make(type, slot -> value(type, slot));
        }

        private Object value(Class<?> owner, Slot slot) {
            if (slot.isNested()) {
                return made(slot.raw());
            }
            String option = slot.option();
            if (slot.isShared() && bound.containsKey(option)) {
                return Value.read(slot, bound.get(option), given.label().apply(option));
            }
            if (!used.add(option) || option.equals(Tree.NAME)) {
                throw new InvalidInputException(
                        "%s is the name of a game's parameter and of an option of %s; call the parameter otherwise"
                                .formatted(option, kind.command()));
            }
            String text = given.texts().get(option);
            String label = given.label().apply(option);
            if (text == null) {
                text = suited.get(option);
                label = "the default of " + label;
            }
            if (text == null && (owner.isRecord() || slot.isChoice())) {
                text = slot.described().value();
            }
            if (text == null) {
                text = Value.text(slot.initial(owner));
                label = "the default of %s in %s".formatted(option, Game.nameOf(owner));
            }
            bound.put(option, text);
            return slot.isChoice() ? chosen(slot, text, label) : Value.read(slot, text, label);
        }

        private Object chosen(Slot slot, String name, String label) {
            Class<?> choice = catalogue.chosen(slot.raw(), name, label);
            suited.putAll(kind.suiting(choice));
            return made(choice);
        }
    }
}
