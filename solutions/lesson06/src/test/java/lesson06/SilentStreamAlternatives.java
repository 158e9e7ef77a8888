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

/** Right answers in other words, and one that has learnt the stories of the checkpoint by heart. */
class SilentStreamAlternatives {

    /** Runs first, and of which query they are the newest last. */
    public static class RunByRun extends SilentStream {
        private final Map<UUID, UUID> newest = new HashMap<>();
        private final Map<UUID, Instant> heard = new HashMap<>();
        private final Set<UUID> idle = new HashSet<>();
        private final Set<UUID> failed = new HashSet<>();
        private final Set<UUID> ended = new HashSet<>();

        @Override
        public StreamingQueryListener listener(InstantSource clock) {
            this.clock = clock;
            return new StreamingQueryListener() {
                @Override
                public void onQueryStarted(QueryStartedEvent event) {
                    hear(event.runId(), () -> newest.put(event.id(), event.runId()));
                }

                @Override
                public void onQueryProgress(QueryProgressEvent event) {
                    hear(
                            event.progress().runId(),
                            () -> idle.remove(event.progress().runId()));
                }

                @Override
                public void onQueryIdle(QueryIdleEvent event) {
                    hear(event.runId(), () -> idle.add(event.runId()));
                }

                @Override
                public void onQueryTerminated(QueryTerminatedEvent event) {
                    hear(event.runId(), () -> (event.exception().isEmpty() ? ended : failed).add(event.runId()));
                }
            };
        }

        private synchronized void hear(UUID run, Runnable event) {
            heard.put(run, clock.instant());
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
                return Condition.DEAD;
            }
            if (Duration.between(heard.get(run), clock.instant()).compareTo(PATIENCE) > 0) {
                return Condition.STALLED;
            }
            return idle.contains(run) ? Condition.IDLE : Condition.RUNNING;
        }
    }

    /** Writes everything down, and thinks when it is asked. */
    public static class FromTheRecords extends SilentStream {
        private record Entry(Instant heard, UUID query, UUID run, String what) {}

        private final List<Entry> entries = new ArrayList<>();

        @Override
        public StreamingQueryListener listener(InstantSource clock) {
            this.clock = clock;
            return new StreamingQueryListener() {
                @Override
                public void onQueryStarted(QueryStartedEvent event) {
                    enter(event.id(), event.runId(), "start");
                }

                @Override
                public void onQueryProgress(QueryProgressEvent event) {
                    enter(event.progress().id(), event.progress().runId(), "progress");
                }

                @Override
                public void onQueryIdle(QueryIdleEvent event) {
                    enter(event.id(), event.runId(), "idle");
                }

                @Override
                public void onQueryTerminated(QueryTerminatedEvent event) {
                    enter(event.id(), event.runId(), event.exception().isDefined() ? "failure" : "end");
                }
            };
        }

        private synchronized void enter(UUID query, UUID run, String what) {
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
            boolean isSilent = last.heard.plus(PATIENCE).isBefore(clock.instant());
            return last.what.equals("failure")
                    ? Condition.DEAD
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
