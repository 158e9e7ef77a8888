package lesson14;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link RecommendApi} that people give. */
public final class RecommendApiMisconceptions {

    private RecommendApiMisconceptions() {}

    @Misconception(
            believed = "A customer whom nobody knows is not found: 404.",
            really =
                    "Every customer is new once. The caller of the API then needs a fallback of its own, and shows an empty page until"
                            + " it has one.",
            concept = "Serving recommendations")
    public static class DoesNotFindTheUnknown extends RecommendApi {
        @Override
        Reply list(int customer, int k, Serving serving) {
            return serving.store().personal(customer).isEmpty()
                    ? error(404, "There is no customer " + customer + ".", Map.of())
                    : super.list(customer, k, serving);
        }
    }

    @Misconception(
            believed = "Whoever is not in the store is unknown.",
            really =
                    "The store of an instance has the state of its own partitions. A regular customer of another partition is not in it,"
                            + " and gets bestsellers from every instance but one.",
            concept = "Serving recommendations")
    public static class LooksOnlyHere extends RecommendApi {
        @Override
        Reply found(int customer, int k, URI uri, Serving serving) {
            serving.store().owner(customer);
            return list(customer, k, serving);
        }
    }

    @Misconception(
            believed = "If the store has him, the list is right.",
            really =
                    "A partition that has moved leaves old state behind until it is cleaned up. The owner has the newer one.",
            concept = "Serving recommendations")
    public static class PrefersWhatIsHere extends RecommendApi {
        @Override
        Reply found(int customer, int k, URI uri, Serving serving) {
            return serving.store().personal(customer).isPresent()
                    ? list(customer, k, serving)
                    : super.found(customer, k, uri, serving);
        }
    }

    @Misconception(
            believed = "The customer now lives there: that is a permanent redirect.",
            really =
                    "Clients and proxies remember a 301. After the next rebalance the customer is elsewhere, and they keep asking an"
                            + " instance that may be gone.",
            concept = "Serving recommendations")
    public static class RedirectsForEver extends RecommendApi {
        @Override
        Reply elsewhere(URI owner, URI uri) {
            Reply reply = super.elsewhere(owner, uri);
            return new Reply(301, reply.headers(), reply.body());
        }
    }

    @Misconception(
            believed = "The other instance needs the path.",
            really = "Without the query, k is lost: the customer gets ten recommendations instead of five.",
            concept = "Serving recommendations")
    public static class RedirectsWithoutTheQuery extends RecommendApi {
        @Override
        Reply elsewhere(URI owner, URI uri) {
            return super.elsewhere(owner, URI.create(uri.getRawPath()));
        }
    }

    @Misconception(
            believed = "getQuery() is the query.",
            really =
                    "It is decoded. An encoded line feed becomes a real one, which would end the header and begin another one that the"
                            + " sender of the link has written. The JDK's server refuses it, and there is no answer at all.",
            concept = "Serving recommendations")
    public static class RedirectsWithADecodedQuery extends RecommendApi {
        @Override
        Reply elsewhere(URI owner, URI uri) {
            String query = uri.getQuery() == null ? "" : "?" + uri.getQuery();
            return new Reply(307, Map.of("Location", owner + uri.getPath() + query), Map.of());
        }
    }

    @Misconception(
            believed = "An exception of the store is an error of the server: 500.",
            really =
                    "While partitions move, a store cannot be queried, and a second later it can. 500 says that something is broken and"
                            + " wakes somebody; 503 with Retry-After says when to ask again.",
            concept = "Serving recommendations")
    public static class FailsWhilePartitionsMove extends RecommendApi {
        @Override
        Reply notReady(NotReady e) {
            return error(500, failure(e), Map.of());
        }
    }

    @Misconception(
            believed = "While the store is not ready, popular terminals are better than an error.",
            really =
                    "The client takes a fallback for an answer and keeps it. Regular customers get bestsellers after each deployment,"
                            + " and no number shows it.",
            concept = "Serving recommendations")
    public static class HidesThatItIsNotReady extends RecommendApi {
        @Override
        Reply found(int customer, int k, URI uri, Serving serving) {
            try {
                return super.found(customer, k, uri, serving);
            } catch (NotReady e) {
                Ranking popular = serving.store().popular();
                return new Reply(
                        200,
                        Map.of(),
                        Map.of(
                                "customer", customer,
                                "source", "popular",
                                "version", popular.version(),
                                "age", age(popular, serving),
                                "terminals", popular.best(k)));
            }
        }
    }

    @Misconception(
            believed = "toSeconds() gives the seconds.",
            really =
                    "It rounds down. 900 milliseconds become 0: all clients ask again at once, while the store still moves.",
            concept = "Serving recommendations")
    public static class RoundsTheRetryDown extends RecommendApi {
        @Override
        String retryAfter(Duration time) {
            return String.valueOf(time.toSeconds());
        }
    }

    @Misconception(
            believed = "Retry-After is in milliseconds, like other times.",
            really = "It is in seconds. 1500 sends a client away for 25 minutes.",
            concept = "Serving recommendations")
    public static class RetriesInMilliseconds extends RecommendApi {
        @Override
        String retryAfter(Duration time) {
            return String.valueOf(time.toMillis());
        }
    }

    @Misconception(
            believed = "The message of the exception helps the caller.",
            really = "It helps whoever attacks: it has addresses, table names and paths. It belongs into the log.",
            concept = "Serving recommendations")
    public static class ShowsItsFailures extends RecommendApi {
        @Override
        String failure(RuntimeException e) {
            return e.getMessage();
        }
    }

    @Misconception(
            believed = "Integer.parseInt checks whether it is a number.",
            really =
                    "It throws at what is not one. That is the caller's mistake, and 500 says that it is the server's. It is also in the"
                            + " log as a failure, once for each robot that tries.",
            concept = "Serving recommendations")
    public static class FailsAtWrongNumbers extends RecommendApi {
        @Override
        Optional<Integer> number(String text, int least, int most) {
            return Optional.of(Integer.parseInt(text)).filter(number -> number >= least && number <= most);
        }
    }

    @Misconception(
            believed = "What Integer.parseInt takes is a number of digits.",
            really =
                    "It also takes a sign. Then one list has several addresses, and whatever compares addresses, such as a cache or a"
                            + " limit, sees several customers.",
            concept = "Serving recommendations")
    public static class TakesWhateverParses extends RecommendApi {
        @Override
        Optional<Integer> number(String text, int least, int most) {
            try {
                return Optional.of(Integer.parseInt(text)).filter(number -> number >= least && number <= most);
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
    }

    @Misconception(
            believed = "Whoever asks for a million recommendations gets what there is.",
            really = "One address in a browser then costs as much as a thousand customers, and everybody may call it.",
            concept = "Serving recommendations")
    public static class HasNoMost extends RecommendApi {
        @Override
        int most(Limits limits) {
            return 999_999_999;
        }
    }

    @Misconception(
            believed = "The list was made now, so it is fresh.",
            really =
                    "It is as old as what it knows. If the stream has stopped an hour ago, new lists are made from old state every"
                            + " millisecond, and their age says 0 until somebody complains.",
            concept = "Serving recommendations")
    public static class IsFreshBecauseItIsComputed extends RecommendApi {
        @Override
        long age(Ranking ranking, Serving serving) {
            return 0;
        }
    }

    @Misconception(
            believed = "The age is kept with the list.",
            really = "A list gets older while it is kept. A minute later it still claims the age of its first answer.",
            concept = "Serving recommendations")
    public static class KeepsTheAge extends RecommendApi {
        private final Map<Ranking, Long> ages = new HashMap<>();

        @Override
        long age(Ranking ranking, Serving serving) {
            return ages.computeIfAbsent(ranking, any -> super.age(ranking, serving));
        }
    }

    @Misconception(
            believed = "An event is always before now.",
            really =
                    "The clocks of two machines differ, so an event may be ahead. A negative age is below every limit of an alarm, and"
                            + " breaks whoever takes it for a duration.",
            concept = "Event time")
    public static class IsYoungerThanNow extends RecommendApi {
        @Override
        long age(Ranking ranking, Serving serving) {
            return seconds(ranking, serving);
        }
    }

    @Misconception(
            believed = "The version is that of the current model.",
            really =
                    "The list was made with the model of its last event. With the name of another version, an experiment counts its"
                            + " purchases for the wrong model.",
            concept = "Serving recommendations")
    public static class NamesTheCurrentVersion extends RecommendApi {
        @Override
        String version(Ranking ranking, Serving serving) {
            return serving.store().popular().version();
        }
    }

    @Misconception(
            believed = "A list is kept by customer and k.",
            really = "Then the first list is served for ever, after the next purchase and after the next model.",
            concept = "Serving recommendations")
    public static class KeepsForEver extends RecommendApi {
        @Override
        boolean isFrom(Ranking ranking, Kept kept) {
            return true;
        }
    }

    @Misconception(
            believed = "A list changes when the model does.",
            really =
                    "It changes with each purchase, too. Kept until the next night, it shows what the customer has just bought.",
            concept = "Serving recommendations")
    public static class KeepsUntilTheNextModel extends RecommendApi {
        @Override
        boolean isFrom(Ranking ranking, Kept kept) {
            return kept.version().equals(ranking.version());
        }
    }

    @Misconception(
            believed = "A list changes with the events of its customer.",
            really =
                    "It changes with the model, too. A customer without purchases keeps the list of the old version, under the name of"
                            + " the new one.",
            concept = "Serving recommendations")
    public static class KeepsAcrossModels extends RecommendApi {
        @Override
        boolean isFrom(Ranking ranking, Kept kept) {
            return kept.newest().equals(ranking.newest());
        }
    }

    @Misconception(
            believed = "One list for each customer is enough.",
            really = "Whoever asks for ten after somebody has asked for two gets two.",
            concept = "Serving recommendations")
    public static class KeepsOneLength extends RecommendApi {
        @Override
        Key key(int customer, int k, boolean isPersonal) {
            return super.key(customer, 0, isPersonal);
        }
    }

    @Misconception(
            believed = "Each customer has a list of his own.",
            really =
                    "All unknown customers have the same one. Kept once for each number that somebody tries, it is read a million times"
                            + " and fills the memory.",
            concept = "Serving recommendations")
    public static class KeepsAListForEachStranger extends RecommendApi {
        @Override
        Key key(int customer, int k, boolean isPersonal) {
            return super.key(isPersonal ? customer : -1 - customer, k, true);
        }
    }

    @Misconception(
            believed = "Reading is fast enough, so nothing has to be kept.",
            really = "Each request scores all terminals for a list that has not changed since the request before.",
            concept = "Serving recommendations")
    public static class ReadsEachTime extends RecommendApi {
        @Override
        boolean isFrom(Ranking ranking, Kept kept) {
            return false;
        }
    }

    @Misconception(
            believed = "The server's threads limit the work.",
            really =
                    "All of them score terminals then, and none is left for what is kept, for errors or for the health check: one slow"
                            + " path takes the others with it.",
            concept = "Serving recommendations")
    public static class ReadsWithoutALimit extends RecommendApi {
        @Override
        boolean getsPermit(Semaphore permits) {
            return true;
        }
    }

    @Misconception(
            believed = "Whoever gets no permit waits for one.",
            really =
                    "Each waiting request keeps a thread. When there are more requests than permits for a while, all threads wait, and"
                            + " the answers arrive when their clients have given up.",
            concept = "Backpressure and lag")
    public static class WaitsForAPermit extends RecommendApi {
        @Override
        boolean getsPermit(Semaphore permits) {
            permits.acquireUninterruptibly();
            return true;
        }
    }

    @Misconception(
            believed = "The permit is returned after reading.",
            really =
                    "Not if reading throws. Each failure costs a permit, and after the last one every request gets 503 until a restart.",
            concept = "Serving recommendations")
    public static class LosesPermits extends RecommendApi {
        @Override
        Optional<List<Integer>> terminals(Key key, int k, Ranking ranking, Serving serving) {
            try {
                return super.terminals(key, k, ranking, serving);
            } catch (RuntimeException e) {
                serving.permits().tryAcquire();
                throw e;
            }
        }
    }
}
