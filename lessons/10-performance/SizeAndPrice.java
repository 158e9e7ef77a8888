///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/core/src/main/java/workbook/kit/*.java
package lesson10;

import java.nio.file.Path;
import java.util.*;
import java.util.concurrent.Callable;
import picocli.CommandLine.*;
import workbook.kit.*;

/** How many nodes a stream needs, and what a month of it costs, twice. The prices are in a file, for you to change. */
@Command(mixinStandardHelpOptions = true, description = "Cores, nodes and a price list.")
public class SizeAndPrice implements Callable<Integer> {

    @Option(names = "--prices", description = "a file of prices (prices.properties beside the program)")
    Path file;

    @Option(names = "--mean", defaultValue = "8000", description = "payments a second, on average (${DEFAULT-VALUE})")
    double mean;

    @Option(names = "--peak", defaultValue = "20000", description = "payments a second, at most (${DEFAULT-VALUE})")
    double peak;

    private static final String PRICES = "lessons/10-performance/prices.properties";
    private static final int CORES = 8; // of a node
    private static final double USE = 0.7; // of a core, so that a batch takes no longer than its interval
    private static final double OUTAGE = 1, CATCH_UP = 4; // hours
    private static final int HOURS = 730; // of a month
    private static final TextTable TABLE = new TextTable("%-38s  %10s  %10s");

    /** Work for a payment, the kind of nodes, how many of them may be gone, TB of data, and files of a batch. */
    record Design(
            double millis,
            String workers,
            int gone,
            double hot,
            double cool,
            double archive,
            int filesPerBatch,
            int seconds) {

        /** Cores that are busy all the time at this rate. */
        double cores(double rate) {
            return rate * millis / 1000;
        }

        double writes() {
            return HOURS * 3600.0 / seconds * filesPerBatch;
        }
    }

    @Override
    public Integer call() {
        Design asIs = new Design(1.2, "node.hour", 1, 40, 0, 0, 16, 2);
        Design better = new Design(0.4, "spot.hour", 2, 4, 12, 24, 4, 30);
        TABLE.row("cores", "as it is", "better");
        line("at the mean rate", asIs.cores(mean), better.cores(mean));
        line("at the peak", asIs.cores(peak), better.cores(peak));
        line("at the peak, used to 70 %", asIs.cores(peak) / USE, better.cores(peak) / USE);
        line("an hour late, caught up in four", caughtUp(asIs), caughtUp(better));
        TABLE.row("nodes of " + CORES + " cores", nodes(asIs), nodes(better));
        TABLE.row("  of them may be gone", asIs.gone, better.gone);

        PriceList prices = PriceList.read(
                file != null ? file : ProjectFolder.find().orElseThrow().resolve(PRICES));
        Map<String, Double> a = month(asIs, prices);
        Map<String, Double> b = month(better, prices);
        TABLE.row("a month", "as it is", "better");
        a.forEach((item, price) -> line(item, price, b.get(item)));
        line("sum", sum(a), sum(b));
        TABLE.row("less", "", String.format(Locale.ROOT, "%.0f %%", 100 * (1 - sum(b) / sum(a))));
        return 0;
    }

    /** What arrives while the backlog of an outage is worked off at the peak, and the backlog. */
    private double caughtUp(Design design) {
        return design.cores(peak) * (1 + OUTAGE / CATCH_UP);
    }

    private int nodes(Design design) {
        double cores = Math.max(design.cores(peak) / USE, caughtUp(design));
        return (int) Math.ceil(cores / CORES) + design.gone;
    }

    private Map<String, Double> month(Design design, PriceList prices) {
        Map<String, Double> month = new LinkedHashMap<>();
        month.put("driver, never a spot node", HOURS * prices.of("node.hour"));
        month.put("workers", nodes(design) * HOURS * prices.of(design.workers));
        month.put("storage, hot", design.hot * prices.of("hot.month"));
        month.put("storage, cool", design.cool * prices.of("cool.month"));
        month.put("storage, archive", design.archive * prices.of("archive.month"));
        month.put("requests that write", design.writes() / 1e6 * prices.of("writes.million"));
        return month;
    }

    private static double sum(Map<String, Double> month) {
        return month.values().stream().mapToDouble(price -> price).sum();
    }

    private static void line(String item, double asIs, double better) {
        TABLE.row(item, String.format(Locale.ROOT, "%.1f", asIs), String.format(Locale.ROOT, "%.1f", better));
    }

    public static void main(String[] args) {
        Program.run(new SizeAndPrice(), args);
    }
}
