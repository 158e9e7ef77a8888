package workbook.race;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Describes this machine in a line. */
final class Machine {

    private Machine() {}

    static String describe() throws IOException {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return String.format(
                Locale.ROOT,
                "%d cores%s, %d GiB, %s %s, Java %d, load before the race %.1f",
                system.getAvailableProcessors(),
                processor(Path.of("/proc/cpuinfo")),
                system.getTotalMemorySize() >> 30,
                system.getName(),
                system.getArch(),
                Runtime.version().feature(),
                system.getSystemLoadAverage());
    }

    /** The processor's name on Linux. */
    private static String processor(Path info) throws IOException {
        return Files.notExists(info)
                ? ""
                : Files.readAllLines(info).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> " of " + line.replaceFirst("[^:]*: *", ""))
                        .findFirst()
                        .orElse("");
    }
}
