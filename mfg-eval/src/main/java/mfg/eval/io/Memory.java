package mfg.eval.io;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of this process and this machine. */
public final class Memory {

    private static final double MIB = 1024.0 * 1024;

    private Memory() {}

    /** The peak resident set in MiB, native memory included; NaN where the system does not tell (Linux does). */
    public static double peakRssMiB() {
        return kibibytes("/proc/self/status", "VmHWM:") / 1024;
    }

    /** The memory in use now in MiB: the resident set of this process, on a GPU all that is in use there. */
    public static double usedMiB(Device device) {
        return device.isGpu()
                ? CudaUtils.getGpuMemory(device).getCommitted() / MIB
                : kibibytes("/proc/self/status", "VmRSS:") / 1024;
    }

    /** The memory in MiB that new processes can have without swapping; all there is where the system does not tell. */
    public static double availableMiB() {
        double most =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize() / MIB;
        double available = kibibytes("/proc/meminfo", "MemAvailable:") / 1024;
        return Double.isNaN(available) ? most : Math.min(most, available);
    }

    /** A number that Linux tells; NaN elsewhere. */
    private static double kibibytes(String file, String key) {
        Path status = Path.of(file);
        if (!Files.isReadable(status)) {
            return Double.NaN;
        }
        try {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith(key)) {
                    return Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        } catch (IOException e) {
            return Double.NaN;
        }
        return Double.NaN;
    }
}
