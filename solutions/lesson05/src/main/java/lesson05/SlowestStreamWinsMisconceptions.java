package lesson05;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.to_timestamp;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link SlowestStreamWins} that people really give. */
public final class SlowestStreamWinsMisconceptions {

    private SlowestStreamWinsMisconceptions() {}

    @Misconception(
            believed = "First the union, then one watermark for all: an hour covers both.",
            really =
                    "One watermark follows one newest row, and that comes from the tills. It closes the partner's hours"
                            + " before the partner has said anything of them. How far two streams are apart is no matter of"
                            + " lateness: give each a watermark of its own, before the union.",
            concept = "Several watermarks")
    public static class MarksTheUnion extends SlowestStreamWins {
        @Override
        public Dataset<Row> revenue(Dataset<Row> tills, Dataset<Row> partner) {
            return byHour(paid(tills).union(paid(timed(partner))).withWatermark("time", "1 hour"));
        }
    }

    @Misconception(
            believed = "With multipleWatermarkPolicy set to max, nobody has to wait for a slow stream.",
            really =
                    "Nobody waits, and the slow stream pays for it: its rows are behind the other's watermark, their hours"
                            + " are over, and they are dropped. Spark's default, min, waits so that none is.",
            concept = "Several watermarks")
    public static class LetsTheFastestDecide extends SlowestStreamWins {
        @Override
        public Dataset<Row> revenue(Dataset<Row> tills, Dataset<Row> partner) {
            tills.sparkSession().conf().set("spark.sql.streaming.multipleWatermarkPolicy", "max");
            return super.revenue(tills, partner);
        }
    }

    @Misconception(
            believed = "A query has one watermark, so both streams get the same bound.",
            really =
                    "It has one for each withWatermark, each with its own bound, and goes by the lowest. Ten minutes are"
                            + " right for the tills; a line of the partner's that lags longer finds its hour closed.",
            concept = "Several watermarks")
    public static class WaitsTenMinutesForBoth extends SlowestStreamWins {
        @Override
        public Dataset<Row> revenue(Dataset<Row> tills, Dataset<Row> partner) {
            return byHour(paid(tills.withWatermark("time", "10 minutes"))
                    .union(paid(timed(partner).withWatermark("time", "10 minutes"))));
        }
    }

    @Misconception(
            believed =
                    "An input that brings nothing holds nothing up, and lines without an amount bring nothing: out with"
                            + " them.",
            really =
                    "A stream without rows has a watermark all the same: it stands still, and as the lowest it holds up all"
                            + " the others. The lines without an amount are what moves it on; and it does not help to filter them out"
                            + " after withWatermark, since Spark moves such a filter in front of it. Filter after the sum.",
            concept = "Several watermarks")
    public static class DropsTheHeartbeats extends SlowestStreamWins {
        @Override
        public Dataset<Row> revenue(Dataset<Row> tills, Dataset<Row> partner) {
            return super.revenue(tills, partner.where(col("amount").isNotNull()));
        }
    }

    @Misconception(
            believed = "written is a timestamp already and time is not, so the watermark goes there.",
            really =
                    "It bounds windows of its own column, and these are windows of the time. A stream alone Spark would"
                            + " refuse. In the union it asks the first stream's column only, which has its mark, and lets it"
                            + " pass: the watermark then follows the time of writing, hours ahead of the payments, and they are"
                            + " dropped.",
            concept = "Watermarks")
    public static class SetsTheWatermarkOnAnotherColumn extends SlowestStreamWins {
        @Override
        public Dataset<Row> revenue(Dataset<Row> tills, Dataset<Row> partner) {
            return byHour(paid(tills.withWatermark("time", "10 minutes"))
                    .union(paid(timed(partner.withWatermark("written", "1 hour")))));
        }
    }

    @Misconception(
            believed = "Spark reads the time from the text where it needs one.",
            really =
                    "A watermark is the largest time seen, less a bound, and so it has to stand on a column of times. On a"
                            + " text Spark refuses it: make a timestamp of the text first.",
            concept = "Watermarks")
    public static class SetsTheWatermarkOnText extends SlowestStreamWins {
        @Override
        public Dataset<Row> revenue(Dataset<Row> tills, Dataset<Row> partner) {
            return byHour(paid(tills.withWatermark("time", "10 minutes"))
                    .union(paid(timed(partner.withWatermark("time", "1 hour")))));
        }
    }

    @Misconception(
            believed = "What has no time comes out as well, under a null; I shall see it then.",
            really =
                    "A null as a key forms a group, a null as a time does not: what has no time lies in no window, and the"
                            + " row is gone before it is counted. Nothing tells of it, not even numRowsDroppedByWatermark.",
            concept = "Nulls")
    public static class LeavesTheTimeNull extends SlowestStreamWins {
        @Override
        public Dataset<Row> revenue(Dataset<Row> tills, Dataset<Row> partner) {
            return byHour(paid(tills.withWatermark("time", "10 minutes"))
                    .union(paid(partner.withColumn("time", to_timestamp(col("time")))
                            .withWatermark("time", "1 hour"))));
        }
    }
}
