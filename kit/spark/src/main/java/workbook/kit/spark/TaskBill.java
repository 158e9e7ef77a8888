package workbook.kit.spark;

import java.util.Comparator;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * What a task cost, from its {@link TaskMetrics}.
 *
 * @param partition the partition that it computed
 * @param inputRows rows read from files and caches; rows of a local Dataset or of an RDD are not counted
 * @param fetchedRows rows read from shuffles
 * @param shuffledRows rows written for a shuffle
 * @param shuffledBytes bytes written for a shuffle, compressed
 * @param spilledBytes bytes written to the disk because there was no memory left, compressed
 * @param resultBytes bytes of its result for the driver, compressed; some thousand of them are its metrics
 */
public record TaskBill(
        int partition,
        long inputRows,
        long fetchedRows,
        long shuffledRows,
        long shuffledBytes,
        long spilledBytes,
        long resultBytes)
        implements Comparable<TaskBill> {

    static TaskBill of(SparkListenerTaskEnd end) {
        TaskMetrics metrics = end.taskMetrics();
        return new TaskBill(
                end.taskInfo().partitionId(),
                metrics.inputMetrics().recordsRead(),
                metrics.shuffleReadMetrics().recordsRead(),
                metrics.shuffleWriteMetrics().recordsWritten(),
                metrics.shuffleWriteMetrics().bytesWritten(),
                metrics.diskBytesSpilled(),
                metrics.resultSize());
    }

    @Override
    public int compareTo(TaskBill other) {
        return Comparator.comparingInt(TaskBill::partition).compare(this, other);
    }
}
