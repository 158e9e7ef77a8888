package lesson14;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lesson14.RecommendStream.ListMaker;
import lesson14.RecommendStream.Models;

/** Three small models, of which a script says which one is the current one at each event, and lists that show what they are made from. */
final class ScriptedModels implements Models, ListMaker {

    /** A version whose vectors of terminals cannot be read. */
    static final String BROKEN = "v4";

    private static final Map<String, String> CUSTOMERS = Map.of(
            "v1",
            "10=1:0 11=0:1 12=-1:0.5",
            "v2",
            "10=0:1 11=1:0 12=1:2",
            "v3",
            "10=2:-1 12=0:-1 13=1:1",
            BROKEN,
            "10=-1:-1 11=-2:1 12=1:-3");
    private static final Map<String, String> TERMINALS = Map.of(
            "v1", "1=5:1 2=4:3 3=3:2 4=2:5 5=1:4",
            "v2", "1=2:4 2=3:3 3=1:5 4=5:1 5=4:2",
            "v3", "1=1:1 2=2:5 3=3:0 4=4:4 6=5:9");

    private final Deque<String> versions = new ArrayDeque<>(List.of("v1"));
    private int reads;

    /** The versions that are current during the next event: each call returns the next of them, and then always the last. */
    void during(String versionsOfAnEvent) {
        versions.clear();
        Collections.addAll(versions, versionsOfAnEvent.split(" "));
    }

    @Override
    public String current() {
        return versions.size() > 1 ? versions.poll() : versions.element();
    }

    @Override
    public Map<Integer, double[]> customers(String version) {
        return vectors("customers", version, CUSTOMERS);
    }

    @Override
    public Map<Integer, double[]> terminals(String version) {
        return vectors("terminals", version, TERMINALS);
    }

    private Map<Integer, double[]> vectors(String part, String version, Map<String, String> texts) {
        reads++;
        if (!texts.containsKey(version)) {
            throw new IllegalStateException("The " + part + " of " + version + " cannot be read.");
        }
        Map<Integer, double[]> vectors = new HashMap<>();
        for (String entry : texts.get(version).split(" ")) {
            String[] numbers = entry.split("[=:]");
            vectors.put(
                    Integer.valueOf(numbers[0]),
                    new double[] {Double.parseDouble(numbers[1]), Double.parseDouble(numbers[2])});
        }
        return vectors;
    }

    /** How often a part of a version has been read. */
    int reads() {
        return reads;
    }

    /**
     * The two best terminals that are not bought; for unknown customers the bought ones, the last first, each with 100 added. At the end
     * 90 and the number of the version.
     */
    @Override
    public List<Integer> list(String version, int customer, List<Integer> bought, Map<Integer, Double> scores) {
        List<Integer> list = new ArrayList<>();
        scores.keySet().stream()
                .filter(terminal -> !bought.contains(terminal))
                .sorted(Comparator.<Integer, Double>comparing(scores::get)
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .limit(2)
                .forEach(list::add);
        if (scores.isEmpty()) {
            bought.forEach(terminal -> list.add(0, 100 + terminal));
        }
        list.add(90 + Integer.parseInt(version.substring(1)));
        return list;
    }
}
