///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/core/src/main/java/workbook/kit/*.java
package lesson09;

import java.util.*;
import java.util.concurrent.Callable;
import picocli.CommandLine.*;
import workbook.kit.*;

/** Payments wait for a service: for ten seconds, twice as many come as it serves. Times are numbers. */
@Command(mixinStandardHelpOptions = true, description = "Compares queues in front of a service that is too slow.")
public class BoundedQueue implements Callable<Integer> {

    @Option(names = "--limit", defaultValue = "100", description = "payments that may wait (default: ${DEFAULT-VALUE})")
    int limit;

    private static final int SERVED = 15, PATIENCE = 10; // payments in 100 ms; tenths of a second
    private static final TextTable RUNS = new TextTable("%-31s %8s %9s %5s %16s %8s %7s");

    /** A payment, and the tenth of a second in which it came. One of nine is large. */
    record Payment(int came, boolean large) {}

    /** The payments that wait: at most so many, without a limit, or ordered in another way. */
    static class Line {
        final Deque<Payment> waiting = new ArrayDeque<>();
        final List<Payment> shed = new ArrayList<>();

        void add(Payment arrived, int limit) {
            (waiting.size() < limit ? waiting : shed).add(arrived);
        }

        Payment next(int now) {
            return waiting.poll();
        }
    }

    @Override
    public Integer call() {
        RUNS.row("queue", "in time", "too late", "shed", "of them, large", "longest", "wait");
        run("no limit", Integer.MAX_VALUE, new Line());
        run("no limit, newest first", Integer.MAX_VALUE, new Line() {
            @Override
            Payment next(int now) {
                return waiting.pollLast();
            }
        });
        run("no limit, skips what is too late", Integer.MAX_VALUE, new Line() {
            @Override
            Payment next(int now) {
                while (!waiting.isEmpty() && now - waiting.peek().came() > PATIENCE) {
                    shed.add(waiting.remove());
                }
                return waiting.poll();
            }
        });
        run("limit " + limit, limit, new Line());
        run("limit " + limit + ", small ones first", limit, new Line() {
            @Override
            void add(Payment arrived, int limit) {
                waiting.add(arrived);
                if (waiting.size() > limit) {
                    Payment least = waiting.stream()
                            .filter(one -> !one.large())
                            .reduce((a, b) -> b)
                            .orElse(arrived);
                    waiting.removeLastOccurrence(least);
                    shed.add(least);
                }
            }
        });
        return 0;
    }

    /** A minute: 100 payments a second, 300 from second 10 to 20. Each is in time if it is served within a second. */
    private static void run(String title, int limit, Line line) {
        int number = 0, inTime = 0, tooLate = 0, longest = 0, wait = 0;
        for (int now = 0; now < 600; now++) {
            for (int i = now >= 100 && now < 200 ? 30 : 10; i > 0; i--) {
                line.add(new Payment(now, number++ % 9 == 0), limit);
            }
            longest = Math.max(longest, line.waiting.size());
            for (int served = 0; served < SERVED; served++) {
                Payment next = line.next(now);
                if (next != null) {
                    wait = Math.max(wait, now - next.came());
                    inTime += now - next.came() <= PATIENCE ? 1 : 0;
                    tooLate += now - next.came() > PATIENCE ? 1 : 0;
                }
            }
        }
        long large = line.shed.stream().filter(Payment::large).count();
        RUNS.row(title, inTime, tooLate, line.shed.size(), large, longest, String.format("%.1f s", wait / 10.0));
    }

    public static void main(String[] args) {
        Program.run(new BoundedQueue(), args);
    }
}
