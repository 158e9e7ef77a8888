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
 * The processor of {@link CardProfile}, with deduplication: its state also has the ids of payments, until the watermark
 * passes them, and duplicates are ignored.
 *
 * <p>The brick {@code DeduplicatePayments} cannot precede it: Spark refuses the chain ("Redefining watermark is
 * disallowed"). One watermark of an hour for both loses payments: those of a partition read more than an hour of event
 * time behind the other are dropped, and the replay covers some 45 minutes per second. Deduplication here also needs no
 * second shuffle.
 */
final class DeduplicatingCardProfile extends CardProfile.Hours {

    /** The columns of {@link CardProfile#PROFILE}, and {@code time} timestamp, the payment's event time. */
    static final StructType PROFILE = CardProfile.PROFILE.add("time", DataTypes.TimestampType);

    /** Event times in microseconds of payments that may have duplicates, by payment id. */
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
        // Only after the check: late rows are filtered by the watermark of the previous batch.
        forget(now);
        fresh.forEach((id, payment) -> seen.updateValue(id, micros(payment.getAs("time"))));
        List<Row> profiles = new ArrayList<>();
        scala.collection.Iterator<Row> payments =
                CollectionConverters.asScala(fresh.values().iterator());
        CollectionConverters.asJava(super.handleInputRows(card, payments, now))
                .forEachRemaining(profile -> profiles.add(withTime(profile, fresh)));
        return CollectionConverters.asScala(profiles.iterator());
    }

    /** Each hour has a timer, so the ids of an inactive card expire with its hours. */
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

    /** Removes ids behind the watermark: their duplicates would be dropped as late. */
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
