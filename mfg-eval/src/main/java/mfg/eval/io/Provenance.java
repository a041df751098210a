package mfg.eval.io;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** What made a result. */
public final class Provenance {

    /** What the commit is called in a result. */
    public static final String COMMIT = "commit";

    private Provenance() {}

    /** The version of this software, as its jar says. */
    public static String version() {
        String version = Provenance.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** What computes, as the system names it. */
    public static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.replaceFirst(".*?:", "").strip())
                    .findFirst()
                    .orElseGet(Provenance::architecture);
        } catch (IOException | UncheckedIOException e) {
            return architecture();
        }
    }

    private static String architecture() {
        return System.getProperty("os.arch");
    }

    /** The commit of git that this was built from, marked if files had changed since; {@code unknown} without git. */
    public static String commit() {
        try (InputStream in = Provenance.class.getResourceAsStream("git.properties")) {
            Properties git = new Properties();
            if (in != null) {
                git.load(in);
            }
            String commit = git.getProperty("git.commit.id.abbrev", "");
            boolean changed = Boolean.parseBoolean(git.getProperty("git.dirty"));
            return commit.isBlank() ? "unknown" : commit + (changed ? " with changes" : "");
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** Software, Java, engine and machine, one a line. */
    public static List<String> lines() {
        Engine engine = Engine.getInstance();
        return List.of(
                "mfg %s, commit %s".formatted(version(), commit()),
                "Java " + System.getProperty("java.version"),
                engine.getEngineName() + " " + engine.getVersion(),
                processor());
    }

    /** The same as a comment for the head of a configuration file, with the time. */
    public static String header() {
        return "# %s, started %s%n"
                .formatted(
                        String.join(", ", lines()),
                        OffsetDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS));
    }

    /** A result as one line of JSON, and the commit that made it. */
    public static String line(Object result) {
        return Json.line(Json.fields(result).put(COMMIT, commit()));
    }
}
