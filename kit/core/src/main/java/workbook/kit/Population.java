package workbook.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The customers and terminals of a run, and the customers' genuine purchases.
 *
 * <p>Each customer's day has its own random source, so it is the same in every call, in any order of calls.
 */
final class Population {

    private static final int SIDE = 100;
    private static final int SECONDS_A_DAY = 86_400;

    /** A point of the square that contains all customers and terminals. */
    record Location(double x, double y) {

        private static Location random(RandomSource random) {
            return new Location(random.uniform(0, SIDE), random.uniform(0, SIDE));
        }

        boolean isWithin(double radius, Location other) {
            double dx = x - other.x;
            double dy = y - other.y;
            return dx * dx + dy * dy < radius * radius;
        }
    }

    /** A customer; {@code terminals} are those within the radius. */
    record Customer(Location home, double meanAmount, double purchasesADay, int[] terminals) {}

    /** A customer's purchase as drawn, before any fraud; {@code index} counts the customer's purchases of the day. */
    record Purchase(int day, int customer, int index, int second, int terminal, long cents) {}

    private final long seed;
    private final List<Location> terminals;
    private final List<Customer> customers;

    Population(Simulator.Settings settings) {
        seed = settings.seed();
        terminals = IntStream.range(0, settings.terminals())
                .mapToObj(terminal -> Location.random(RandomStream.TERMINAL.random(seed, terminal)))
                .toList();
        customers = IntStream.range(0, settings.customers())
                .mapToObj(customer -> customer(RandomStream.CUSTOMER.random(seed, customer), settings.radius()))
                .toList();
    }

    Customer customer(int customer) {
        return customers.get(customer);
    }

    Location terminal(int terminal) {
        return terminals.get(terminal);
    }

    /** All purchases of a day, customer by customer. */
    List<Purchase> purchases(int day) {
        List<Purchase> purchases = new ArrayList<>();
        for (int customer = 0; customer < customers.size(); customer++) {
            purchases.addAll(purchases(day, customer));
        }
        return purchases;
    }

    /** A customer's purchases of a day, in the order drawn. */
    List<Purchase> purchases(int day, int customer) {
        Customer buyer = customers.get(customer);
        if (buyer.terminals.length == 0) {
            return List.of();
        }
        RandomSource random = RandomStream.PURCHASES.random(seed, customer, day);
        int attempts = random.poisson(buyer.purchasesADay);
        List<Purchase> purchases = new ArrayList<>(attempts);
        for (int i = 0; i < attempts; i++) {
            int second = (int) random.gaussian(43_200, 20_000);
            if (0 < second && second < SECONDS_A_DAY) {
                int terminal = buyer.terminals[random.below(buyer.terminals.length)];
                purchases.add(new Purchase(day, customer, i, second, terminal, cents(random, buyer.meanAmount)));
            }
        }
        return purchases;
    }

    private static long cents(RandomSource random, double mean) {
        double amount = random.gaussian(mean, mean / 2);
        return Math.round(100 * (amount < 0 ? random.uniform(0, 2 * mean) : amount));
    }

    private Customer customer(RandomSource random, double radius) {
        Location home = Location.random(random);
        double meanAmount = random.uniform(5, 100);
        double purchasesADay = random.uniform(0, 4);
        return new Customer(home, meanAmount, purchasesADay, terminalsNear(home, radius));
    }

    private int[] terminalsNear(Location home, double radius) {
        return IntStream.range(0, terminals.size())
                .filter(terminal -> terminals.get(terminal).isWithin(radius, home))
                .toArray();
    }
}
