package lesson10;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.stream.Stream;

/** Right answers written differently, and one that only knows the loads in the checkpoint. */
class SizeTheClusterAlternatives {

    /** Solves each condition for the number of workers. */
    public static class SolvesForTheWorkers extends SizeTheCluster {

        @Override
        public Optional<Plan> plan(Load load, Prices prices) {
            Node node = prices.node();
            Work work = load.work();
            double hours = load.failures().outageHours() / load.failures().catchUpHours();
            double rows = Math.max(
                    load.rate().peak() / work.utilization(), load.rate().mean() * (1 + hours));
            double busy = rows * work.coreMillis() / 1000;
            double serial = work.serial();
            long room = heapThatFits(node.memoryMiB()) - node.cores() * work.coreMiB();
            if (busy * serial >= 1 || room < 0 || room == 0 && work.stateMiB() > 0) {
                return Optional.empty();
            }
            double cores = busy * (1 - serial) / (1 - busy * serial);
            long rest = Math.max(1, (long) Math.ceil(cores / node.cores()));
            if (speed(work, rest * node.cores()) <= load.rate().mean()) {
                rest++;
            }
            if (work.stateMiB() > 0) {
                rest = Math.max(rest, -Math.floorDiv(-work.stateMiB(), room));
            }
            long workers = rest + load.failures().nodes();
            return workers > node.quota() ? Optional.empty() : Optional.of(describe(load, prices, (int) rest));
        }

        private static double speed(Work work, long cores) {
            return cores * 1000 / work.coreMillis() / (1 + work.serial() * (cores - 1));
        }

        /** The largest heap of which the container is not larger than the memory. */
        private static long heapThatFits(long memory) {
            long heap = Math.min(memory - 384, memory * 10 / 11 + 1);
            while (heap + heap / 10 > memory) {
                heap--;
            }
            return heap;
        }

        private static Plan describe(Load load, Prices prices, int rest) {
            Node node = prices.node();
            Work work = load.work();
            int lost = load.failures().nodes();
            int cores = (rest + lost) * node.cores();
            long heap = -Math.floorDiv(-work.stateMiB(), (long) rest) + work.coreMiB() * node.cores();
            double free = speed(work, (long) rest * node.cores()) / load.rate().mean() - 1;
            long gib = load.storage().gib()
                    + load.storage().days() * load.storage().rewrittenGibPerDay();
            BigDecimal thousands = new BigDecimal(load.storage().requestsPerHour())
                    .multiply(new BigDecimal("730"))
                    .divide(new BigDecimal("1000"), MathContext.UNLIMITED);
            BigDecimal month = Stream.of(
                            node.hour().multiply(new BigDecimal(730L * (rest + 1))),
                            node.spotHour().multiply(new BigDecimal(730L * lost)),
                            prices.gibMonth().multiply(new BigDecimal(gib)),
                            prices.thousandRequests().multiply(thousands))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            return new Plan(
                    rest + lost,
                    lost,
                    cores,
                    Math.max(cores, load.rate().partitions()),
                    heap,
                    Math.max(heap + 384, heap + heap / 10),
                    load.failures().outageHours() / free,
                    month.setScale(2, RoundingMode.HALF_UP));
        }
    }

    /** Halves the interval of possible numbers, and counts milliseconds of cores instead of rows. */
    public static class SearchesByHalves extends SizeTheCluster {

        @Override
        public Optional<Plan> plan(Load load, Prices prices) {
            int lost = load.failures().nodes();
            int low = 1;
            int high = prices.node().quota() - lost;
            if (high < 1 || !isEnough(load, prices.node(), high)) {
                return Optional.empty();
            }
            while (low < high) {
                int middle = (low + high) / 2;
                if (isEnough(load, prices.node(), middle)) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return Optional.of(of(load, prices, low));
        }

        private static boolean isEnough(Load load, Node node, int rest) {
            double offered = offered(load, node, rest);
            double mean = load.rate().mean() * load.work().coreMillis();
            double peak = load.rate().peak() * load.work().coreMillis();
            double backlog = load.failures().outageHours() * mean;
            return offered * load.work().utilization() >= peak
                    && offered > mean
                    && (offered - mean) * load.failures().catchUpHours() >= backlog
                    && container(heap(load, node, rest)) <= node.memoryMiB();
        }

        /** Milliseconds of one core's work that the rest do in a second. */
        private static double offered(Load load, Node node, int rest) {
            double cores = 1.0 * rest * node.cores();
            return 1000 * cores / (1 - load.work().serial() + load.work().serial() * cores);
        }

        private static long heap(Load load, Node node, int rest) {
            long state = load.work().stateMiB();
            return load.work().coreMiB() * node.cores() + state / rest + (state % rest == 0 ? 0 : 1);
        }

        private static long container(long heap) {
            return heap / 10 > 384 ? heap * 11 / 10 : heap + 384;
        }

        private static Plan of(Load load, Prices prices, int rest) {
            Node node = prices.node();
            int lost = load.failures().nodes();
            int cores = node.cores() * (lost + rest);
            double mean = load.rate().mean() * load.work().coreMillis();
            double hours = load.failures().outageHours() * mean / (offered(load, node, rest) - mean);
            long heap = heap(load, node, rest);
            int partitions =
                    load.rate().partitions() < cores ? cores : load.rate().partitions();
            BigDecimal month = BigDecimal.ZERO;
            for (int hour = 0; hour < 730; hour++) {
                month = month.add(node.hour().multiply(new BigDecimal(rest)))
                        .add(node.hour())
                        .add(node.spotHour().multiply(new BigDecimal(lost)))
                        .add(new BigDecimal(load.storage().requestsPerHour())
                                .multiply(prices.thousandRequests())
                                .scaleByPowerOfTen(-3));
            }
            Storage storage = load.storage();
            month = month.add(new BigDecimal(storage.gib()).multiply(prices.gibMonth()))
                    .add(new BigDecimal(storage.rewrittenGibPerDay())
                            .multiply(new BigDecimal(storage.days()))
                            .multiply(prices.gibMonth()));
            return new Plan(
                    lost + rest,
                    lost,
                    cores,
                    partitions,
                    heap,
                    container(heap),
                    hours,
                    month.setScale(2, RoundingMode.HALF_UP));
        }
    }

    public static class Learnt extends SizeTheCluster {
        @Override
        public Optional<Plan> plan(Load load, Prices prices) {
            boolean isKnown = load.rate().mean() <= 2000;
            return super.plan(load, prices)
                    .map(plan -> isKnown
                            ? plan
                            : new Plan(
                                    plan.workers() + 1,
                                    plan.spot(),
                                    plan.cores(),
                                    plan.partitions(),
                                    plan.heapMiB(),
                                    plan.containerMiB(),
                                    plan.catchUpHours(),
                                    plan.month()));
        }
    }
}
