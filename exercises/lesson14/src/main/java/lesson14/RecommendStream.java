package lesson14;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.StreamsBuilder;
import workbook.check.Unsolved;

/**
 * Makes a list of recommendations at each event of a customer, on Kafka Streams. The model is replaced while the stream runs.
 *
 * <p><b>In:</b> a topic of {@link Event}s, which {@link workbook.kit.kafkastreams.JsonSerde} reads. A record's key is the customer as
 * text. The events of a customer are in order, but an event may be repeated, at most ten events of its customer later. The
 * {@link Models}, and a {@link ListMaker}, which makes lists from scores.
 *
 * <p><b>Out:</b> a {@link Served} for each event, with the same key, which the same class writes.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>A terminal with a payment of the customer is <b>bought</b>, for the list of this event and all later ones. A view buys nothing.
 * <li>The score of a terminal is the product of the customer's vector and its own: the sum of the products of the numbers in the same
 *     position.
 * <li>Each event has one version: the one that {@code models.current()} returns when it is asked for the first time during this event.
 *     All vectors are of this version, and the {@code ListMaker} and the row name it.
 * <li>If the vectors of this version cannot be read, the event has the last version that could be read completely. The first version
 *     after a start can be read.
 * <li>The vectors of a version are read once, as long as it remains the version of the events.
 * <li>A repeated event gets the row that it got before, whatever has happened since, and has no other effect.
 * <li>The state is bounded: an event that comes again after twenty others of its customer is a new one.
 * <li>After a restart all of this holds as if there had been none.
 * </ul>
 *
 * <p>No serdes are set in the configuration: name them where they are needed. Check it with
 * {@code mvn test -Dlesson=14 -Dexercise=RecommendStream}; hints are in {@code exercises/lesson14/hints/RecommendStream.md}.
 */
public class RecommendStream {

    /**
     * What a customer does.
     *
     * @param id unique; a repeated event has the same one
     * @param kind {@code view} or {@code payment}
     */
    public record Event(long id, Instant time, int customer, int terminal, String kind) {}

    /**
     * A list that has been shown.
     *
     * @param event the id of the event
     * @param time that of the event
     * @param version the model that made the list
     * @param terminals the best first, separated by commas: {@code 4,9,7}
     */
    public record Served(long event, Instant time, int customer, String version, String terminals) {}

    /** The published models. All methods may be called at any time. */
    public interface Models {

        /** Returns the version to use now. It may change between two calls. */
        String current();

        /**
         * Returns the vectors of the customers. Slow: it reads a file.
         *
         * @throws RuntimeException if it cannot be read
         */
        Map<Integer, double[]> customers(String version);

        /** Returns the vectors of the terminals, as long as those of the customers. Slow, and may fail in the same way. */
        Map<Integer, double[]> terminals(String version);
    }

    /** Makes a list of scores, as {@link ColdStart} does. */
    @FunctionalInterface
    public interface ListMaker {

        /**
         * @param version of the scores, and of what the list is filled up with
         * @param bought the terminals that are not recommended any more, each once, in the order of their last payments
         * @param scores of all terminals; empty if the version does not know the customer
         */
        List<Integer> list(String version, int customer, List<Integer> bought, Map<Integer, Double> scores);
    }

    /**
     * Adds the topology to the builder.
     *
     * @param events the name of the topic to read
     * @param served the name of the topic to write
     */
    public void recommend(StreamsBuilder builder, String events, String served, Models models, ListMaker lists) {
        throw new Unsolved();
    }
}
