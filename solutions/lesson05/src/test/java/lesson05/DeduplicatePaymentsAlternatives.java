package lesson05;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.ExpiredTimerInfo;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StatefulProcessor;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import org.apache.spark.sql.streaming.ValueState;
import scala.jdk.javaapi.CollectionConverters;
import workbook.kit.spark.PaymentRow;

/** Right answers written differently, and one that only solves the payments in the checkpoint. */
class DeduplicatePaymentsAlternatives {

    public static class InTwoParts extends DeduplicatePayments {
        @Override
        public Dataset<Row> once(Dataset<Row> payments) {
            return payments.where("id IS NOT NULL")
                    .withWatermark("time", "61 minutes")
                    .dropDuplicatesWithinWatermark(new String[] {"id"})
                    .union(payments.where("id IS NULL"));
        }
    }

    public static class ByAString extends DeduplicatePayments {
        @Override
        public Dataset<Row> once(Dataset<Row> payments) {
            return payments.withColumn("name", coalesce(col("id").cast("string"), expr("uuid()")))
                    .withWatermark("time", "3600 seconds")
                    .dropDuplicatesWithinWatermark(new String[] {"name"})
                    .select("amount", "terminal", "customer", "time", "id");
        }
    }

    public static class WithATimer extends DeduplicatePayments {
        @Override
        public Dataset<Row> once(Dataset<Row> payments) {
            return payments.withWatermark("time", "10 minutes")
                    .withColumn("name", coalesce(col("id").cast("string"), expr("uuid()")))
                    .groupByKey((MapFunction<Row, String>) payment -> payment.getAs("name"), Encoders.STRING())
                    .transformWithState(
                            new Deduplication(),
                            TimeMode.EventTime(),
                            OutputMode.Append(),
                            Encoders.row(PaymentRow.SCHEMA.add("name", "string")))
                    .drop("name");
        }

        private static final class Deduplication extends StatefulProcessor<String, Row, Row> {
            private transient ValueState<Boolean> seen;

            @Override
            public void init(OutputMode mode, TimeMode time) {
                seen = getHandle().getValueState("seen", Encoders.BOOLEAN(), TTLConfig.NONE());
            }

            @Override
            public scala.collection.Iterator<Row> handleInputRows(
                    String name, scala.collection.Iterator<Row> rows, TimerValues now) {
                if (seen.exists()) {
                    return CollectionConverters.asScala(List.<Row>of().iterator());
                }
                Row first = rows.next();
                seen.update(true);
                getHandle().registerTimer(first.getInstant(1).toEpochMilli() + 3_600_001);
                return CollectionConverters.asScala(List.of(first).iterator());
            }

            @Override
            public scala.collection.Iterator<Row> handleExpiredTimer(
                    String name, TimerValues now, ExpiredTimerInfo timer) {
                seen.clear();
                return CollectionConverters.asScala(List.<Row>of().iterator());
            }
        }
    }

    public static class Learnt extends DeduplicatePayments {
        @Override
        public Dataset<Row> once(Dataset<Row> payments) {
            return super.once(payments.where("id IS NULL OR id < 100"));
        }
    }
}
