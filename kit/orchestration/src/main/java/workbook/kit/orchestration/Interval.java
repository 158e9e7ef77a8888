package workbook.kit.orchestration;

import java.time.Instant;

/** The data that a run is about. The start belongs to it, the end does not; of a trigger timetable, both are the same. */
public record Interval(Instant start, Instant end) {}
