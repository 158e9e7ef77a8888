package workbook.capstone.monitoring.page;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import workbook.capstone.monitoring.Json;
import workbook.capstone.monitoring.ModelMonitoring;
import workbook.capstone.monitoring.Snapshot;

/** Publishes the newest snapshot to any number of waiting threads. A slow thread skips some. */
final class SnapshotPublisher {

    /** The seconds that the page's charts show. */
    private static final int POINTS = 120;

    private final HealthCheck healthCheck = new HealthCheck();
    private final Deque<Point> points = new ArrayDeque<>();
    private String line = "";
    private Update newest;
    private boolean closed;

    /** A snapshot, the health derived from it, and what the page reads, as JSON. */
    record Update(long number, Snapshot snapshot, Health health, String json) {}

    /** The values of a snapshot that the charts show. */
    private record Point(Instant time, double scoredPerSecond, Snapshot.Latency toScore, Snapshot.Latency toBroker) {}

    private record PageData(Snapshot snapshot, Health health, ModelMonitoring model, String line) {}

    /** Sets the line at the top of the page. */
    synchronized void setLine(String line) {
        this.line = line;
    }

    synchronized void publish(Snapshot snapshot, ModelMonitoring model) {
        Health health = healthCheck.check(snapshot);
        long number = newest == null ? 1 : newest.number() + 1;
        newest = new Update(number, snapshot, health, Json.write(new PageData(snapshot, health, model, line)));
        if (points.size() == POINTS) {
            points.removeFirst();
        }
        points.addLast(new Point(snapshot.time(), snapshot.scoredPerSecond(), snapshot.toScore(), snapshot.toBroker()));
        notifyAll();
    }

    /** Waits for an update with a higher number; returns none once the publisher is closed and there is no such update. */
    synchronized Optional<Update> awaitAfter(long number) throws InterruptedException {
        while (!closed && !hasAfter(number)) {
            wait();
        }
        return hasAfter(number) ? Optional.of(newest) : Optional.empty();
    }

    private boolean hasAfter(long number) {
        return newest != null && newest.number() > number;
    }

    /** Returns the points of the last two minutes, as JSON. */
    synchronized String history() {
        return Json.write(List.copyOf(points));
    }

    /** Returns the health of the pipeline, as known at this time. */
    synchronized Health health(Instant now) {
        if (newest == null) {
            return Health.unknown("The pipeline has not started yet.");
        }
        return newest.snapshot().time().isBefore(now.minus(HealthCheck.PATIENCE))
                ? Health.unknown(
                        "No data from the pipeline since " + newest.snapshot().time() + ".")
                : newest.health();
    }

    /** Releases all waiting threads. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
