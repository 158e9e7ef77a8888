package lesson10;

import java.math.BigDecimal;
import java.util.Optional;
import workbook.check.Unsolved;

/**
 * Says how many nodes a streaming query needs, how they are set up, and what they cost.
 *
 * <p><b>In:</b> the {@link Load}, with rates and costs that were measured, and the {@link Prices}.
 *
 * <p><b>Out:</b> the {@link Plan} with the fewest workers. Empty if there is none within the quota.
 *
 * <p><b>Done means:</b> a plan fulfils these conditions. The <b>rest</b> are the workers without the
 * {@code failures.nodes()} that may be lost, at least one. They have to do all the work.
 * <ul>
 * <li>By Amdahl's law <i>c</i> cores are {@code 1 / (serial + (1 - serial) / c)} times as fast as one core, which handles
 *     {@code 1000 / coreMillis} rows per second. That is the capacity of <i>c</i> cores.
 * <li>The peak is at most {@code utilization} times the capacity of the rest.
 * <li>During an outage rows arrive at the mean rate and wait in the topic. Afterwards the rest work them off with their whole
 *     capacity, while more rows arrive at the mean rate. Their capacity is more than the mean rate, and this takes
 *     {@code catchUpHours} at most. It takes no time if there was no outage.
 * <li>Each partition of the topic is one task of a batch, and a task has one core. So there are at least as many partitions as
 *     all workers have cores. Partitions can be added to a topic but not removed.
 * <li>The heap of an executor holds {@code coreMiB} for each core, and its share of the state: that of the rest, rounded up to
 *     MiB.
 * <li>Its container has room for the heap and an overhead of a tenth of it, rounded down to MiB, or 384 MiB if that is more.
 *     The container fits in a node.
 * <li>As many workers are on the spot market as may be lost. The driver runs on a node of its own, of the same kind, on
 *     demand.
 * <li>The price of a month of 730 hours is that of all nodes, of the storage and of the requests. The storage is that of the
 *     tables and of the replaced files of {@code days} days. The sum is rounded half up to two decimals.
 * </ul>
 *
 * <p>Check it with {@code mvn test -Dlesson=10 -Dexercise=SizeTheCluster}; hints are in
 * {@code exercises/lesson10/hints/SizeTheCluster.md}.
 */
public class SizeTheCluster {

    /**
     * What the cluster has to do.
     *
     * @param rate the rows that arrive
     * @param work what a row costs
     * @param failures what the cluster has to survive
     * @param storage what it stores
     */
    public record Load(Rate rate, Work work, Failures failures, Storage storage) {}

    /**
     * @param mean rows per second, on average over a day; above 0
     * @param peak rows per second in the busiest minutes, at least the mean
     * @param partitions the partitions of the topic, at least 1
     */
    public record Rate(double mean, double peak, int partitions) {}

    /**
     * @param coreMillis the milliseconds of one core that a row costs, above 0
     * @param serial the share of these milliseconds that only one core at a time can do, such as the planning of a batch and
     *     its commit; at least 0, less than 1
     * @param utilization the share of its capacity that the cluster uses at most at the peak; above 0, at most 1
     * @param stateMiB the state of the query in MiB, all keys together; at least 0
     * @param coreMiB the heap in MiB that each core needs for its tasks, without the state; at least 1
     */
    public record Work(double coreMillis, double serial, double utilization, long stateMiB, long coreMiB) {}

    /**
     * @param nodes how many workers may be lost at a time, at least 0
     * @param outageHours how long the query may stand still while rows arrive, at least 0
     * @param catchUpHours within which time the cluster works off what has arrived then, above 0
     */
    public record Failures(int nodes, double outageHours, double catchUpHours) {}

    /**
     * @param gib the size of the tables in GiB, without old versions
     * @param rewrittenGibPerDay the files in GiB that each day replaces, as MERGE and OPTIMIZE do
     * @param days how long replaced files are kept, until VACUUM removes them
     * @param requestsPerHour the requests to the object store, all kinds together
     */
    public record Storage(long gib, long rewrittenGibPerDay, int days, long requestsPerHour) {}

    /**
     * What a provider rents. Prices are in one currency, and not below 0.
     *
     * @param node the only kind of node
     * @param gibMonth the price of a GiB that is stored for a month
     * @param thousandRequests the price of a thousand requests
     */
    public record Prices(Node node, BigDecimal gibMonth, BigDecimal thousandRequests) {}

    /**
     * @param cores the cores of a node, at least 1
     * @param memoryMiB the memory in MiB that a node has for containers
     * @param hour the price of an hour on demand
     * @param spotHour the price of an hour on the spot market; the provider may take all spot nodes at a time
     * @param quota how many workers there are at most
     */
    public record Node(int cores, long memoryMiB, BigDecimal hour, BigDecimal spotHour, int quota) {}

    /**
     * What to rent. Each worker runs one executor, in a container, with all cores of the node.
     *
     * @param workers the number of workers; the driver has another node
     * @param spot how many of them are on the spot market
     * @param cores the cores of all workers
     * @param partitions the partitions that the topic needs
     * @param heapMiB the heap of each executor in MiB
     * @param containerMiB the memory of its container in MiB
     * @param catchUpHours how long it takes to work off an outage
     * @param month the price of a month, with two decimals
     */
    public record Plan(
            int workers,
            int spot,
            int cores,
            int partitions,
            long heapMiB,
            long containerMiB,
            double catchUpHours,
            BigDecimal month) {}

    public Optional<Plan> plan(Load load, Prices prices) {
        throw new Unsolved();
    }
}
