package lesson06;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link SilentStream} that people really give. */
public final class SilentStreamMisconceptions {

    private SilentStreamMisconceptions() {}

    @Misconception(
            believed = "A listener has three methods: started, progress, terminated.",
            really =
                    "Those are the three that it must have. The fourth, onQueryIdle, does nothing unless it is written, and"
                            + " it is the one by which a query with nothing to read is told from one that hangs.",
            concept = "Listeners")
    public static class IgnoresIdleness extends SilentStream {
        @Override
        public StreamingQueryListener listener(InstantSource clock) {
            return new Passing(super.listener(clock)) {
                @Override
                public void onQueryIdle(QueryIdleEvent event) {
                    // not written
                }
            };
        }
    }

    @Misconception(
            believed = "What counts is the time since the last progress: idleness is none.",
            really =
                    "It is no progress, and it is a sign of life. A source may be quiet all night; a query that says so"
                            + " every ten seconds is well, however long ago its last batch was.",
            concept = "Listeners")
    public static class CountsFromTheLastProgress extends SilentStream {
        @Override
        public StreamingQueryListener listener(InstantSource clock) {
            return new Passing(super.listener(clock)) {
                @Override
                public void onQueryIdle(QueryIdleEvent event) {
                    lastWords.computeIfPresent(
                            event.id(), (id, last) -> new LastWord(last.run(), last.heard(), Condition.IDLE));
                }
            };
        }
    }

    @Misconception(
            believed = "An event carries the time at which it happened.",
            really =
                    "Its timestamp says when the trigger began, by the clock of the machine that runs the query: the progress"
                            + " of a batch that took an hour is an hour old when it is told. How long nobody has been heard, only"
                            + " the listener's own clock can say.",
            concept = "Listeners")
    public static class ReadsTheEventsTimestamp extends SilentStream {
        @Override
        public StreamingQueryListener listener(InstantSource clock) {
            return new Passing(super.listener(clock)) {
                @Override
                public void onQueryStarted(QueryStartedEvent event) {
                    super.onQueryStarted(event);
                    heardAt(event.id(), event.timestamp());
                }

                @Override
                public void onQueryProgress(QueryProgressEvent event) {
                    super.onQueryProgress(event);
                    heardAt(event.progress().id(), event.progress().timestamp());
                }

                @Override
                public void onQueryIdle(QueryIdleEvent event) {
                    super.onQueryIdle(event);
                    heardAt(event.id(), event.timestamp());
                }
            };
        }

        private void heardAt(UUID query, String timestamp) {
            lastWords.computeIfPresent(
                    query, (id, last) -> new LastWord(last.run(), Instant.parse(timestamp), last.said()));
        }
    }

    @Misconception(
            believed = "If a listener has heard something within the last minute, things are moving.",
            really =
                    "It hears of every query of its session. As long as one of them speaks, another can hang for days, and"
                            + " nobody notices.",
            concept = "Listeners")
    public static class ListensToAllAsOne extends SilentStream {
        @Override
        public Map<UUID, Condition> conditions() {
            Instant newest = lastWords.values().stream()
                    .map(LastWord::heard)
                    .max(Instant::compareTo)
                    .orElse(Instant.MIN);
            Map<UUID, Condition> conditions = new HashMap<>();
            lastWords.forEach((query, last) ->
                    conditions.put(query, new LastWord(last.run(), newest, last.said()).condition(clock.instant())));
            return conditions;
        }
    }

    @Misconception(
            believed = "A query that has terminated is dead.",
            really =
                    "Queries also end because they were stopped, or have read all that is there (AvailableNow). Whoever wakes"
                            + " somebody for that will not be believed the next time. The event says which it was: its exception"
                            + " is there or not.",
            concept = "Listeners")
    public static class TakesEveryEndForDeath extends SilentStream {
        @Override
        public StreamingQueryListener listener(InstantSource clock) {
            return new Passing(super.listener(clock)) {
                @Override
                public void onQueryTerminated(QueryTerminatedEvent event) {
                    lastWords.computeIfPresent(
                            event.id(),
                            (id, last) -> last.run().equals(event.runId())
                                    ? new LastWord(event.runId(), clock.instant(), Condition.DEAD)
                                    : last);
                }
            };
        }
    }

    @Misconception(
            believed = "The dead stay dead.",
            really =
                    "A query is started again from its checkpoint, under its old id: that is how most failures end. With the"
                            + " new run a new life begins, and what was heard before is history.",
            concept = "Checkpoints")
    public static class KnowsNoResurrection extends SilentStream {
        @Override
        public StreamingQueryListener listener(InstantSource clock) {
            return new Passing(super.listener(clock)) {
                @Override
                public void onQueryStarted(QueryStartedEvent event) {
                    if (!lastWords.containsKey(event.id())) {
                        super.onQueryStarted(event);
                    }
                }
            };
        }
    }

    @Misconception(
            believed = "The id says which query an event is about, and the events come in order.",
            really =
                    "The start is told at once, the end from a queue: the old run's end may be heard after the new run's"
                            + " start. Only the runId says whose end it was.",
            concept = "Listeners")
    public static class LooksAtTheIdOnly extends SilentStream {
        @Override
        public StreamingQueryListener listener(InstantSource clock) {
            return new Passing(super.listener(clock)) {
                @Override
                public void onQueryTerminated(QueryTerminatedEvent event) {
                    lastWords.computeIfPresent(
                            event.id(),
                            (id, last) -> event.exception().isDefined()
                                    ? new LastWord(event.runId(), clock.instant(), Condition.DEAD)
                                    : null);
                }
            };
        }
    }

    @Misconception(
            believed = "Whatever I hear of a query is its newest word.",
            really =
                    "The queue is slow: what an old run has said may be heard after a new one has started. It is news of a run"
                            + " that is over, and must not take the new one's place.",
            concept = "Listeners")
    public static class TakesALateWordForTheNewest extends SilentStream {
        @Override
        public StreamingQueryListener listener(InstantSource clock) {
            return new Passing(super.listener(clock)) {
                @Override
                public void onQueryProgress(QueryProgressEvent event) {
                    lastWords.put(
                            event.progress().id(),
                            new LastWord(event.progress().runId(), clock.instant(), Condition.RUNNING));
                }
            };
        }
    }

    @Misconception(
            believed = "Silent is whoever has said nothing for a minute, the dead as well.",
            really =
                    "The dead have said their last word, and it was an exception. Called stalled after a minute, they are"
                            + " waited for, instead of being started again.",
            concept = "Listeners")
    public static class TakesTheDeadForSilent extends SilentStream {
        @Override
        public Map<UUID, Condition> conditions() {
            return stalledToo(
                    this,
                    super.conditions(),
                    last -> clock.instant().isAfter(last.heard().plus(PATIENCE)));
        }
    }

    @Misconception(
            believed = "More than a minute ago, a minute ago: it is all the same.",
            really =
                    "A limit belongs to one side or to the other, and the terms say to which. Whoever puts it on the wrong one"
                            + " is right for days, and wrong whenever somebody counts in whole minutes.",
            concept = "Half-open intervals")
    public static class LosesPatienceAtTheMinute extends SilentStream {
        @Override
        public Map<UUID, Condition> conditions() {
            return stalledToo(
                    this,
                    super.conditions(),
                    last -> last.said() != Condition.DEAD
                            && !clock.instant().isBefore(last.heard().plus(PATIENCE)));
        }
    }

    /** These conditions, and of every query with such a last word that it is stalled. */
    private static Map<UUID, SilentStream.Condition> stalledToo(
            SilentStream answer,
            Map<UUID, SilentStream.Condition> conditions,
            Predicate<SilentStream.LastWord> isStalled) {
        answer.lastWords.forEach((query, last) -> {
            if (isStalled.test(last)) {
                conditions.put(query, SilentStream.Condition.STALLED);
            }
        });
        return conditions;
    }

    /** Passes on all it hears. */
    private abstract static class Passing extends StreamingQueryListener {

        private final StreamingQueryListener to;

        Passing(StreamingQueryListener to) {
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
