package lesson14;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link RecommendStream} that people give. */
public final class RecommendStreamMisconceptions {

    private RecommendStreamMisconceptions() {}

    @Misconception(
            believed = "The model is loaded when the stream starts.",
            really =
                    "A stream runs for months, and the night publishes a model each day. Without a look at the current version the"
                            + " first one is used until somebody restarts the stream.",
            concept = "Serving a model")
    public static class LoadsOnce extends RecommendStream {
        @Override
        Model model(Models models, Model before) {
            return before == null ? super.model(models, null) : before;
        }
    }

    @Misconception(
            believed = "current() returns the same version until I look again.",
            really =
                    "The next model may be published between two calls. The customers are then of one version and the terminals of"
                            + " another: the scores are products of vectors that have nothing to do with each other.",
            concept = "Serving recommendations")
    public static class AsksForEachPart extends RecommendStream {
        @Override
        Model read(Models models, String version) {
            return new Model(version, models.customers(models.current()), models.terminals(models.current()));
        }
    }

    @Misconception(
            believed = "Only the vectors of the terminals change, the customers can wait until tomorrow.",
            really =
                    "Each training turns all vectors into other directions. A vector of a customer fits the terminals of its own version"
                            + " only.",
            concept = "Serving recommendations")
    public static class KeepsTheCustomers extends RecommendStream {
        @Override
        Model model(Models models, Model before) {
            Model model = super.model(models, before);
            return before == null ? model : new Model(model.version(), before.customers(), model.terminals());
        }
    }

    @Misconception(
            believed = "The row names the current version.",
            really =
                    "It has to name the version that made the list. When purchases are compared with lists a week later, those around"
                            + " a replacement count for the wrong model.",
            concept = "Serving recommendations")
    public static class NamesTheCurrentVersion extends RecommendStream {
        @Override
        Served row(Event event, Model model, ListMaker lists, List<Integer> bought, Models models) {
            Served row = super.row(event, model, lists, bought, models);
            return new Served(row.event(), row.time(), row.customer(), models.current(), row.terminals());
        }
    }

    @Misconception(
            believed = "The list is filled up with what is popular now.",
            really = "Then it is half of one version and half of another, and the row names only one of them.",
            concept = "Serving recommendations")
    public static class FillsUpFromTheNext extends RecommendStream {
        @Override
        Served row(Event event, Model model, ListMaker lists, List<Integer> bought, Models models) {
            String current = models.current();
            String terminals = lists.list(current, event.customer(), bought, scores(model, event.customer())).stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(","));
            return new Served(event.id(), event.time(), event.customer(), model.version(), terminals);
        }
    }

    @Misconception(
            believed = "A model that is read for each event is always the current one.",
            really =
                    "It is, and each event waits for two files. Compare the version, which is cheap, and read when it differs.",
            concept = "Serving a model")
    public static class ReadsAtEachEvent extends RecommendStream {
        @Override
        Model model(Models models, Model before) {
            String version = models.current();
            try {
                return read(models, version);
            } catch (RuntimeException e) {
                return instead(before, version, models, e);
            }
        }
    }

    @Misconception(
            believed = "Without its model a stream must stop.",
            really =
                    "It has one: the model before. A file that is damaged in the night would stop all recommendations, and a restart"
                            + " reads the same file again.",
            concept = "Serving a model")
    public static class StopsAtABrokenModel extends RecommendStream {
        @Override
        Model instead(Model before, String version, Models models, RuntimeException e) {
            throw e;
        }
    }

    @Misconception(
            believed = "What can be read of a new model is better than the old one.",
            really =
                    "The customers are of the new version, the terminals of the old one. Nothing fails any more, and the lists are"
                            + " random.",
            concept = "Serving recommendations")
    public static class TakesWhatCanBeRead extends RecommendStream {
        @Override
        Model instead(Model before, String version, Models models, RuntimeException e) {
            return new Model(before.version(), models.customers(version), before.terminals());
        }
    }

    @Misconception(
            believed = "The row names the version that was asked for.",
            really =
                    "It could not be read. The list is from the version before, and whoever looks for the damage does not find it.",
            concept = "Serving recommendations")
    public static class NamesTheBrokenModel extends RecommendStream {
        @Override
        Model instead(Model before, String version, Models models, RuntimeException e) {
            return new Model(version, before.customers(), before.terminals());
        }
    }

    @Misconception(
            believed = "A map in memory knows what the customers have bought.",
            really =
                    "Until the next restart, or until the partition moves to another instance. From then on everybody is offered what"
                            + " he has.",
            concept = "State stores")
    public static class RemembersInMemory extends RecommendStream {
        private final Map<String, History> memory = new HashMap<>();

        @Override
        History history(KeyValueStore<String, History> histories, String customer) {
            return memory.getOrDefault(customer, History.NONE);
        }

        @Override
        void keep(KeyValueStore<String, History> histories, String customer, History history) {
            memory.put(customer, history);
        }
    }

    @Misconception(
            believed = "The state of a processor is that of the customer.",
            really =
                    "A processor has all customers of its partition. The state needs a key, or one customer's purchases are gone from"
                            + " the lists of all others.",
            concept = "State")
    public static class SharesOneHistory extends RecommendStream {
        @Override
        String key(String customer) {
            return "all";
        }
    }

    @Misconception(
            believed = "What a customer has looked at is done.",
            really = "A view says that he is interested. What he looks at most would disappear first.",
            concept = "Recommendations")
    public static class TakesViewsForPayments extends RecommendStream {
        @Override
        List<Integer> bought(List<Integer> before, Event event) {
            return super.bought(
                    before, new Event(event.id(), event.time(), event.customer(), event.terminal(), "payment"));
        }
    }

    @Misconception(
            believed = "A payment counts from the next event on.",
            really = "The page after a payment then recommends what has just been paid for.",
            concept = "Recommendations")
    public static class BuysForTheNextList extends RecommendStream {
        @Override
        Served row(Event event, Model model, ListMaker lists, List<Integer> bought, Models models) {
            List<Integer> before = new ArrayList<>(bought);
            if (event.kind().equals("payment")) {
                before.remove((Integer) event.terminal());
            }
            return super.row(event, model, lists, before, models);
        }
    }

    @Misconception(
            believed = "A terminal is added at each payment.",
            really =
                    "The state of a regular customer grows for ever, and whoever reads it finds one terminal a hundred times. Keep it"
                            + " once.",
            concept = "Bounded state")
    public static class AddsAtEachPayment extends RecommendStream {
        @Override
        List<Integer> bought(List<Integer> before, Event event) {
            List<Integer> bought = new ArrayList<>(before);
            if (event.kind().equals("payment")) {
                bought.add(event.terminal());
            }
            return bought;
        }
    }

    @Misconception(
            believed = "What is in the list already needs no second entry.",
            really =
                    "It keeps the place of its first payment. What was bought last, and goes with the next purchase, comes last.",
            concept = "Recommendations")
    public static class KeepsTheFirstPayment extends RecommendStream {
        @Override
        List<Integer> bought(List<Integer> before, Event event) {
            return before.contains(event.terminal()) ? before : super.bought(before, event);
        }
    }

    @Misconception(
            believed = "list.remove(terminal) removes the terminal.",
            really =
                    "With an int it removes what is at this position, or throws. Only remove((Integer) terminal) looks for the element.",
            concept = "Recommendations")
    public static class RemovesByPosition extends RecommendStream {
        @Override
        List<Integer> bought(List<Integer> before, Event event) {
            List<Integer> bought = new ArrayList<>(before);
            if (event.kind().equals("payment")) {
                if (bought.contains(event.terminal())) {
                    bought.remove(event.terminal());
                }
                bought.add(event.terminal());
            }
            return bought;
        }
    }

    @Misconception(
            believed = "A repeated event gives the same list, because the code is the same.",
            really =
                    "The model and the purchases are not. The log then has two different lists for one event, and neither is the one"
                            + " that the customer saw.",
            concept = "Serving recommendations")
    public static class DecidesAgain extends RecommendStream {
        @Override
        Optional<Served> served(History history, Event event) {
            return Optional.empty();
        }
    }

    @Misconception(
            believed = "Only the last event can be repeated.",
            really = "After a crash all events since the last commit are, and another customer's between them.",
            concept = "Delivery guarantees")
    public static class KnowsTheLastOnly extends RecommendStream {
        @Override
        int kept() {
            return 1;
        }
    }

    @Misconception(
            believed = "All rows are kept, so no repetition is missed.",
            really =
                    "The state grows with each event, for ever, and so do its changelog and each restart. How long an event may"
                            + " be repeated bounds what has to be kept.",
            concept = "Bounded state")
    public static class KeepsAllRows extends RecommendStream {
        @Override
        int kept() {
            return Integer.MAX_VALUE;
        }
    }

    @Misconception(
            believed = "Ten rows behind it are nine with it.",
            really = "The tenth event later is the last one that may repeat it. With nine rows it is a new event.",
            concept = "Deduplication")
    public static class KeepsOneTooFew extends RecommendStream {
        @Override
        int kept() {
            return super.kept() - 1;
        }
    }

    @Misconception(
            believed = "A customer whom the model does not know has the score 0 everywhere.",
            really =
                    "Then he has scores, all equal, and a personal list: the terminals with the lowest numbers. Nothing falls back to"
                            + " what is popular.",
            concept = "Cold start")
    public static class ScoresStrangersWithZero extends RecommendStream {
        @Override
        Map<Integer, Double> scores(Model model, int customer) {
            Map<Integer, double[]> customers = new HashMap<>(model.customers());
            customers.putIfAbsent(customer, new double[2]);
            return super.scores(new Model(model.version(), customers, model.terminals()), customer);
        }
    }

    @Misconception(
            believed = "The position of a vector is the number of its terminal.",
            really =
                    "It was in the training of this version, at best. As soon as a terminal is added or closed, all later ones are"
                            + " recommended under the number of a neighbour.",
            concept = "Feature parity")
    public static class NumbersByPosition extends RecommendStream {
        @Override
        Map<Integer, Double> scores(Model model, int customer) {
            Map<Integer, Double> scores = super.scores(model, customer);
            Map<Integer, Double> byPosition = new HashMap<>();
            scores.keySet().stream()
                    .sorted()
                    .forEach(terminal -> byPosition.put(byPosition.size() + 1, scores.get(terminal)));
            return byPosition;
        }
    }

    @Misconception(
            believed = "A row has a number, so that is its key.",
            really =
                    "Whoever asks for the list of a customer looks for his number, in a table and in a compacted topic. Under the numbers of"
                            + " events each list stays for ever, and none is found.",
            concept = "Retention and compaction")
    public static class NumbersItsRecords extends RecommendStream {
        @Override
        Record<String, Served> output(Record<String, Event> event, Served row) {
            return event.withKey(String.valueOf(row.event())).withValue(row);
        }
    }
}
