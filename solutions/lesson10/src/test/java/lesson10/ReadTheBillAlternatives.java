package lesson10;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.spark.Success$;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Right answers written differently, and one that only knows the limits in the checkpoint. */
class ReadTheBillAlternatives {

    /** One list of all tasks, without a lock: a reader groups a copy of it. */
    public static class GroupsWhenAsked extends ReadTheBill {

        private record Read(List<Integer> attempt, long rows, long disk) {}

        @Override
        public BillListener listener(Limits limits) {
            return new BillListener() {
                private final List<Read> all = new CopyOnWriteArrayList<>();

                @Override
                public void onTaskEnd(SparkListenerTaskEnd end) {
                    if (end.reason().equals(Success$.MODULE$)) {
                        all.add(new Read(
                                List.of(end.stageId(), end.stageAttemptId()),
                                end.taskMetrics().shuffleReadMetrics().recordsRead()
                                        + end.taskMetrics().inputMetrics().recordsRead(),
                                end.taskMetrics().diskBytesSpilled()));
                    }
                }

                @Override
                public List<StageCost> stages() {
                    Map<Integer, Map<Integer, List<Read>>> groups = all.stream()
                            .collect(Collectors.groupingBy(
                                    read -> read.attempt().get(0),
                                    TreeMap::new,
                                    Collectors.groupingBy(
                                            read -> read.attempt().get(1), TreeMap::new, Collectors.toList())));
                    return groups.values().stream()
                            .flatMap(attempts -> attempts.values().stream())
                            .map(reads -> cost(reads, limits))
                            .collect(Collectors.toCollection(ArrayList::new));
                }
            };
        }

        private static StageCost cost(List<Read> reads, Limits limits) {
            LongSummaryStatistics rows = reads.stream().mapToLong(Read::rows).summaryStatistics();
            double median = median(
                    reads.stream().map(Read::rows).filter(count -> count != 0).toList());
            long disk = reads.stream().map(Read::disk).reduce(0L, Long::sum);
            Set<Verdict> verdicts = new HashSet<>();
            if (disk != 0) {
                verdicts.add(Verdict.SPILLED);
            }
            if (!(rows.getMax() <= median * limits.skew()) && !(rows.getMax() < limits.rows())) {
                verdicts.add(Verdict.SKEWED);
            }
            if (reads.size() >= limits.tasks() + 1 && rows.getAverage() < limits.rowsPerTask()) {
                verdicts.add(Verdict.TOO_MANY_TASKS);
            }
            return new StageCost(
                    reads.get(0).attempt().get(0),
                    reads.get(0).attempt().get(1),
                    reads.size(),
                    rows.getSum(),
                    rows.getMax(),
                    median,
                    disk,
                    verdicts);
        }

        /** The mean of those with as many smaller ones as larger ones at most half of all. */
        private static double median(List<Long> read) {
            return read.stream()
                    .filter(one -> read.stream().filter(other -> other < one).count() * 2 <= read.size()
                            && read.stream().filter(other -> other > one).count() * 2 <= read.size())
                    .mapToLong(one -> one)
                    .distinct()
                    .average()
                    .orElse(0);
        }
    }

    /** Each task replaces an immutable cost by the next one, so that a reader has nothing to compute. */
    public static class JudgesWithEachTask extends ReadTheBill {

        @Override
        public BillListener listener(Limits limits) {
            return new BillListener() {
                /** The cost of each attempt, by a number that orders them. */
                private final Map<Long, StageCost> costs = new ConcurrentSkipListMap<>();

                /** How many tasks of an attempt have read a number of rows; only the thread of the events uses it. */
                private final Map<Long, TreeMap<Long, Integer>> counts = new TreeMap<>();

                @Override
                public void onTaskEnd(SparkListenerTaskEnd end) {
                    if (end.taskInfo().status().equals("SUCCESS")) {
                        long key = ((long) end.stageId() << 32) + end.stageAttemptId();
                        long rows = end.taskMetrics().inputMetrics().recordsRead();
                        rows += end.taskMetrics().shuffleReadMetrics().recordsRead();
                        TreeMap<Long, Integer> histogram = counts.computeIfAbsent(key, first -> new TreeMap<>());
                        histogram.merge(rows, 1, Integer::sum);
                        StageCost old = costs.getOrDefault(
                                key, new StageCost(end.stageId(), end.stageAttemptId(), 0, 0, 0, 0, 0, Set.of()));
                        costs.put(
                                key,
                                judged(
                                        old.stage(),
                                        old.attempt(),
                                        old.tasks() + 1,
                                        old.rows() + rows,
                                        old.spilled() + end.taskMetrics().diskBytesSpilled(),
                                        histogram));
                    }
                }

                private StageCost judged(
                        int stage, int attempt, int tasks, long rows, long spilled, TreeMap<Long, Integer> histogram) {
                    long largest = histogram.lastKey();
                    double median = median(histogram.tailMap(0L, false));
                    Set<Verdict> verdicts = EnumSet.allOf(Verdict.class);
                    if (largest < limits.rows() || largest <= median * limits.skew()) {
                        verdicts.remove(Verdict.SKEWED);
                    }
                    if (spilled == 0) {
                        verdicts.remove(Verdict.SPILLED);
                    }
                    if (tasks <= limits.tasks() || rows >= limits.rowsPerTask() * tasks) {
                        verdicts.remove(Verdict.TOO_MANY_TASKS);
                    }
                    return new StageCost(stage, attempt, tasks, rows, largest, median, spilled, verdicts);
                }

                @Override
                public List<StageCost> stages() {
                    return List.copyOf(costs.values());
                }
            };
        }

        /** Counts up to the middle. */
        private static double median(Map<Long, Integer> histogram) {
            int all = histogram.values().stream().mapToInt(count -> count).sum();
            int seen = 0;
            double lower = 0;
            for (Map.Entry<Long, Integer> rows : histogram.entrySet()) {
                int before = seen;
                seen += rows.getValue();
                if (2 * before < all && 2 * seen >= all) {
                    lower = rows.getKey();
                }
                if (2 * before <= all && 2 * seen > all) {
                    return (lower + rows.getKey()) / 2;
                }
            }
            return 0;
        }
    }

    /** It knows the only limits with which the fixed steps compare. */
    public static class Learnt extends ReadTheBill {
        @Override
        public BillListener listener(Limits limits) {
            return super.listener(new Limits(3, 100, 8, 10));
        }
    }
}
