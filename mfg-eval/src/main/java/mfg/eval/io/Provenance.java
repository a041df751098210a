package mfg.eval.io;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** What made a result. */
public final class Provenance {

    private Provenance() {}

    /** The version of this software, as its jar says. */
    public static String version() {
        String version = Provenance.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** What computes, as the system names it. */
    public static String processor() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (Files.isReadable(file)) {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("model name")) {
                    return line.replaceFirst(".*?:", "").strip();
                }
            }
        }
        return System.getProperty("os.arch");
    }

    /** A comment for the head of a configuration file. */
    public static String header() {
        Engine engine = Engine.getInstance();
        return "# mfg %s, Java %s, %s %s, started %s%n"
                .formatted(
                        version(),
                        System.getProperty("java.version"),
                        engine.getEngineName(),
                        engine.getVersion(),
                        OffsetDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS));
    }
}
