package workbook.evaluate.doctor;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * This machine's memory. A program has a heap of 2 GB at most, a checkpoint 1 GB; a JVM needs some more around it.
 *
 * @param total in bytes
 * @param available in bytes: what programs may take without others being swapped out
 */
record Memory(long total, long available) implements Observation {

    private static final long GB = 1L << 30;
    private static final Path LINUX = Path.of("/proc/meminfo");
    private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d+) kB");

    static Memory here() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long total = system.getTotalMemorySize();
        return new Memory(total, Math.min(total, available(system.getFreeMemorySize())));
    }

    /** Linux calls free what it has no use for, and fills the rest with files it can drop at any time. */
    private static long available(long free) {
        try {
            Matcher available = AVAILABLE.matcher(Files.exists(LINUX) ? Files.readString(LINUX) : "");
            return available.find() ? Long.parseLong(available.group(1)) << 10 : free;
        } catch (IOException e) {
            return free;
        }
    }

    @Override
    public Finding finding() {
        String what = gigabytes(total) + ", " + gigabytes(available) + " of them free";
        if (total < 3 * GB) {
            return Finding.needed(
                    what,
                    "A lesson's program takes up to 2 GB, a check of exercises 1 GB beside Maven.",
                    "Use a machine with 4 GB or more, or give this one (a container, WSL, a virtual machine) more.");
        }
        if (total < 6 * GB || available < 5 * GB / 2) {
            return Finding.note(
                    what,
                    "A lesson's program takes up to 2 GB, a check of exercises 1 GB beside Maven.",
                    "Close what you do not need (browser, a second IDE) if programs become slow.");
        }
        return Finding.ok(what);
    }

    static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", (double) bytes / GB);
    }
}
