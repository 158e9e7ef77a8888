package workbook.recommend;

import static java.util.stream.Collectors.toMap;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final Map<String, Version> versions = new LinkedHashMap<>();
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

    /** The name of the current version, or of the last one that could be read if that cannot. */
    String current() {
        String current = nights.current();
        try {
            version(current);
            usable = current;
        } catch (UncheckedIOException e) {
            if (usable == null) {
                throw e;
            }
        }
        return usable;
    }

    /** A version, which is read once: other threads wait for it instead of reading it as well. */
    synchronized Version version(String name) {
        Version version = versions.computeIfAbsent(name, this::read);
        if (versions.size() > VERSIONS) {
            versions.keySet().remove(versions.keySet().iterator().next());
        }
        return version;
    }

    private Version read(String name) {
        Nights.Lists lists = nights.lists(name);
        ColdStart.Night night = new ColdStart.Night(
                Map.of(), lists.neighbours(), Map.of(), lists.popular(), lists.added(), Set.copyOf(lists.sold()));
        return new Version(night, lists.newestTime(), list(STRANGER, night));
    }
}
