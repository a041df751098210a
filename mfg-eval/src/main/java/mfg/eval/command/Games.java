package mfg.eval.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mfg.core.InvalidInputException;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.catalogue.Source;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The games that a command knows. */
final class Games {

    @Option(
            names = "--games",
            paramLabel = "FILE",
            description = "Also know the games of a jar or a file of Java (MFG_GAMES names some for all commands).")
    private List<Path> files = new ArrayList<>();

    /** A game that was named. */
    record Named(Catalogue catalogue, String name, @Nullable Source source) {}

    /** All of them. */
    Catalogue catalogue() throws IOException {
        Catalogue catalogue = Catalogue.usual();
        for (Path file : files) {
            catalogue = catalogue.with(file);
        }
        return catalogue;
    }

    /**
     * Finds a game.
     *
     * @param word its name, or the file that it is in
     */
    Named named(String word) throws IOException {
        Catalogue catalogue = catalogue();
        if (!Catalogue.isFile(word)) {
            String name = catalogue.games().keySet().stream()
                    .filter(known -> known.equalsIgnoreCase(word))
                    .findFirst()
                    .orElse(word);
            return new Named(catalogue, name, catalogue.source(name));
        }
        Catalogue more = catalogue.with(Path.of(word));
        List<String> names = more.gamesOf(Path.of(word));
        if (names.size() != 1) {
            throw new InvalidInputException("%s has several games; name the file by --games, and one of %s"
                    .formatted(word, String.join(", ", names)));
        }
        return new Named(more, names.get(0), more.source(names.get(0)));
    }
}
