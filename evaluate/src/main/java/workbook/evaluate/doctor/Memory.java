package workbook.evaluate.doctor;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * This machine's memory. A program has a heap of at most 2 GB, a checkpoint 1 GB; a JVM needs more than its heap.
 *
 * @param total bytes
 * @param available bytes that programs can allocate without swapping
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

    /** On Linux, free memory excludes the page cache, which the kernel can drop at any time. */
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
        String memory = gigabytes(total) + ", " + gigabytes(available) + " of it available";
        if (total < 3 * GB) {
            return Finding.problem(
                    memory,
                    "A program takes up to 2 GB, checking exercises 1 GB in addition to Maven.",
                    "Use a machine with at least 4 GB, or give this container, WSL or virtual machine more.");
        }
        if (total < 6 * GB || available < 5 * GB / 2) {
            return Finding.note(
                    memory,
                    "A program takes up to 2 GB, checking exercises 1 GB in addition to Maven.",
                    "If programs become slow, close others, such as the browser or a second IDE.");
        }
        return Finding.ok(memory);
    }

    static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", (double) bytes / GB);
    }
}
