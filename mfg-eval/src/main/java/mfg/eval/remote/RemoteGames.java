package mfg.eval.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import mfg.eval.catalogue.Catalogue;
import mfg.eval.catalogue.Source;
import mfg.eval.run.Parcel;

/** The games of parcels: those of the same files are compiled once in a process. */
final class RemoteGames {

    private static final Map<List<String>, Catalogue> KNOWN = new ConcurrentHashMap<>();

    private RemoteGames() {}

    /**
     * The games that come with this software, and those of a parcel.
     *
     * @param found where its files are
     */
    static synchronized Catalogue of(Parcel parcel, UnaryOperator<Path> found) throws IOException {
        List<String> names =
                Objects.requireNonNull(parcel.text(Parcel.GAMES)).lines().toList();
        List<String> digests = new ArrayList<>();
        for (String name : names) {
            digests.add(Source.of(found.apply(Path.of(name))).sha256());
        }
        Catalogue catalogue = KNOWN.get(digests);
        if (catalogue == null) {
            catalogue = Catalogue.builtIn();
            for (String name : names) {
                catalogue = catalogue.with(kept(found.apply(Path.of(name))));
            }
            KNOWN.put(digests, catalogue);
        }
        return catalogue;
    }

    /** A copy that lasts as long as the process: classes are loaded from a jar when they are needed. */
    private static Path kept(Path file) throws IOException {
        Path folder = Files.createTempDirectory("mfg-games");
        Path copy = Files.copy(file, folder.resolve(Objects.requireNonNull(file.getFileName())));
        folder.toFile().deleteOnExit();
        copy.toFile().deleteOnExit();
        return copy;
    }
}
