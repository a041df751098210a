package mfg.eval.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import mfg.core.catalogue.Game;
import mfg.eval.catalogue.Ability;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.catalogue.Source;
import mfg.eval.config.Described;
import mfg.eval.io.TextTable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the games, or tells one. */
@Command(
        name = "games",
        aliases = "settings",
        description = "Lists the games and what each can do, or tells one: its parameters, states and actions.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  ./mfg games", "  ./mfg games A3", "  ./mfg games RoadTolls.java"})
public final class GamesCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "GAME", description = "Its name, or the file that it is in.")
    private @Nullable String game;

    @Mixin
    private Games games = new Games();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (game == null) {
            list(games.catalogue(), out);
        } else {
            tell(games.named(game), out);
        }
        out.flush();
        return 0;
    }

    private static void list(Catalogue catalogue, PrintWriter out) {
        List<List<String>> rows = new ArrayList<>();
        catalogue.games().forEach((name, type) -> {
            Game entry = Described.blank(type);
            rows.add(List.of(
                    name,
                    entry.about(),
                    Ability.of(entry).stream().map(Ability::commands).collect(Collectors.joining(", ")),
                    parameters(catalogue, type)));
        });
        out.print(TextTable.text(List.of("game", "about", "commands", "parameters"), rows));
    }

    private static String parameters(Catalogue catalogue, Class<? extends Game> type) {
        return GameParameters.of(catalogue, type)
                .filter(described -> described.owners().isEmpty())
                .map(Described::option)
                .collect(Collectors.joining(", "));
    }

    private static void tell(Catalogue.Named named, PrintWriter out) {
        Class<? extends Game> type = named.catalogue().games().get(named.name());
        if (type == null) {
            named.catalogue().chosen(Game.class, named.name(), "game"); // refuses it
            throw new IllegalStateException(named.name());
        }
        Game entry = Described.blank(type);
        out.printf("%s: %s%n", named.name(), entry.about());
        Source file = named.source();
        line(out, "source", file != null ? file.file() : entry.source());
        line(out, "can", Ability.of(entry).stream().map(Ability::words).collect(Collectors.joining(", ")));
        line(out, entry.stateWord() + "s", String.join(", ", entry.stateNames()));
        line(out, "actions", String.join(", ", entry.actionNames()));
        line(out, "rounds", String.join(", ", entry.roundNames()));
        List<List<String>> rows = GameParameters.of(named.catalogue(), type)
                .map(described -> List.of(described.option(), described.type(), described.bounds(), described.help()))
                .toList();
        if (!rows.isEmpty()) {
            out.println();
            out.print(TextTable.text(List.of("parameter", "type", "bounds", "about"), rows));
        }
        if (!entry.defaults().isEmpty()) {
            line(
                    out,
                    "suited",
                    entry.defaults().entrySet().stream()
                            .sorted(java.util.Map.Entry.comparingByKey())
                            .map(option -> "--%s %s".formatted(option.getKey(), option.getValue()))
                            .collect(Collectors.joining(", ")));
        }
    }

    private static void line(PrintWriter out, String name, String text) {
        if (!text.isEmpty()) {
            out.printf("  %-9s %s%n", name, text);
        }
    }
}
