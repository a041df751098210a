package mfg.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of this process. */
final class Memory {

    private Memory() {}

    /** The peak resident set in MiB, native memory included; NaN where the system does not tell (Linux does). */
    static double peakRssMiB() {
        return statusMiB("VmHWM:");
    }

    /** The resident set now in MiB; NaN where the system does not tell. */
    static double rssMiB() {
        return statusMiB("VmRSS:");
    }

    private static double statusMiB(String key) {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return Double.NaN;
        }
        try {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith(key)) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
                }
            }
        } catch (IOException e) {
            return Double.NaN;
        }
        return Double.NaN;
    }
}
