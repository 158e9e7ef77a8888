package lesson10;

import java.math.BigDecimal;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link SizeTheCluster} that people give. */
public final class SizeTheClusterMisconceptions {

    private SizeTheClusterMisconceptions() {}

    @Misconception(
            believed = "A cluster has to handle what arrives, and that is the mean rate.",
            really =
                    "It handles the mean over a day, and falls behind whenever more arrives. The lag of the busy hours is the"
                            + " latency that users see.",
            concept = "Sizing a cluster")
    public static class SizesForTheMean extends SizeTheCluster {
        @Override
        double peak(Load load) {
            return load.rate().mean();
        }
    }

    @Misconception(
            believed = "Free capacity is paid for nothing, so a cluster should be fully used.",
            really =
                    "The busier a server is, the longer its queue. At full use each disturbance, such as a garbage collection or"
                            + " a batch with more rows, becomes lag that stays.",
            concept = "Sizing a cluster")
    public static class UsesTheWholeCapacity extends SizeTheCluster {
        @Override
        double utilization(Load load) {
            return 1;
        }
    }

    @Misconception(
            believed = "If a worker dies, the others go on.",
            really =
                    "They go on with its work as well. If they were just enough before, the query falls behind until there is"
                            + " another worker.",
            concept = "Sizing a cluster")
    public static class SizesForAllWorkers extends SizeTheCluster {
        @Override
        int rest(Load load, int workers) {
            return workers;
        }
    }

    @Misconception(
            believed = "Each worker holds its part of the state.",
            really =
                    "When workers are lost, the rest load their state, too. Heaps that were sized for all workers are too small then,"
                            + " and more executors die.",
            concept = "State stores")
    public static class SharesTheStateAmongAll extends SizeTheCluster {
        @Override
        long stateMiB(Load load, int workers) {
            return (load.work().stateMiB() + workers - 1) / workers;
        }
    }

    @Misconception(
            believed = "A cluster that handles the peak works off a backlog, too.",
            really =
                    "How fast depends on what is left beside the rows that arrive. With little left, an outage of an hour is"
                            + " felt for days.",
            concept = "Backpressure and lag")
    public static class ForgetsToCatchUp extends SizeTheCluster {
        @Override
        boolean suffice(Load load, Node node, int workers) {
            double capacity = capacity(load, node, workers);
            return peak(load) <= utilization(load) * capacity
                    && capacity > load.rate().mean()
                    && containerMiB(heapMiB(load, node, workers)) <= node.memoryMiB();
        }
    }

    @Misconception(
            believed = "A backlog takes its rows divided by the capacity.",
            really =
                    "While the cluster works it off, rows arrive as before. What works off the backlog is the capacity minus"
                            + " the mean rate.",
            concept = "Backpressure and lag")
    public static class CatchesUpWhileNothingArrives extends SizeTheCluster {
        @Override
        double catchUpHours(Load load, double capacity) {
            return load.failures().outageHours() * load.rate().mean() / capacity;
        }
    }

    @Misconception(
            believed = "A backlog is worked off within the limit of utilization.",
            really =
                    "The limit keeps the latency low. During the catch-up it is high anyway, and the whole capacity works. To"
                            + " reserve a part of it costs workers that do nothing else.",
            concept = "Sizing a cluster")
    public static class ReservesDuringTheCatchUp extends SizeTheCluster {
        @Override
        double catchUpHours(Load load, double capacity) {
            return super.catchUpHours(load, utilization(load) * capacity);
        }
    }

    @Misconception(
            believed = "Twice the cores are twice as fast.",
            really =
                    "The part of the work that one core does alone stays as it is. With a quarter of serial work, any number of"
                            + " cores is less than four times as fast as one.",
            concept = "Sizing a cluster")
    public static class ExpectsALinearSpeedUp extends SizeTheCluster {
        @Override
        double speedUp(Load load, int cores) {
            return cores;
        }
    }

    @Misconception(
            believed = "More cores read the topic faster.",
            really =
                    "A partition is one task of a batch. With fewer partitions than cores the other cores have nothing to do.",
            concept = "Partitions and shuffles")
    public static class LeavesThePartitions extends SizeTheCluster {
        @Override
        int partitions(Load load, int cores) {
            return load.rate().partitions();
        }
    }

    @Misconception(
            believed = "A topic should have as many partitions as there are cores, neither more nor less.",
            really =
                    "Kafka adds partitions but never removes one: their records would be lost. More partitions than cores do no"
                            + " harm.",
            concept = "Partitions and keys")
    public static class RemovesPartitions extends SizeTheCluster {
        @Override
        int partitions(Load load, int cores) {
            return cores;
        }
    }

    @Misconception(
            believed = "The memory of the container is the heap.",
            really =
                    "The JVM needs more than its heap: stacks, buffers, native libraries. A container without room for them"
                            + " is killed by the cluster manager while its heap is half empty.",
            concept = "Caching and memory")
    public static class GivesTheHeapTheContainer extends SizeTheCluster {
        @Override
        long containerMiB(long heap) {
            return heap;
        }
    }

    @Misconception(
            believed = "The overhead is ten percent of the heap.",
            really = "It is 384 MiB at least: a small JVM has stacks and native libraries, too.",
            concept = "Caching and memory")
    public static class AddsTenPercent extends SizeTheCluster {
        @Override
        long containerMiB(long heap) {
            return heap + heap / 10;
        }
    }

    @Misconception(
            believed = "Spot nodes are cheaper, so all workers run on them.",
            really =
                    "The provider may take all of them at a time, for the same reason. Then nothing runs, however many there"
                            + " were. On the spot market may be what may be lost.",
            concept = "Sizing a cluster")
    public static class PutsAllWorkersOnSpot extends SizeTheCluster {
        @Override
        int spot(Load load, int workers) {
            return workers;
        }
    }

    @Misconception(
            believed = "If the cluster survives the loss of a node, the driver may run on a spot node.",
            really = "Without an executor a query goes on; without its driver it ends, and all its executors with it.",
            concept = "Drivers and executors")
    public static class PutsTheDriverOnSpot extends SizeTheCluster {
        @Override
        BigDecimal driverHour(Node node) {
            return node.spotHour();
        }
    }

    @Misconception(
            believed = "The driver only plans, so it costs nothing.",
            really =
                    "It is a JVM with memory and cores of its own. With a few workers its node is a large part of the bill.",
            concept = "Drivers and executors")
    public static class ForgetsTheDriver extends SizeTheCluster {
        @Override
        BigDecimal driverHour(Node node) {
            return BigDecimal.ZERO;
        }
    }

    @Misconception(
            believed = "Storage costs what the tables are large.",
            really =
                    "MERGE and OPTIMIZE write new files, and the old ones stay until VACUUM removes them. A table that is"
                            + " rewritten each day has its size in old versions every day.",
            concept = "Removing rows from disk")
    public static class ForgetsOldVersions extends SizeTheCluster {
        @Override
        long gib(Storage storage) {
            return storage.gib();
        }
    }

    @Misconception(
            believed = "An object store is paid by the GiB.",
            really =
                    "Each request is paid, too. A stream that writes small files every few seconds may pay more for requests"
                            + " than for storage.",
            concept = "Sizing a cluster")
    public static class ForgetsTheRequests extends SizeTheCluster {
        @Override
        BigDecimal requestHour(Load load, Prices prices) {
            return BigDecimal.ZERO;
        }
    }
}
