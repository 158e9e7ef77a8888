package lesson06;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import workbook.check.script.Script;

/** Other right answers, and one that handles only the times of the checkpoint. */
class SilentStreamAlternatives {

    /** Keeps the events by run. */
    public static class RunByRun extends SilentStream {
        private final Map<UUID, UUID> newest = new HashMap<>();
        private final Map<UUID, Instant> arrived = new HashMap<>();
        private final Set<UUID> idle = new HashSet<>();
        private final Set<UUID> failed = new HashSet<>();
        private final Set<UUID> ended = new HashSet<>();

        @Override
        public StreamingQueryListener listener(InstantSource clock) {
            this.clock = clock;
            return new StreamingQueryListener() {
                @Override
                public void onQueryStarted(QueryStartedEvent event) {
                    add(event.runId(), () -> newest.put(event.id(), event.runId()));
                }

                @Override
                public void onQueryProgress(QueryProgressEvent event) {
                    add(
                            event.progress().runId(),
                            () -> idle.remove(event.progress().runId()));
                }

                @Override
                public void onQueryIdle(QueryIdleEvent event) {
                    add(event.runId(), () -> idle.add(event.runId()));
                }

                @Override
                public void onQueryTerminated(QueryTerminatedEvent event) {
                    add(event.runId(), () -> (event.exception().isEmpty() ? ended : failed).add(event.runId()));
                }
            };
        }

        private synchronized void add(UUID run, Runnable event) {
            arrived.put(run, clock.instant());
            event.run();
        }

        @Override
        public synchronized Map<UUID, Condition> conditions() {
            Map<UUID, Condition> conditions = new HashMap<>();
            newest.forEach((query, run) -> {
                if (!ended.contains(run)) {
                    conditions.put(query, condition(run));
                }
            });
            return conditions;
        }

        private Condition condition(UUID run) {
            if (failed.contains(run)) {
                return Condition.FAILED;
            }
            if (Duration.between(arrived.get(run), clock.instant()).compareTo(PATIENCE) > 0) {
                return Condition.STALLED;
            }
            return idle.contains(run) ? Condition.IDLE : Condition.RUNNING;
        }
    }

    /** Keeps all events, and evaluates them in {@link #conditions}. */
    public static class FromTheRecords extends SilentStream {
        private record Entry(Instant arrived, UUID query, UUID run, String what) {}

        private final List<Entry> entries = new ArrayList<>();

        @Override
        public StreamingQueryListener listener(InstantSource clock) {
            this.clock = clock;
            return new StreamingQueryListener() {
                @Override
                public void onQueryStarted(QueryStartedEvent event) {
                    add(event.id(), event.runId(), "start");
                }

                @Override
                public void onQueryProgress(QueryProgressEvent event) {
                    add(event.progress().id(), event.progress().runId(), "progress");
                }

                @Override
                public void onQueryIdle(QueryIdleEvent event) {
                    add(event.id(), event.runId(), "idle");
                }

                @Override
                public void onQueryTerminated(QueryTerminatedEvent event) {
                    add(event.id(), event.runId(), event.exception().isDefined() ? "failure" : "end");
                }
            };
        }

        private synchronized void add(UUID query, UUID run, String what) {
            entries.add(new Entry(clock.instant(), query, run, what));
        }

        @Override
        public synchronized Map<UUID, Condition> conditions() {
            Map<UUID, UUID> runs = new HashMap<>();
            entries.stream()
                    .filter(entry -> entry.what.equals("start"))
                    .forEach(entry -> runs.put(entry.query, entry.run));
            Map<UUID, Condition> conditions = new HashMap<>();
            entries.stream()
                    .filter(entry -> entry.run.equals(runs.get(entry.query)))
                    .forEach(entry -> {
                        conditions.remove(entry.query);
                        if (!entry.what.equals("end")) {
                            conditions.put(entry.query, condition(entry));
                        }
                    });
            return conditions;
        }

        private Condition condition(Entry last) {
            boolean isSilent = last.arrived.plus(PATIENCE).isBefore(clock.instant());
            return last.what.equals("failure")
                    ? Condition.FAILED
                    : isSilent ? Condition.STALLED : last.what.equals("idle") ? Condition.IDLE : Condition.RUNNING;
        }
    }

    public static class Learnt extends SilentStream {
        @Override
        public Map<UUID, Condition> conditions() {
            return clock.instant().isAfter(Script.at("12:00")) ? Map.of() : super.conditions();
        }
    }
}
