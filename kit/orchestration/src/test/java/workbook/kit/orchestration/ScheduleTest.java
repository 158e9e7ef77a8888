package workbook.kit.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import workbook.kit.orchestration.Schedule.Timetable;

class ScheduleTest {

    private static final Schedule INTERVAL = new Schedule(Timetable.INTERVAL, LocalTime.MIDNIGHT, ZoneOffset.UTC);
    private static final Schedule TRIGGER = new Schedule(Timetable.TRIGGER, LocalTime.MIDNIGHT, ZoneOffset.UTC);
    private static final Instant START = march(1);

    @Test
    void anIntervalRunsAfterItsEnd() {
        assertThat(INTERVAL.due(START, true, null, march(2).minusNanos(1))).isEmpty();
        assertThat(INTERVAL.due(START, true, null, march(2))).containsExactly(Run.over(march(1), march(2)));
    }

    @Test
    void aTriggerRunsAtItsMomentAndCoversNothing() {
        assertThat(TRIGGER.due(START, true, null, march(1))).containsExactly(Run.over(march(1), march(1)));
    }

    @Test
    void aStartInTheMiddleOfADayBeginsWithTheNextMoment() {
        Instant noon = march(1).plus(Duration.ofHours(12));
        assertThat(dates(INTERVAL.due(noon, true, null, march(4)))).containsExactly(march(2), march(3));
        assertThat(dates(TRIGGER.due(noon, true, null, march(4)))).containsExactly(march(2), march(3), march(4));
    }

    @Test
    void withoutCatchupTheNewestRunIsTheOnlyOne() {
        Instant noon = march(5).plus(Duration.ofHours(12));
        assertThat(dates(INTERVAL.due(START, false, null, noon))).containsExactly(march(4));
        assertThat(dates(TRIGGER.due(START, false, null, noon))).containsExactly(march(5));
        assertThat(dates(INTERVAL.due(START, true, null, noon))).hasSize(4);
        assertThat(dates(TRIGGER.due(START, true, null, noon))).hasSize(5);
    }

    @Test
    void afterAPauseCatchupGoesOnWhereItStopped() {
        Run last = Run.over(march(2), march(3));
        Instant noon = march(6).plus(Duration.ofHours(12));
        assertThat(dates(INTERVAL.due(START, true, last, noon))).containsExactly(march(3), march(4), march(5));
        assertThat(dates(INTERVAL.due(START, false, last, noon))).containsExactly(march(5));
        assertThat(INTERVAL.due(START, false, Run.over(march(5), march(6)), noon))
                .isEmpty();
    }

    @Test
    void aBackfillIncludesBothEnds() {
        assertThat(dates(INTERVAL.backfill(march(2), march(4)))).containsExactly(march(2), march(3), march(4));
    }

    @Test
    void aDayHasTheLengthThatItHasAtItsPlace() {
        Schedule berlin = new Schedule(Timetable.INTERVAL, LocalTime.MIDNIGHT, ZoneId.of("Europe/Berlin"));
        List<Run> runs = berlin.due(march(28), true, null, march(31));
        assertThat(runs)
                .extracting(run -> Duration.between(
                                run.interval().start(), run.interval().end())
                        .toHours())
                .containsExactly(23L, 24L);
        assertThat(runs.get(0).interval().end())
                .isEqualTo(runs.get(1).interval().start());
    }

    private static List<Instant> dates(List<Run> runs) {
        return runs.stream().map(Run::logicalDate).toList();
    }

    private static Instant march(int day) {
        return Instant.parse("2026-03-%02dT00:00:00Z".formatted(day));
    }
}
