package workbook.recommend;

import static java.util.stream.Collectors.toMap;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import lesson14.ColdStart;
import lesson14.RecommendStream.ListMaker;

/** Makes lists with {@link ColdStart}, from the scores of the stream and what the night of the same version has computed. */
final class ColdStartLists implements ListMaker {

    /** The length of all lists, and so the most that a request may ask for. */
    static final int LENGTH = 20;

    /** Around a replacement two versions are in use. */
    private static final int VERSIONS = 2;

    private static final ColdStart.Customer STRANGER = new ColdStart.Customer("", null, List.of());

    private final ColdStart coldStart = new ColdStart();
    private final Nights nights;
    private final AtomicBoolean isReading = new AtomicBoolean();
    private volatile Map<String, Version> versions = Map.of();
    private volatile String usable;

    /**
     * What is kept of a version.
     *
     * @param night without scores
     * @param newest the time of the newest payment that it has learned from
     * @param popular the list of customers of whom nothing is known
     */
    record Version(ColdStart.Night night, Instant newest, List<Integer> popular) {}

    ColdStartLists(Nights nights) {
        this.nights = nights;
    }

    @Override
    public List<Integer> list(String version, int customer, List<Integer> bought, Map<Integer, Double> scores) {
        String name = String.valueOf(customer);
        Map<String, Double> ofTheCustomer =
                scores.entrySet().stream().collect(toMap(score -> String.valueOf(score.getKey()), Map.Entry::getValue));
        List<String> products = bought.stream().map(String::valueOf).toList();
        ColdStart.Night night = version(version).night();
        return list(
                new ColdStart.Customer(name, null, products),
                new ColdStart.Night(
                        Map.of(name, ofTheCustomer),
                        night.neighbours(),
                        night.regions(),
                        night.popular(),
                        night.added(),
                        night.sold()));
    }

    private List<Integer> list(ColdStart.Customer customer, ColdStart.Night night) {
        return coldStart.recommend(customer, LENGTH, night).stream()
                .map(each -> Integer.valueOf(each.product()))
                .toList();
    }

    /**
     * The name of the current version, or of the last one that could be read if that cannot. While one thread reads a new
     * version, the others get the name of the one before: a request does not wait for a file.
     */
    String current() {
        String current = nights.current();
        if (!current.equals(usable) && (isReading.compareAndSet(false, true) || usable == null)) {
            try {
                version(current);
                usable = current;
            } catch (UncheckedIOException e) {
                if (usable == null) {
                    throw e;
                }
            } finally {
                isReading.set(false);
            }
        }
        return usable;
    }

    /** A version, which is read once: threads that need the same one wait for it, those that need another do not. */
    Version version(String name) {
        Version known = versions.get(name);
        return known == null ? added(name) : known;
    }

    private synchronized Version added(String name) {
        if (!versions.containsKey(name)) {
            Map<String, Version> newer = new LinkedHashMap<>(versions);
            newer.put(name, read(name));
            if (newer.size() > VERSIONS) {
                newer.keySet().remove(newer.keySet().iterator().next());
            }
            versions = newer;
        }
        return versions.get(name);
    }

    private Version read(String name) {
        Nights.Lists lists = nights.lists(name);
        ColdStart.Night night = new ColdStart.Night(
                Map.of(), lists.neighbours(), Map.of(), lists.popular(), lists.added(), Set.copyOf(lists.sold()));
        return new Version(night, lists.newestTime(), list(STRANGER, night));
    }
}
