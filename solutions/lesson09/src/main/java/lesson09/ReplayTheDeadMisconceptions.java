package lesson09;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link ReplayTheDead} that people give. */
public final class ReplayTheDeadMisconceptions {

    private ReplayTheDeadMisconceptions() {}

    @Misconception(
            believed = "A dead letter is sent again until it is accepted.",
            really = "One that nobody accepts goes round for ever, and its round is counted as traffic. After some"
                    + " attempts somebody has to look at it.",
            concept = "Dead letters")
    public static class NeverGivesUp extends ReplayTheDead {
        @Override
        boolean mustWait(ConsumerRecord<String, String> letter, Set<String> waiting) {
            return waiting.contains(letter.key());
        }
    }

    @Misconception(
            believed = "Three attempts means that the fourth failure is parked.",
            really = "A dead letter with three attempts has been sent four times, the first time included. The limit"
                    + " counts what is in the header.",
            concept = "Dead letters")
    public static class AllowsOneAttemptMore extends ReplayTheDead {
        @Override
        boolean mustWait(ConsumerRecord<String, String> letter, Set<String> waiting) {
            return attempts(letter.headers()) > 3 || waiting.contains(letter.key());
        }
    }

    @Misconception(
            believed = "The program counts the attempts of each record.",
            really =
                    "The count is lost with the process, and unknown to another one. It has to travel with the record.",
            concept = "Dead letters")
    public static class CountsInMemory extends ReplayTheDead {
        private final Map<String, Integer> attempts = new HashMap<>();

        @Override
        boolean mustWait(ConsumerRecord<String, String> letter, Set<String> waiting) {
            return attempts.merge(text(letter.headers(), "origin"), 1, Integer::sum) > 3
                    || waiting.contains(letter.key());
        }

        @Override
        Headers oneMore(Headers headers) {
            return headers;
        }
    }

    @Misconception(
            believed = "The origin of a record is where it was read.",
            really = "Then each replay has another origin. Consumers that drop duplicates by it take the record for"
                    + " a new one, and nobody finds the first record again.",
            concept = "Dead letters")
    public static class OverwritesTheOrigin extends ReplayTheDead {
        @Override
        ProducerRecord<String, String> record(
                String topic, ConsumerRecord<String, String> letter, String value, Headers headers) {
            Headers here = new RecordHeaders(headers.toArray());
            here.remove("origin");
            String origin = "dead-" + letter.partition() + "@" + letter.offset();
            here.add("origin", origin.getBytes(StandardCharsets.UTF_8));
            return super.record(topic, letter, value, here);
        }
    }

    @Misconception(
            believed = "The record is its key and its value.",
            really = "A record that is sent without its headers has no attempts and no origin: the count begins"
                    + " anew, and the trace ends.",
            concept = "Dead letters")
    public static class DropsTheHeaders extends ReplayTheDead {
        @Override
        ProducerRecord<String, String> record(
                String topic, ConsumerRecord<String, String> letter, String value, Headers headers) {
            return super.record(topic, letter, value, new RecordHeaders());
        }
    }

    @Misconception(
            believed = "The headers of a record are a map of texts.",
            really =
                    "They are a list, in which a name may be there more than once, and their values are bytes. A map keeps"
                            + " one of them, and bytes that are no text come back as others.",
            concept = "Dead letters")
    public static class CopiesTheHeadersAsTexts extends ReplayTheDead {
        @Override
        Headers oneMore(Headers headers) {
            Map<String, String> texts = new LinkedHashMap<>();
            super.oneMore(headers).forEach(header -> texts.put(header.key(), new String(header.value(), UTF_8)));
            Headers copy = new RecordHeaders();
            texts.forEach((name, text) -> copy.add(name, text.getBytes(UTF_8)));
            return copy;
        }
    }

    @Misconception(
            believed = "A record goes back to the partition that it came from.",
            really = "Another topic can have another number of partitions, on which other producers put this key. Then"
                    + " records of the key are on two partitions, and have no order any more.",
            concept = "Partitions and keys")
    public static class KeepsThePartition extends ReplayTheDead {
        @Override
        ProducerRecord<String, String> record(
                String topic, ConsumerRecord<String, String> letter, String value, Headers headers) {
            return new ProducerRecord<>(topic, letter.partition(), letter.timestamp(), letter.key(), value, headers);
        }
    }

    @Misconception(
            believed = "A record that is sent now has the time of now.",
            really = "The timestamp says when the payment was made. With another one it falls into another window,"
                    + " or is not found by a search by time.",
            concept = "Dead letters")
    public static class SendsAtTheTimeOfNow extends ReplayTheDead {
        @Override
        ProducerRecord<String, String> record(
                String topic, ConsumerRecord<String, String> letter, String value, Headers headers) {
            return new ProducerRecord<>(topic, null, null, letter.key(), value, headers);
        }
    }

    @Misconception(
            believed = "Dead letters are exceptions, so their order does not matter.",
            really = "Two changes of one account arrive in the wrong order as soon as the first waits and the second"
                    + " does not. What follows a waiting record of the same key has to wait as well.",
            concept = "Dead letters")
    public static class LetsLaterOnesOvertake extends ReplayTheDead {
        @Override
        boolean mustWait(ConsumerRecord<String, String> letter, Set<String> waiting) {
            return attempts(letter.headers()) >= 3;
        }
    }

    @Misconception(
            believed = "The keys that wait are known since the program has begun.",
            really = "The next call, or the next process, does not know them, and lets a record overtake the one"
                    + " that waits. The parked topic does.",
            concept = "Dead letters")
    public static class ForgetsWhoWaits extends ReplayTheDead {
        @Override
        Set<String> waiting(Clients clients, String parked) {
            return new HashSet<>();
        }
    }

    @Misconception(
            believed = "A record without a key has the key null.",
            really = "It belongs to nothing, and needs no order. If one of them waits, all others would wait for it.",
            concept = "Dead letters")
    public static class TakesNullForAKey extends ReplayTheDead {
        private boolean nullWaits;

        @Override
        ProducerRecord<String, String> handled(
                ConsumerRecord<String, String> letter, Topics topics, Set<String> waiting, Mending mending) {
            if (letter.key() == null && nullWaits) {
                return super.handled(letter, topics, waiting, (origin, value) -> Optional.empty());
            }
            ProducerRecord<String, String> record = super.handled(letter, topics, waiting, mending);
            nullWaits |= letter.key() == null && record.topic().equals(topics.parked());
            return record;
        }
    }

    @Misconception(
            believed = "Commit first, so that nothing is sent twice.",
            really = "After a crash the record is neither in the topic nor read again. A record that is sent twice"
                    + " can be recognized by its origin, a lost one by nothing.",
            concept = "Delivery guarantees")
    public static class CommitsFirst extends ReplayTheDead {
        @Override
        void handle(
                ConsumerRecord<String, String> letter,
                Producer<String, String> producer,
                Consumer<String, String> consumer,
                Function<ConsumerRecord<String, String>, ProducerRecord<String, String>> handled) {
            commit(letter, consumer);
            super.handle(letter, producer, consumer, handled);
        }
    }

    @Misconception(
            believed = "After send() the record is sent.",
            really = "It is in a buffer. Whether the broker has refused it is known when the future is asked; until"
                    + " then nothing may be committed.",
            concept = "Producer guarantees")
    public static class DoesNotWaitForTheBroker extends ReplayTheDead {
        @Override
        void handle(
                ConsumerRecord<String, String> letter,
                Producer<String, String> producer,
                Consumer<String, String> consumer,
                Function<ConsumerRecord<String, String>, ProducerRecord<String, String>> handled) {
            producer.send(handled.apply(letter));
            commit(letter, consumer);
        }
    }

    @Misconception(
            believed = "A record that cannot be mended is an error.",
            really = "It stops all others, which could be sent, at every start. It is an expected case: set it aside.",
            concept = "Dead letters")
    public static class StopsAtTheFirstThatCannotBeMended extends ReplayTheDead {
        @Override
        ProducerRecord<String, String> handled(
                ConsumerRecord<String, String> letter, Topics topics, Set<String> waiting, Mending mending) {
            return super.handled(
                    letter,
                    topics,
                    waiting,
                    (origin, value) -> Optional.of(mending.mended(origin, value).orElseThrow()));
        }
    }

    @Misconception(
            believed = "A finally block that closes the clients is enough.",
            really = "If a client cannot be created, the block is not reached, and those that were created before stay"
                    + " open. Create them in try-with-resources.",
            concept = "Consumer groups")
    public static class CreatesTheClientsBeforeTheTry extends ReplayTheDead {
        @Override
        public void replay(Clients clients, Topics topics, String group, Mending mending) {
            Consumer<String, String> consumer = clients.consumer(settings(group));
            Producer<String, String> producer = clients.producer(Map.of());
            try {
                replay(consumer, producer, waiting(clients, topics.parked()), topics, mending);
            } finally {
                producer.close();
                consumer.close();
            }
        }
    }
}
