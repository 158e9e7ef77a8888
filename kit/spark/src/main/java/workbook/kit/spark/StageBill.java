package workbook.kit.spark;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What an attempt of a stage cost.
 *
 * @param stage the stage's number in its context
 * @param attempt 0, or more if Spark ran tasks of the stage again because shuffle files were lost
 * @param tasks the tasks that succeeded, in the order of their partitions
 */
public record StageBill(int stage, int attempt, List<TaskBill> tasks) {

    /** Rows read from files and caches. */
    public long inputRows() {
        return sum(TaskBill::inputRows);
    }

    /** Rows read from shuffles. */
    public long fetchedRows() {
        return sum(TaskBill::fetchedRows);
    }

    /** Rows written for a shuffle. */
    public long shuffledRows() {
        return sum(TaskBill::shuffledRows);
    }

    /** Bytes written for a shuffle. */
    public long shuffledBytes() {
        return sum(TaskBill::shuffledBytes);
    }

    /** Bytes that were spilled to the disk. */
    public long spilledBytes() {
        return sum(TaskBill::spilledBytes);
    }

    /** Bytes of results for the driver. */
    public long resultBytes() {
        return sum(TaskBill::resultBytes);
    }

    /** The rows that each task read from shuffles, in the order of their partitions. */
    public List<Long> fetchedByTask() {
        return tasks.stream().map(TaskBill::fetchedRows).toList();
    }

    /** The rows that the task with the most rows read, from files, caches and shuffles. */
    public long largestTask() {
        return tasks.stream()
                .mapToLong(task -> task.inputRows() + task.fetchedRows())
                .max()
                .orElse(0);
    }

    private long sum(ToLongFunction<TaskBill> number) {
        return tasks.stream().mapToLong(number).sum();
    }
}
