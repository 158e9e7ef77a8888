package workbook.check.script;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The times of a batch of random rows.
 *
 * @param from included
 * @param to excluded
 * @param tick the precision
 */
record TimeRange(Instant from, Instant to, Duration tick) {

    /** Whether a value is a time in the range, or no time. */
    boolean admits(Object value) {
        return !(value instanceof Instant time) || !time.isBefore(from) && time.isBefore(to);
    }

    /** The first and the last moment, the full hours, and one tick beside them. */
    List<Instant> bounds() {
        List<Instant> bounds = new ArrayList<>(List.of(from, to.minus(tick)));
        for (Instant hour = from.truncatedTo(ChronoUnit.HOURS);
                hour.isBefore(to);
                hour = hour.plus(Duration.ofHours(1))) {
            bounds.addAll(List.of(hour, hour.minus(tick), hour.plus(tick)));
        }
        return bounds.stream().filter(this::admits).distinct().toList();
    }

    /** Half of the times are full seconds, a quarter has milliseconds. */
    Instant random(Random random) {
        Duration precision = switch (random.nextInt(4)) {
            case 0 -> tick;
            case 1 -> Duration.ofMillis(1);
            default -> Duration.ofSeconds(1);
        };
        return moment(random, precision.compareTo(tick) < 0 ? tick : precision);
    }

    /** A time in the same second as another, or the same time. */
    Instant near(Instant other, Random random) {
        Instant second = other.truncatedTo(ChronoUnit.SECONDS);
        Instant near =
                random.nextBoolean() ? other : new TimeRange(second, second.plusSeconds(1), tick).moment(random, tick);
        return admits(near) ? near : random(random);
    }

    private Instant moment(Random random, Duration precision) {
        long moments = Math.max(1, Duration.between(from, to).dividedBy(precision));
        return from.plus(precision.multipliedBy(random.nextLong(moments)));
    }
}
