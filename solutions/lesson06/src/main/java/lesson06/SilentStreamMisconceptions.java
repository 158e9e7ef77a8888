package lesson06;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link SilentStream} that people give. */
public final class SilentStreamMisconceptions {

    private SilentStreamMisconceptions() {}

    @Misconception(
            believed = "A listener has three methods: started, progress, terminated.",
            really = "Those are the three that you must implement. The fourth, onQueryIdle, does nothing"
                    + " unless you override it. Only its events distinguish a query without input from one that"
                    + " hangs.",
            concept = "Listeners")
    public static class IgnoresIdleEvents extends SilentStream {
        @Override
        public StreamingQueryListener listener(InstantSource clock) {
            return new Forwarding(super.listener(clock)) {
                @Override
                public void onQueryIdle(QueryIdleEvent event) {
                    // not overridden
                }
            };
        }
    }

    @Misconception(
            believed = "The time since the last progress counts; an idle event is not progress.",
            really = "It is not progress, but it shows that the query is alive. A source may have no input all"
                    + " night; a query that sends an idle event every ten seconds is healthy, however long ago"
                    + " its last batch was.",
            concept = "Listeners")
    public static class MeasuresFromTheLastProgress extends SilentStream {
        @Override
        public StreamingQueryListener listener(InstantSource clock) {
            return new Forwarding(super.listener(clock)) {
                @Override
                public void onQueryIdle(QueryIdleEvent event) {
                    lastEvents.computeIfPresent(
                            event.id(), (id, last) -> new LastEvent(last.run(), last.arrived(), Condition.IDLE));
                }
            };
        }
    }

    @Misconception(
            believed = "The timestamp of an event is the time at which it happened.",
            really = "The timestamp is the start of the trigger, by the clock of the driver: progress of a"
                    + " batch that took an hour is an hour old when it arrives. Only the listener's own clock"
                    + " measures for how long no event has arrived.",
            concept = "Listeners")
    public static class UsesTheEventsTimestamp extends SilentStream {
        @Override
        public StreamingQueryListener listener(InstantSource clock) {
            return new Forwarding(super.listener(clock)) {
                @Override
                public void onQueryStarted(QueryStartedEvent event) {
                    super.onQueryStarted(event);
                    setArrival(event.id(), event.timestamp());
                }

                @Override
                public void onQueryProgress(QueryProgressEvent event) {
                    super.onQueryProgress(event);
                    setArrival(event.progress().id(), event.progress().timestamp());
                }

                @Override
                public void onQueryIdle(QueryIdleEvent event) {
                    super.onQueryIdle(event);
                    setArrival(event.id(), event.timestamp());
                }
            };
        }

        private void setArrival(UUID query, String timestamp) {
            lastEvents.computeIfPresent(
                    query, (id, last) -> new LastEvent(last.run(), Instant.parse(timestamp), last.condition()));
        }
    }

    @Misconception(
            believed = "If the listener has received an event within the last minute, all queries are healthy.",
            really = "It receives the events of every query of its session. While one of them sends events,"
                    + " another can hang for days, and nobody notices.",
            concept = "Listeners")
    public static class TreatsAllQueriesAsOne extends SilentStream {
        @Override
        public Map<UUID, Condition> conditions() {
            Instant newest = lastEvents.values().stream()
                    .map(LastEvent::arrived)
                    .max(Instant::compareTo)
                    .orElse(Instant.MIN);
            Map<UUID, Condition> conditions = new HashMap<>();
            lastEvents.forEach((query, last) -> conditions.put(
                    query, new LastEvent(last.run(), newest, last.condition()).conditionAt(clock.instant())));
            return conditions;
        }
    }

    @Misconception(
            believed = "The map is concurrent, so threads cannot disturb each other.",
            really =
                    "Each call of the map is atomic, but get and put are two calls. A new run may start between them, on the"
                            + " thread that calls start(), and put then overwrites it with the old run. computeIfPresent does"
                            + " both in one.",
            concept = "Listeners")
    public static class ReadsAndWritesInTwoCalls extends SilentStream {
        @Override
        public StreamingQueryListener listener(InstantSource clock) {
            return new Forwarding(super.listener(clock)) {
                @Override
                public void onQueryIdle(QueryIdleEvent event) {
                    LastEvent last = lastEvents.get(event.id());
                    if (last != null && last.run().equals(event.runId())) {
                        lastEvents.put(event.id(), new LastEvent(event.runId(), clock.instant(), Condition.IDLE));
                    }
                }
            };
        }
    }

    @Misconception(
            believed = "A query that has terminated has failed.",
            really = "Queries also terminate because they were stopped or have read all input (AvailableNow)."
                    + " An alert for these will be ignored when it matters. The event distinguishes them: it has"
                    + " an exception or not.",
            concept = "Listeners")
    public static class TreatsEveryEndAsFailure extends SilentStream {
        @Override
        public StreamingQueryListener listener(InstantSource clock) {
            return new Forwarding(super.listener(clock)) {
                @Override
                public void onQueryTerminated(QueryTerminatedEvent event) {
                    lastEvents.computeIfPresent(
                            event.id(),
                            (id, last) -> last.run().equals(event.runId())
                                    ? new LastEvent(event.runId(), clock.instant(), Condition.FAILED)
                                    : last);
                }
            };
        }
    }

    @Misconception(
            believed = "A failed query stays failed.",
            really = "A query is restarted from its checkpoint and keeps its id; this fixes most failures. The"
                    + " new run starts with a new state, whatever happened before.",
            concept = "Checkpoints")
    public static class IgnoresRestarts extends SilentStream {
        @Override
        public StreamingQueryListener listener(InstantSource clock) {
            return new Forwarding(super.listener(clock)) {
                @Override
                public void onQueryStarted(QueryStartedEvent event) {
                    if (!lastEvents.containsKey(event.id())) {
                        super.onQueryStarted(event);
                    }
                }
            };
        }
    }

    @Misconception(
            believed = "The id identifies the query of an event, and the events arrive in order.",
            really = "The start is delivered at once, the end through a queue: the end of the old run may"
                    + " arrive after the start of the new one. Only the runId identifies the run.",
            concept = "Listeners")
    public static class LooksAtTheIdOnly extends SilentStream {
        @Override
        public StreamingQueryListener listener(InstantSource clock) {
            return new Forwarding(super.listener(clock)) {
                @Override
                public void onQueryTerminated(QueryTerminatedEvent event) {
                    lastEvents.computeIfPresent(
                            event.id(),
                            (id, last) -> event.exception().isDefined()
                                    ? new LastEvent(event.runId(), clock.instant(), Condition.FAILED)
                                    : null);
                }
            };
        }
    }

    @Misconception(
            believed = "Every event that arrives is the newest of its query.",
            really = "The queue may be slow: events of an old run can arrive after a new one has started. They"
                    + " belong to a run that is over, and must not replace the new one.",
            concept = "Listeners")
    public static class AcceptsLateEventsOfOldRuns extends SilentStream {
        @Override
        public StreamingQueryListener listener(InstantSource clock) {
            return new Forwarding(super.listener(clock)) {
                @Override
                public void onQueryProgress(QueryProgressEvent event) {
                    lastEvents.put(
                            event.progress().id(),
                            new LastEvent(event.progress().runId(), clock.instant(), Condition.RUNNING));
                }
            };
        }
    }

    @Misconception(
            believed = "A query without an event for a minute is stalled, a failed one as well.",
            really = "The last event of a failed query was its exception. If it is reported as stalled after a"
                    + " minute, someone waits for it instead of restarting it.",
            concept = "Listeners")
    public static class ReportsFailedQueriesAsStalled extends SilentStream {
        @Override
        public Map<UUID, Condition> conditions() {
            return stalledToo(
                    this,
                    super.conditions(),
                    last -> clock.instant().isAfter(last.arrived().plus(PATIENCE)));
        }
    }

    @Misconception(
            believed = "A minute ago or more than a minute ago: there is no difference.",
            really = "A limit belongs to one side, and the terms define which. On the wrong side, the result"
                    + " is wrong whenever times are whole minutes.",
            concept = "Half-open intervals")
    public static class StallsAtExactlyAMinute extends SilentStream {
        @Override
        public Map<UUID, Condition> conditions() {
            return stalledToo(
                    this,
                    super.conditions(),
                    last -> last.condition() != Condition.FAILED
                            && !clock.instant().isBefore(last.arrived().plus(PATIENCE)));
        }
    }

    @Misconception(
            believed = "A batch without rows means that the query is idle.",
            really = "A query runs such batches, too: for an empty file, for offsets without records, or to emit what"
                    + " the watermark has closed. It is at work, and onQueryProgress reports it; onQueryIdle reports"
                    + " that no batch ran.",
            concept = "Listeners")
    public static class TakesAnEmptyBatchForIdleness extends SilentStream {
        @Override
        public StreamingQueryListener listener(InstantSource clock) {
            return new Forwarding(super.listener(clock)) {
                @Override
                public void onQueryProgress(QueryProgressEvent event) {
                    super.onQueryProgress(event);
                    if (event.progress().numInputRows() == 0) {
                        lastEvents.computeIfPresent(
                                event.progress().id(),
                                (id, last) -> new LastEvent(last.run(), last.arrived(), Condition.IDLE));
                    }
                }
            };
        }
    }

    @Misconception(
            believed = "Duration.toSeconds() is the time since the last event.",
            really = "It is the number of whole seconds, rounded down: for almost a second more than a minute it is"
                    + " still 60. Compare durations, or instants.",
            concept = "Half-open intervals")
    public static class CountsWholeSeconds extends SilentStream {
        @Override
        public Map<UUID, Condition> conditions() {
            Map<UUID, Condition> conditions = new HashMap<>();
            lastEvents.forEach((query, last) -> {
                long seconds = Duration.between(last.arrived(), clock.instant()).toSeconds();
                boolean isSilent = seconds > PATIENCE.toSeconds();
                conditions.put(
                        query, isSilent && last.condition() != Condition.FAILED ? Condition.STALLED : last.condition());
            });
            return conditions;
        }
    }

    @Misconception(
            believed = "conditions() is called often, so I compute the answer once a second and keep it.",
            really = "A condition changes with every event, and with time. Within that second the answer is that of"
                    + " before: a query that has failed is still running. What is to be kept are the last events;"
                    + " comparing them with the clock costs nothing.",
            concept = "Listeners")
    public static class KeepsTheAnswerForASecond extends SilentStream {
        private Map<UUID, Condition> kept;
        private Instant since;

        @Override
        public Map<UUID, Condition> conditions() {
            if (kept == null || clock.instant().isAfter(since.plusSeconds(1))) {
                kept = super.conditions();
                since = clock.instant();
            }
            return kept;
        }
    }

    /** These conditions, with STALLED for every query with such a last event. */
    private static Map<UUID, SilentStream.Condition> stalledToo(
            SilentStream answer,
            Map<UUID, SilentStream.Condition> conditions,
            Predicate<SilentStream.LastEvent> isStalled) {
        answer.lastEvents.forEach((query, last) -> {
            if (isStalled.test(last)) {
                conditions.put(query, SilentStream.Condition.STALLED);
            }
        });
        return conditions;
    }

    /** Forwards all events. */
    private abstract static class Forwarding extends StreamingQueryListener {

        private final StreamingQueryListener to;

        Forwarding(StreamingQueryListener to) {
            this.to = to;
        }

        @Override
        public void onQueryStarted(QueryStartedEvent event) {
            to.onQueryStarted(event);
        }

        @Override
        public void onQueryProgress(QueryProgressEvent event) {
            to.onQueryProgress(event);
        }

        @Override
        public void onQueryIdle(QueryIdleEvent event) {
            to.onQueryIdle(event);
        }

        @Override
        public void onQueryTerminated(QueryTerminatedEvent event) {
            to.onQueryTerminated(event);
        }
    }
}
