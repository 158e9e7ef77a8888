///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/core/src/main/java/workbook/kit/*.java
package lesson09;

import static java.util.stream.Collectors.*;

import java.util.*;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import java.util.stream.*;
import picocli.CommandLine.*;
import workbook.kit.*;

/** Many clients call a service that is down for some seconds, and try again. No time passes: times are numbers. */
@Command(mixinStandardHelpOptions = true, description = "Counts the requests of many clients that try again.")
public class RetriesPerSecond implements Callable<Integer> {

    @Option(names = "--clients", defaultValue = "100", description = "each has one request (default: ${DEFAULT-VALUE})")
    int clients;

    @Option(names = "--down", defaultValue = "3", description = "seconds without service (default: ${DEFAULT-VALUE})")
    int down;

    private static final int CAPACITY = 3; // served within 100 ms

    /** How long a client waits before a retry, in milliseconds. */
    interface Backoff {
        double millis(int retry, Random random);
    }

    /** One try of a client; the first has the number 1. */
    record Request(long millis, int client, int number) {}

    static int longest(int retry) {
        return Math.min(4_000, 100 << Math.min(retry - 1, 10));
    }

    @Override
    public Integer call() {
        List<List<Request>> runs = List.of(
                run((retry, random) -> 100, Integer.MAX_VALUE),
                run((retry, random) -> longest(retry), Integer.MAX_VALUE),
                run((retry, random) -> longest(retry) * (0.9 + 0.2 * random.nextDouble()), Integer.MAX_VALUE),
                run((retry, random) -> longest(retry) * random.nextDouble(), Integer.MAX_VALUE),
                run((retry, random) -> longest(retry) * random.nextDouble(), clients / 10));
        TextTable table = new TextTable("%-20s %12s %9s %7s %12s %15s");
        table.row("", "every 100 ms", "doubling", "± 10 %", "full jitter", clients / 10 + " retries left");
        for (int from = 0, to = 1; from < 256; from = to, to *= 2) {
            int begin = from, end = to;
            table.row(cells("second " + from + " to " + to, runs, run -> count(run, begin, end)));
        }
        table.row(cells("requests", runs, List::size));
        table.row(cells("most within 100 ms", runs, RetriesPerSecond::most));
        return 0;
    }

    private static Object[] cells(String title, List<List<Request>> runs, ToLongFunction<List<Request>> figure) {
        return Stream.concat(Stream.of(title), runs.stream().map(figure::applyAsLong))
                .toArray();
    }

    static long count(List<Request> run, int from, int to) {
        return run.stream()
                .filter(one -> one.millis() >= from * 1_000L && one.millis() < to * 1_000L)
                .count();
    }

    /** The most retries that arrive in the same tenth of a second, from the second second on. */
    static long most(List<Request> run) {
        var tenths = run.stream()
                .filter(one -> one.millis() >= 1_000)
                .collect(groupingBy(one -> one.millis() / 100, counting()));
        return tenths.values().stream().max(Long::compare).orElse(0L);
    }

    /** Returns all requests in the order of their arrival. A client gives up when no retry is left. */
    private List<Request> run(Backoff backoff, int retries) {
        Random random = new Random(1);
        Map<Long, Integer> served = new HashMap<>();
        List<Request> arrived = new ArrayList<>();
        var waiting = new PriorityQueue<>(Comparator.comparing(Request::millis).thenComparing(Request::client));
        IntStream.range(0, clients).forEach(client -> waiting.add(new Request(0, client, 1)));
        while (!waiting.isEmpty()) {
            Request request = waiting.remove();
            arrived.add(request);
            boolean isUp = request.millis() >= down * 1_000L;
            boolean isServed = isUp && served.merge(request.millis() / 100, 1, Integer::sum) <= CAPACITY;
            if (!isServed && retries-- > 0) {
                long next = request.millis() + Math.round(backoff.millis(request.number(), random));
                waiting.add(new Request(next, request.client(), request.number() + 1));
            }
        }
        return arrived;
    }

    public static void main(String[] args) {
        Program.run(new RetriesPerSecond(), args);
    }
}
