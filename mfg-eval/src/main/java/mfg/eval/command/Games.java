package mfg.eval.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mfg.eval.catalogue.Catalogue;
import picocli.CommandLine.Option;

/** The games that a command knows. */
final class Games {

    @Option(
            names = "--games",
            paramLabel = "FILE",
            description = "Also know the games of a jar or a file of Java (MFG_GAMES names some for all commands).")
    private List<Path> files = new ArrayList<>();

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
    Catalogue.Named named(String word) throws IOException {
        return catalogue().named(word);
    }
}
