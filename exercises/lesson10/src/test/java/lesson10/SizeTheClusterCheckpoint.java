package lesson10;

import static workbook.check.script.Script.row;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lesson10.SizeTheCluster.Failures;
import lesson10.SizeTheCluster.Load;
import lesson10.SizeTheCluster.Node;
import lesson10.SizeTheCluster.Plan;
import lesson10.SizeTheCluster.Prices;
import lesson10.SizeTheCluster.Rate;
import lesson10.SizeTheCluster.Storage;
import lesson10.SizeTheCluster.Work;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;

/** Each row names what is different from {@link Given#USUAL}. The output is some components of the plan. */
@Checkpoint(SizeTheCluster.class)
class SizeTheClusterCheckpoint {

    @Test
    @Order(1)
    void theWorkersHandleThePeak(SizeTheCluster answer) {
        new Cases("workers", "cores")
                .gives("mean 1000", 1, 2)
                .gives("peak 2001", 2, 4)
                .gives("peak 4000", 2, 4)
                .gives("mean 10, peak 6000", 3, 6)
                .run(answer);
    }

    @Test
    @Order(2)
    void aCoreHandlesWhatARowAllows(SizeTheCluster answer) {
        new Cases("workers", "cores")
                .gives("coreMillis 4", 4, 8)
                .gives("coreMillis 4.5", 5, 10)
                .gives("coreMillis 0.5, peak 4000", 1, 2)
                .gives("coreMillis 2, nodeCores 4", 1, 4)
                .run(answer);
    }

    @Test
    @Order(3)
    void thePeakLeavesSomeOfTheCapacityFree(SizeTheCluster answer) {
        new Cases("workers")
                .gives("utilization 0.5", 2)
                .gives("utilization 0.75, peak 3000", 2)
                .gives("utilization 0.75, peak 3001", 3)
                .run(answer);
    }

    @Test
    @Order(4)
    void theRestHandleThePeakAfterALoss(SizeTheCluster answer) {
        new Cases("workers", "cores")
                .gives("lost 1", 2, 4)
                .gives("lost 1, peak 4000", 3, 6)
                .gives("lost 2, peak 4001, utilization 0.5", 7, 14)
                .run(answer);
    }

    /** The rest work off two hours of a thousand rows per second while a thousand more arrive. */
    @Test
    @Order(5)
    void theRestCatchUpInTimeWithTheirWholeCapacity(SizeTheCluster answer) {
        new Cases("workers", "catchUpHours")
                .gives("outage 2, catchUp 2", 1, 2.0)
                .gives("outage 2, catchUp 1.5", 2, 2 / 3.0)
                .gives("outage 2, catchUp 2, lost 1", 2, 2.0)
                .gives("outage 2, catchUp 2, peak 1000, utilization 0.5", 1, 2.0)
                .gives("outage 6, catchUp 1", 4, 6 / 7.0)
                .gives("mean 500, outage 6, catchUp 3", 1, 2.0)
                .run(answer);
    }

    /** A cluster that handles just what arrives never works off anything. */
    @Test
    @Order(6)
    void theCapacityIsMoreThanTheMean(SizeTheCluster answer) {
        new Cases("workers", "catchUpHours")
                .gives("mean 2000, peak 2000", 2, 0.0)
                .gives("mean 1999, peak 2000", 1, 0.0)
                .gives("mean 2000, peak 2000, outage 1, catchUp 5", 2, 1.0)
                .run(answer);
    }

    /** With a quarter of serial work, no number of cores is four times as fast as one. */
    @Test
    @Order(7)
    void theSerialPartLimitsWhatMoreCoresDo(SizeTheCluster answer) {
        new Cases("workers", "cores", "catchUpHours")
                .gives("serial 0.25", 2, 4, 0.0)
                .gives("serial 0.25, nodeCores 3", 1, 3, 0.0)
                .gives("serial 0.25, peak 2900", 4, 8, 0.0)
                .gives("serial 0.25, nodeCores 3, lost 1, outage 3, catchUp 3", 2, 6, 3.0)
                .gives("serial 0.25, outage 3, catchUp 1.5", 5, 10, 3 / (40 / 13.0 - 1))
                .givesNone("serial 0.25, peak 4000")
                .givesNone("serial 0.5, outage 1, catchUp 1")
                .run(answer);
    }

    @Test
    @Order(8)
    void thereIsAPartitionForEachCore(SizeTheCluster answer) {
        new Cases("workers", "partitions")
                .gives("partitions 1", 1, 2)
                .gives("partitions 7, peak 8000", 4, 8)
                .gives("partitions 9, peak 8000", 4, 9)
                .gives("partitions 5, lost 1, peak 4000", 3, 6)
                .run(answer);
    }

    @Test
    @Order(9)
    void theRestHoldTheState(SizeTheCluster answer) {
        new Cases("workers", "heapMiB")
                .gives("state 0", 1, 2048)
                .gives("state 10000", 1, 12048)
                .gives("state 30001", 3, 12049)
                .gives("state 30000", 3, 12048)
                .gives("state 10000, lost 1", 2, 12048)
                .gives("state 20001, lost 2, coreMiB 100", 4, 10201)
                .run(answer);
    }

    /** A tenth of 3850 MiB is 385 MiB, a tenth of 3840 MiB is 384 MiB. */
    @Test
    @Order(10)
    void aContainerHasRoomForMoreThanTheHeap(SizeTheCluster answer) {
        new Cases("workers", "heapMiB", "containerMiB")
                .gives("coreMiB 1000", 1, 2000, 2384)
                .gives("coreMiB 1920", 1, 3840, 4224)
                .gives("coreMiB 1925", 1, 3850, 4235)
                .gives("coreMiB 1929", 1, 3858, 4243)
                .gives("coreMiB 1024, memory 2432", 1, 2048, 2432)
                .givesNone("coreMiB 1024, memory 2431")
                .gives("coreMiB 1024, memory 2431, nodeCores 1", 2, 1024, 1408)
                .gives("state 1000, memory 2932", 2, 2548, 2932)
                .gives("state 1000, memory 2931", 3, 2382, 2766)
                .run(answer);
    }

    @Test
    @Order(11)
    void thereAreNotMoreWorkersThanTheQuota(SizeTheCluster answer) {
        new Cases("workers")
                .gives("peak 8000, quota 4", 4)
                .givesNone("peak 8000, quota 3")
                .gives("lost 3, quota 4", 4)
                .givesNone("lost 3, quota 3")
                .run(answer);
    }

    /** The price of an hour is 0.40 on demand and 0.10 on the spot market. */
    @Test
    @Order(12)
    void asManyWorkersAreOnTheSpotMarketAsMayBeLost(SizeTheCluster answer) {
        new Cases("workers", "spot", "month")
                .gives("lost 0", 1, 0, "584.00")
                .gives("lost 1", 2, 1, "657.00")
                .gives("lost 2, peak 4000", 4, 2, "1022.00")
                .gives("lost 3", 4, 3, "803.00")
                .gives("lost 1, spotHour 0.50", 2, 1, "949.00")
                .gives("lost 1, hour 0.5003, spotHour 0.2001", 2, 1, "876.51")
                .run(answer);
    }

    @Test
    @Order(13)
    void theStorageHasTheReplacedFiles(SizeTheCluster answer) {
        new Cases("month")
                .gives("gib 1000, gibMonth 0.02", "604.00")
                .gives("gib 1000, rewritten 50, days 7, gibMonth 0.02", "611.00")
                .gives("gib 1000, rewritten 50, days 0, gibMonth 0.02", "604.00")
                .gives("gib 1000, rewritten 10, days 45, gibMonth 0.02", "613.00")
                .run(answer);
    }

    @Test
    @Order(14)
    void theRequestsOfAMonthArePaid(SizeTheCluster answer) {
        new Cases("month")
                .gives("requests 100000, thousandRequests 0.005", "949.00")
                .gives("requests 1500, thousandRequests 0.4", "1022.00")
                .gives("requests 500, thousandRequests 0.004, gib 10, gibMonth 0.023", "585.69")
                .run(answer);
    }

    @Test
    @Order(15)
    void thePriceIsRoundedOnceAndHalfUp(SizeTheCluster answer) {
        new Cases("month")
                .gives("gib 1, gibMonth 0.005", "584.01")
                .gives("gib 1, gibMonth 0.0049", "584.00")
                .gives("gib 1, gibMonth 0.0149", "584.01")
                .gives("gib 1, gibMonth 0.003, requests 1, thousandRequests 0.004", "584.01")
                .gives("gib 9, gibMonth 0.021, requests 500, thousandRequests 0.0004", "584.34")
                .gives("hour 0, spotHour 0", "0.00")
                .run(answer);
    }

    @Test
    @Order(16)
    void largeNumbersAreNoProblem(SizeTheCluster answer) {
        new Cases("workers", "heapMiB", "containerMiB", "month")
                .gives("state 6000000000, memory 4000000000", 2, 3_000_002_048L, 3_300_002_252L, "876.00")
                .gives(
                        "gib 3000000000, gibMonth 0.01, requests 3000000000, thousandRequests 0.001",
                        1,
                        2_048L,
                        2_432L,
                        "32190584.00")
                .gives("rewritten 2000000000, days 30, gibMonth 0.01", 1, 2_048L, 2_432L, "600000584.00")
                .gives("coreMiB 2000000000, memory 5000000000", 1, 4_000_000_000L, 4_400_000_000L, "584.00")
                .run(answer);
    }

    @Test
    @Order(17)
    void randomLoadsAreSizedAsAFormulaSays(SizeTheCluster answer) {
        Seed seed = Seed.next();
        Random random = seed.random();
        List<String> loads = Stream.generate(() -> random(random))
                .filter(given -> isClear(Given.of(given)))
                .limit(60)
                .toList();
        Cases cases = new Cases(
                        "workers", "spot", "cores", "partitions", "heapMiB", "containerMiB", "catchUpHours", "month")
                .title(seed.hint());
        loads.forEach(given -> Oracle.plan(Given.of(given))
                .ifPresentOrElse(
                        plan -> cases.gives(
                                given,
                                plan.workers(),
                                plan.spot(),
                                plan.cores(),
                                plan.partitions(),
                                plan.heapMiB(),
                                plan.containerMiB(),
                                plan.catchUpHours(),
                                plan.month().toString()),
                        () -> cases.givesNone(given)));
        cases.run(answer);
    }

    /** Four inputs besides the rates, so that a message shows all that is different. */
    private static String random(Random random) {
        int mean = 2_001 + random.nextInt(20_000);
        List<String> others = new ArrayList<>(List.of(
                "partitions " + (1 + random.nextInt(64)),
                "coreMillis " + (1 + random.nextInt(300)) / 100.0,
                "serial " + random.nextInt(30) / 1000.0,
                "utilization " + (50 + random.nextInt(50)) / 100.0,
                "state " + random.nextInt(200_000),
                "coreMiB " + (1 + random.nextInt(4_000)),
                "lost " + (1 + random.nextInt(4)),
                "outage " + (1 + random.nextInt(5)),
                "catchUp " + (1 + random.nextInt(12)) / 4.0,
                "gib " + random.nextInt(10_000),
                "rewritten " + random.nextInt(200),
                "days " + random.nextInt(31),
                "requests " + random.nextInt(500_000),
                "nodeCores " + (1 << random.nextInt(5)),
                "memory " + (8_192 + random.nextInt(60_000)),
                "hour 0." + (1_000 + random.nextInt(8_000)),
                "spotHour 0.0" + (100 + random.nextInt(900)),
                "quota " + (3 + random.nextInt(40)),
                "gibMonth 0.0" + (10 + random.nextInt(80)),
                "thousandRequests 0.00" + (1 + random.nextInt(9))));
        Collections.shuffle(others, random);
        return "mean " + mean + ", peak " + (mean + random.nextInt(2 * mean)) + ", "
                + String.join(", ", others.subList(0, 4));
    }

    /** Whether no condition is fulfilled by so little that the order of additions decides. */
    private static boolean isClear(Given given) {
        return IntStream.rangeClosed(1, given.prices().node().quota())
                .mapToDouble(rest -> Oracle.slack(given, rest))
                .allMatch(slack -> Math.abs(slack) > 1e-6);
    }

    /** Solves the conditions for the number of cores. */
    private static final class Oracle {

        static Optional<Plan> plan(Given given) {
            Load load = given.load();
            Node node = given.prices().node();
            int lost = load.failures().nodes();
            double serial = load.work().serial();
            double times = times(load);
            if (times * serial >= 1) {
                return Optional.empty();
            }
            double cores = times * (1 - serial) / (1 - times * serial);
            int rest = Math.max(1, (int) Math.ceil(cores / node.cores()));
            while (rest + lost <= node.quota() && container(heap(load, node, rest)) > node.memoryMiB()) {
                rest++;
            }
            return rest + lost > node.quota() ? Optional.empty() : Optional.of(plan(given, rest));
        }

        /** How many times as fast as one core the rest have to be. */
        private static double times(Load load) {
            double atPeak = load.rate().peak() / load.work().utilization();
            double outage = load.failures().outageHours();
            double afterwards =
                    load.rate().mean() * (1 + outage / load.failures().catchUpHours());
            return Math.max(atPeak, afterwards) * load.work().coreMillis() / 1000;
        }

        /** How much faster than necessary they are, as a share. */
        static double slack(Given given, int rest) {
            return timesOf(given, rest) / times(given.load()) - 1;
        }

        private static double timesOf(Given given, int rest) {
            double serial = given.load().work().serial();
            int cores = rest * given.prices().node().cores();
            return cores / (serial * cores + 1 - serial);
        }

        private static Plan plan(Given given, int rest) {
            Load load = given.load();
            Node node = given.prices().node();
            int lost = load.failures().nodes();
            int workers = rest + lost;
            double perSecond = 1000 / load.work().coreMillis() * timesOf(given, rest);
            double hours =
                    load.failures().outageHours() / (perSecond / load.rate().mean() - 1);
            long heap = heap(load, node, rest);
            int cores = workers * node.cores();
            return new Plan(
                    workers,
                    lost,
                    cores,
                    cores > load.rate().partitions() ? cores : load.rate().partitions(),
                    heap,
                    container(heap),
                    hours,
                    month(given, rest));
        }

        private static long heap(Load load, Node node, int rest) {
            long share = load.work().stateMiB() / rest;
            long all = share * rest < load.work().stateMiB() ? share + 1 : share;
            return all + load.work().coreMiB() * node.cores();
        }

        private static long container(long heap) {
            return heap < 3840 ? heap + 384 : heap + heap / 10;
        }

        private static BigDecimal month(Given given, int rest) {
            Storage storage = given.load().storage();
            Prices prices = given.prices();
            BigDecimal onDemand = prices.node().hour().multiply(new BigDecimal(730L * (rest + 1)));
            BigDecimal spot = prices.node()
                    .spotHour()
                    .multiply(new BigDecimal(730L * given.load().failures().nodes()));
            BigDecimal gib = new BigDecimal(storage.gib() + storage.days() * storage.rewrittenGibPerDay());
            BigDecimal requests = new BigDecimal(730 * storage.requestsPerHour()).scaleByPowerOfTen(-3);
            return onDemand.add(spot)
                    .add(prices.gibMonth().multiply(gib))
                    .add(prices.thousandRequests().multiply(requests))
                    .setScale(2, RoundingMode.HALF_UP);
        }
    }

    /** Inputs by name. */
    private record Given(Map<String, String> values) {

        static final String USUAL =
                "mean 1000, peak 2000, partitions 100, coreMillis 1, serial 0, utilization 1, state 0,"
                        + " coreMiB 1024, lost 0, outage 0, catchUp 1, gib 0, rewritten 0, days 7, requests 0, nodeCores 2,"
                        + " memory 16384, hour 0.40, spotHour 0.10, quota 100, gibMonth 0.02, thousandRequests 0.005";

        static Given of(String different) {
            Map<String, String> values = new TreeMap<>();
            Stream.of(USUAL.split(", "), different.split(", "))
                    .flatMap(Stream::of)
                    .map(value -> value.split(" "))
                    .forEach(value -> values.put(value[0], value[1]));
            return new Given(values);
        }

        Load load() {
            return new Load(
                    new Rate(number("mean"), number("peak"), (int) whole("partitions")),
                    new Work(
                            number("coreMillis"),
                            number("serial"),
                            number("utilization"),
                            whole("state"),
                            whole("coreMiB")),
                    new Failures((int) whole("lost"), number("outage"), number("catchUp")),
                    new Storage(whole("gib"), whole("rewritten"), (int) whole("days"), whole("requests")));
        }

        Prices prices() {
            return new Prices(
                    new Node((int) whole("nodeCores"), whole("memory"), price("hour"), price("spotHour"), (int)
                            whole("quota")),
                    price("gibMonth"),
                    price("thousandRequests"));
        }

        private double number(String name) {
            return Double.parseDouble(values.get(name));
        }

        private long whole(String name) {
            return Long.parseLong(values.get(name));
        }

        private BigDecimal price(String name) {
            return new BigDecimal(values.get(name));
        }
    }

    /** Inputs, and what is expected of some components of their plans. */
    private static final class Cases {

        private static final Map<String, String> TYPES =
                Map.of("heapMiB", "BIGINT", "containerMiB", "BIGINT", "catchUpHours", "DOUBLE", "month", "STRING");

        private final List<String> components;
        private final List<ScriptRow> given = new ArrayList<>();
        private final List<ScriptRow> expected = new ArrayList<>();
        private String title = "Usually: " + Given.USUAL;

        Cases(String... components) {
            this.components = List.of(components);
        }

        Cases title(String hint) {
            title = hint;
            return this;
        }

        Cases gives(String different, Object... values) {
            given.add(row(different));
            expected.add(Planning.row(different, List.of(values)));
            return this;
        }

        Cases givesNone(String different) {
            given.add(row(different));
            expected.add(Planning.none(different, components));
            return this;
        }

        void run(SizeTheCluster answer) {
            List<String> columns = Stream.concat(
                            Stream.of("given STRING"),
                            components.stream().map(name -> name + " " + TYPES.getOrDefault(name, "INT")))
                    .toList();
            Script.of("given STRING")
                    .columns(columns)
                    .title(title)
                    .batch(given)
                    .emitsInOrder(expected.toArray())
                    .run(new Planning(answer, components));
        }
    }

    /** Calls the answer. A plan is a row; without one its components are null. */
    private static final class Planning implements Job {

        private final SizeTheCluster answer;
        private final List<String> components;
        private final List<ScriptRow> plans = new ArrayList<>();
        private List<ScriptRow> loads = List.of();

        Planning(SizeTheCluster answer, List<String> components) {
            this.answer = answer;
            this.components = components;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            loads = rows;
        }

        @Override
        public void run() {
            for (ScriptRow load : loads) {
                String text = load.getString(0);
                Given given = Given.of(text);
                plans.add(answer.plan(given.load(), given.prices())
                        .map(plan -> row(
                                text,
                                components.stream()
                                        .map(name -> component(plan, name))
                                        .toList()))
                        .orElse(none(text, components)));
            }
        }

        private static Object component(Plan plan, String name) {
            return switch (name) {
                case "workers" -> plan.workers();
                case "spot" -> plan.spot();
                case "cores" -> plan.cores();
                case "partitions" -> plan.partitions();
                case "heapMiB" -> plan.heapMiB();
                case "containerMiB" -> plan.containerMiB();
                case "catchUpHours" -> plan.catchUpHours();
                default -> plan.month().toPlainString();
            };
        }

        static ScriptRow row(String given, List<?> components) {
            return ScriptRow.of(
                    Stream.concat(Stream.of(given), components.stream()).toArray());
        }

        static ScriptRow none(String given, List<String> components) {
            Object[] values = new Object[components.size() + 1];
            values[0] = given;
            return ScriptRow.of(values);
        }

        @Override
        public List<ScriptRow> output() {
            return plans;
        }
    }
}
