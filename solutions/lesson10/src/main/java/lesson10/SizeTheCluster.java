package lesson10;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Tries one worker after the other until the conditions are fulfilled: no formula has to be solved for the number of workers,
 * and each condition reads as the task states it. All of them get easier with every worker, so the first number is the least.
 *
 * <p>The capacity is what the rest have after a loss. Whoever sizes for all workers has sized for the days on which nothing
 * happens.
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

    private static final BigDecimal HOURS = new BigDecimal(730);

    public Optional<Plan> plan(Load load, Prices prices) {
        return IntStream.rangeClosed(load.failures().nodes() + 1, prices.node().quota())
                .filter(workers -> suffice(load, prices.node(), workers))
                .mapToObj(workers -> plan(load, prices, workers))
                .findFirst();
    }

    boolean suffice(Load load, Node node, int workers) {
        double capacity = capacity(load, node, workers);
        return peak(load) <= utilization(load) * capacity
                && capacity > load.rate().mean()
                && catchUpHours(load, capacity) <= load.failures().catchUpHours()
                && containerMiB(heapMiB(load, node, workers)) <= node.memoryMiB();
    }

    /** Rows per second of the rest. */
    double capacity(Load load, Node node, int workers) {
        return 1000 / load.work().coreMillis() * speedUp(load, rest(load, workers) * node.cores());
    }

    double speedUp(Load load, int cores) {
        return 1 / (load.work().serial() + (1 - load.work().serial()) / cores);
    }

    int rest(Load load, int workers) {
        return workers - load.failures().nodes();
    }

    double peak(Load load) {
        return load.rate().peak();
    }

    double utilization(Load load) {
        return load.work().utilization();
    }

    double catchUpHours(Load load, double capacity) {
        double mean = load.rate().mean();
        return load.failures().outageHours() * mean / (capacity - mean);
    }

    long heapMiB(Load load, Node node, int workers) {
        return node.cores() * load.work().coreMiB() + stateMiB(load, workers);
    }

    long stateMiB(Load load, int workers) {
        int rest = rest(load, workers);
        return (load.work().stateMiB() + rest - 1) / rest;
    }

    long containerMiB(long heap) {
        return heap + Math.max(384, heap / 10);
    }

    int partitions(Load load, int cores) {
        return Math.max(load.rate().partitions(), cores);
    }

    private Plan plan(Load load, Prices prices, int workers) {
        int cores = workers * prices.node().cores();
        long heap = heapMiB(load, prices.node(), workers);
        return new Plan(
                workers,
                spot(load, workers),
                cores,
                partitions(load, cores),
                heap,
                containerMiB(heap),
                catchUpHours(load, capacity(load, prices.node(), workers)),
                month(load, prices, workers));
    }

    int spot(Load load, int workers) {
        return load.failures().nodes();
    }

    BigDecimal month(Load load, Prices prices, int workers) {
        return nodeHour(load, prices.node(), workers)
                .add(requestHour(load, prices))
                .multiply(HOURS)
                .add(prices.gibMonth().multiply(BigDecimal.valueOf(gib(load.storage()))))
                .setScale(2, RoundingMode.HALF_UP);
    }

    BigDecimal nodeHour(Load load, Node node, int workers) {
        int spot = spot(load, workers);
        return price(node.hour(), workers - spot)
                .add(price(node.spotHour(), spot))
                .add(driverHour(node));
    }

    BigDecimal driverHour(Node node) {
        return node.hour();
    }

    BigDecimal requestHour(Load load, Prices prices) {
        return price(prices.thousandRequests(), load.storage().requestsPerHour())
                .movePointLeft(3);
    }

    long gib(Storage storage) {
        return storage.gib() + storage.rewrittenGibPerDay() * storage.days();
    }

    static BigDecimal price(BigDecimal each, long number) {
        return each.multiply(BigDecimal.valueOf(number));
    }
}
