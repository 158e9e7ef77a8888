package workbook.capstone.spark;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lesson04.CardProfile;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.streaming.ExpiredTimerInfo;
import org.apache.spark.sql.streaming.MapState;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The memory of {@link CardProfile}, for payments that may come twice: it knows their ids as long as a copy would be
 * let in, and a copy counts for nothing.
 *
 * <p>Why not the brick {@code DeduplicatePayments} in front of it? Spark refuses the two in a chain ("Redefining
 * watermark is disallowed"). With the first one's hour for both, payments are lost: a partition that is read more than
 * an hour of event time behind the other loses what it brings, and the replay makes some 45 minutes of a second.
 * Besides, this needs no second shuffle.
 */
final class DeduplicatingCardProfile extends CardProfile.Hours {

    /** {@link CardProfile#PROFILE}, and {@code time} timestamp, the payment's. */
    static final StructType PROFILE = CardProfile.PROFILE.add("time", DataTypes.TimestampType);

    /** The time in microseconds of each payment that may come again, by its id. */
    private transient MapState<Long, Long> seen;

    @Override
    public void init(OutputMode mode, TimeMode time) {
        super.init(mode, time);
        seen = getHandle().getMapState("seen", Encoders.LONG(), Encoders.LONG(), TTLConfig.NONE());
    }

    @Override
    public scala.collection.Iterator<Row> handleInputRows(
            Integer card, scala.collection.Iterator<Row> rows, TimerValues now) {
        Map<Long, Row> fresh = fresh(CollectionConverters.asJava(rows));
        // Not earlier: rows are let in by the watermark of the batch before.
        forget(now);
        fresh.forEach((id, payment) -> seen.updateValue(id, micros(payment.getAs("time"))));
        List<Row> profiles = new ArrayList<>();
        scala.collection.Iterator<Row> payments =
                CollectionConverters.asScala(fresh.values().iterator());
        CollectionConverters.asJava(super.handleInputRows(card, payments, now))
                .forEachRemaining(profile -> profiles.add(withTime(profile, fresh)));
        return CollectionConverters.asScala(profiles.iterator());
    }

    /** Each hour has a timer, so that the ids of a card that never comes again go with its hours. */
    @Override
    public scala.collection.Iterator<Row> handleExpiredTimer(Integer card, TimerValues now, ExpiredTimerInfo timer) {
        forget(now);
        return super.handleExpiredTimer(card, now, timer);
    }

    private Map<Long, Row> fresh(Iterator<Row> payments) {
        Map<Long, Row> fresh = new LinkedHashMap<>();
        payments.forEachRemaining(payment -> {
            Long id = payment.getAs("id");
            if (!seen.containsKey(id)) {
                fresh.putIfAbsent(id, payment);
            }
        });
        return fresh;
    }

    /** What the watermark has passed is not let in again. */
    private void forget(TimerValues now) {
        long watermark = now.getCurrentWatermarkInMs() * 1_000;
        List<Long> past = new ArrayList<>();
        CollectionConverters.asJava(seen.iterator()).forEachRemaining(payment -> {
            if (payment._2() < watermark) {
                past.add(payment._1());
            }
        });
        past.forEach(seen::removeKey);
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static Row withTime(Row profile, Map<Long, Row> payments) {
        Object[] columns = new Object[PROFILE.size()];
        for (int i = 0; i < profile.size(); i++) {
            columns[i] = profile.get(i);
        }
        columns[profile.size()] = payments.get(profile.getLong(0)).getAs("time");
        return RowFactory.create(columns);
    }
}
