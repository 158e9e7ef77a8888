package lesson10;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link ReadTheBill} that people give. */
public final class ReadTheBillMisconceptions {

    private ReadTheBillMisconceptions() {}

    @Misconception(
            believed = "The longest task is the skewed one.",
            really =
                    "A task also takes long because of a garbage collection, a slow disk or a busy host. Its rows are the same in"
                            + " every run, and they tell whether another distribution helps.",
            concept = "Skew")
    public static class MeasuresDurations extends ReadTheBill {
        @Override
        public BillListener listener(Limits limits) {
            return new Counter(limits) {
                private final Map<Attempt, List<Long>> durations = new HashMap<>();

                @Override
                public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
                    if (counts(end)) {
                        durations
                                .computeIfAbsent(attempt(end), attempt -> new ArrayList<>())
                                .add(end.taskInfo().duration());
                    }
                    super.onTaskEnd(end);
                }

                @Override
                StageCost cost(Attempt attempt, List<Task> tasks) {
                    StageCost cost = super.cost(attempt, tasks);
                    cost.verdicts().remove(Verdict.SKEWED);
                    long[] millis = durations.get(attempt).stream()
                            .mapToLong(Long::longValue)
                            .sorted()
                            .toArray();
                    if (largest(millis) > limits.skew() * median(millis)) {
                        cost.verdicts().add(Verdict.SKEWED);
                    }
                    return cost;
                }
            };
        }
    }

    @Misconception(
            believed = "A task is skewed if it is much larger than the average.",
            really = "The largest task is part of the average and raises it: of three tasks none can have more"
                    + " than three times the mean. The median does not depend on how large the largest is.",
            concept = "Skew")
    public static class ComparesWithTheMean extends ReadTheBill {
        @Override
        public BillListener listener(Limits limits) {
            return new Counter(limits) {
                @Override
                boolean isSkewed(long[] rows) {
                    double mean = LongStream.of(rows)
                            .filter(count -> count > 0)
                            .average()
                            .orElse(0);
                    return largest(rows) >= limits.rows() && largest(rows) > limits.skew() * mean;
                }
            };
        }
    }

    @Misconception(
            believed = "A partition is skewed as soon as it is some times larger than the others.",
            really = "Three rows against one is no problem. A limit for the ratio needs one for the rows, too, as"
                    + " those of Spark's adaptive execution: a factor and a size.",
            concept = "Skew")
    public static class ComparesRatiosOnly extends ReadTheBill {
        @Override
        public BillListener listener(Limits limits) {
            return new Counter(limits) {
                @Override
                boolean isSkewed(long[] rows) {
                    return largest(rows) > limits.skew() * median(rows);
                }
            };
        }
    }

    @Misconception(
            believed = "A task that reads very many rows is skewed.",
            really = "If all tasks of the stage read as many, they are evenly distributed, and what helps is more"
                    + " partitions. Skew is a ratio.",
            concept = "Skew")
    public static class LooksAtTheLargestOnly extends ReadTheBill {
        @Override
        public BillListener listener(Limits limits) {
            return new Counter(limits) {
                @Override
                boolean isSkewed(long[] rows) {
                    return largest(rows) >= limits.rows();
                }
            };
        }
    }

    @Misconception(
            believed = "The median of a stage is that of all its tasks.",
            really = "With more partitions than keys most tasks read nothing, so the median is 0, and the few"
                    + " tasks that do the work are all skewed.",
            concept = "Skew")
    public static class IncludesEmptyTasks extends ReadTheBill {
        @Override
        public BillListener listener(Limits limits) {
            return new Counter(limits) {
                @Override
                double median(long[] sorted) {
                    int size = sorted.length;
                    return (sorted[(size - 1) / 2] + sorted[size / 2]) / 2.0;
                }
            };
        }
    }

    @Misconception(
            believed = "What a task has read it has read, also if it failed.",
            really = "A failed task runs again and reads the same rows again. The sum then depends on how often"
                    + " something failed, and is different in every run.",
            concept = "The bill of a query")
    public static class CountsFailedTasks extends ReadTheBill {
        @Override
        public BillListener listener(Limits limits) {
            return new Counter(limits) {
                @Override
                boolean counts(SparkListenerTaskEnd end) {
                    return end.taskMetrics() != null;
                }
            };
        }
    }

    @Misconception(
            believed = "A task that has not failed has succeeded.",
            really = "Spark kills tasks, for example the slower one of an original and its speculative copy. A"
                    + " killed task has not failed, but what it read was read by the other one, too.",
            concept = "The bill of a query")
    public static class CountsKilledTasks extends ReadTheBill {
        @Override
        public BillListener listener(Limits limits) {
            return new Counter(limits) {
                @Override
                boolean counts(SparkListenerTaskEnd end) {
                    return !end.taskInfo().failed() && end.taskMetrics() != null;
                }
            };
        }
    }

    @Misconception(
            believed = "Speculative tasks are copies, so they must not be counted.",
            really = "Of the original and its copy one succeeds, and it may be the copy. Without it a partition is"
                    + " missing. What decides is the success.",
            concept = "The bill of a query")
    public static class LeavesOutCopies extends ReadTheBill {
        @Override
        public BillListener listener(Limits limits) {
            return new Counter(limits) {
                @Override
                boolean counts(SparkListenerTaskEnd end) {
                    return super.counts(end) && !end.taskInfo().speculative();
                }
            };
        }
    }

    @Misconception(
            believed = "The stage id identifies a stage.",
            really = "If shuffle files are lost, Spark submits the stage again, with the same id and the next"
                    + " attempt number. One entry for both mixes their tasks.",
            concept = "The bill of a query")
    public static class CountsByStageId extends ReadTheBill {
        @Override
        public BillListener listener(Limits limits) {
            return new Counter(limits) {
                @Override
                Attempt attempt(SparkListenerTaskEnd end) {
                    return new Attempt(end.stageId(), 0);
                }
            };
        }
    }

    @Misconception(
            believed = "The amount of data is the number of bytes.",
            really = "Bytes depend on the format, the compression and the columns that are read. A task handles"
                    + " rows, and many of them may be few bytes.",
            concept = "The bill of a query")
    public static class CountsBytes extends ReadTheBill {
        @Override
        public BillListener listener(Limits limits) {
            return new Counter(limits) {
                @Override
                long rows(TaskMetrics metrics) {
                    return metrics.inputMetrics().bytesRead()
                            + metrics.shuffleReadMetrics().totalBytesRead();
                }
            };
        }
    }

    @Misconception(
            believed = "inputMetrics has what a task reads.",
            really = "It has what a task reads from sources and caches. Behind a shuffle the rows are in"
                    + " shuffleReadMetrics, and that is where skew is.",
            concept = "The bill of a query")
    public static class ForgetsTheShuffle extends ReadTheBill {
        @Override
        public BillListener listener(Limits limits) {
            return new Counter(limits) {
                @Override
                long rows(TaskMetrics metrics) {
                    return metrics.inputMetrics().recordsRead();
                }
            };
        }
    }

    @Misconception(
            believed = "memoryBytesSpilled is the memory spill, diskBytesSpilled the disk spill, and both are spill.",
            really = "They are two figures of one event: how much memory it released, and how many bytes it wrote."
                    + " Memory can be released without a byte on the disk.",
            concept = "Caching and memory")
    public static class AddsTheMemory extends ReadTheBill {
        @Override
        public BillListener listener(Limits limits) {
            return new Counter(limits) {
                @Override
                long spilled(TaskMetrics metrics) {
                    return metrics.memoryBytesSpilled() + metrics.diskBytesSpilled();
                }
            };
        }
    }

    @Misconception(
            believed = "A list that cannot be modified does not change.",
            really = "A view of a list shows what happens to the list. Whoever compares two of them, now and a"
                    + " minute ago, compares one with itself.",
            concept = "Listeners")
    public static class ReturnsAView extends ReadTheBill {
        @Override
        public BillListener listener(Limits limits) {
            return new Counter(limits) {
                private final List<StageCost> costs = new ArrayList<>();

                @Override
                public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
                    super.onTaskEnd(end);
                    costs.clear();
                    costs.addAll(super.stages());
                }

                @Override
                public synchronized List<StageCost> stages() {
                    return Collections.unmodifiableList(costs);
                }
            };
        }
    }

    @Misconception(
            believed = "Spark calls a listener on one thread, so it needs no lock.",
            really = "The one that reads is another thread. It meets a collection that is being changed, and gets"
                    + " an exception or half of an event.",
            concept = "Listeners")
    public static class ReadsWithoutALock extends ReadTheBill {
        @Override
        public BillListener listener(Limits limits) {
            return new Counter(limits) {
                @Override
                public List<StageCost> stages() {
                    return attempts.entrySet().stream()
                            .map(attempt -> cost(attempt.getKey(), attempt.getValue()))
                            .toList();
                }
            };
        }
    }
}
