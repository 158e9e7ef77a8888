package workbook.capstone.features;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A feature store in Redis, shared by all processes of a pipeline. Each pipeline needs its own database.
 *
 * <p>Keys:
 * <ul>
 * <li>{@code features:customer:NUMBER} and {@code features:terminal:NUMBER}, a string, as {@link EntityFeaturesText}
 *     writes it;
 * <li>{@code features:coverage}, a hash of {@code query}, {@code since} and {@code until}.
 * </ul>
 * Times are microseconds since 1970. A key expires {@value #DAYS_KEPT} days after its last write, when the longest
 * window has passed.
 */
final class RedisStore implements FeatureStore {

    private static final Pattern URL = Pattern.compile("redis://([^\\s:/@]+):(\\d{1,5})(?:/(\\d{1,4}))?");

    private static final int MAX_PORT = 65_535;

    private static final String PREFIX = "features:";
    private static final String COVERAGE = PREFIX + "coverage";
    private static final int DAYS_KEPT = 40;
    private static final String SECONDS_KEPT =
            Long.toString(Duration.ofDays(DAYS_KEPT).toSeconds());

    private static final String VERSION_LENGTH = Integer.toString(EntityFeaturesText.VERSION_LENGTH);

    /** The read timeout; a payment waits at most this long, or twice as long if a connection must be opened. */
    private static final int READ_MILLIS = 40;

    private static final int WRITE_MILLIS = 5_000;
    /** The number of pipelined commands, limited to keep buffers small. */
    private static final int AT_ONCE = 1_000;

    /** Redis runs a script atomically: compare and set are one step. */
    private static final String PUT = """
            local known, length = redis.call('GET', KEYS[1]), tonumber(ARGV[3])
            if not known or string.sub(known, 1, length) < string.sub(ARGV[1], 1, length) then
              redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
            end
            """;

    private static final String REPLACE = """
            if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
            redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
            return 1
            """;

    private static final String COVER = """
            local query, since, untilNow = ARGV[1], ARGV[2], ARGV[3]
            local known = redis.call('HMGET', KEYS[1], 'query', 'since', 'until')
            if known[1] == query then
              since = known[2]
              if tonumber(known[3]) > tonumber(untilNow) then untilNow = known[3] end
            end
            redis.call('HSET', KEYS[1], 'query', query, 'since', since, 'until', untilNow)
            redis.call('EXPIRE', KEYS[1], ARGV[4])
            """;

    private final String url;
    private final RedisClient reading;
    private final RedisClient writing;

    private RedisStore(String url, String host, int port, int database) {
        this.url = url;
        this.reading = client(host, port, database, READ_MILLIS, new ConnectionPoolConfig());
        ConnectionPoolConfig tested = new ConnectionPoolConfig();
        tested.setTestOnBorrow(true); // Redis may have been restarted between two batches
        this.writing = client(host, port, database, WRITE_MILLIS, tested);
    }

    /** Returns a store if this is a URL of Redis. */
    static Optional<FeatureStore> at(String url) {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(matcher.group(2));
        int database = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        return port > MAX_PORT ? Optional.empty() : Optional.of(new RedisStore(url, matcher.group(1), port, database));
    }

    private static RedisClient client(String host, int port, int database, int millis, ConnectionPoolConfig pool) {
        pool.setMaxWait(Duration.ofMillis(millis));
        return RedisClient.builder()
                .hostAndPort(host, port)
                .clientConfig(DefaultJedisClientConfig.builder()
                        .timeoutMillis(millis)
                        .database(database)
                        .build())
                .poolConfig(pool)
                .build();
    }

    @Override
    public Result get(EntityKey key) {
        return pipelined(reading, pipeline -> {
            Response<String> features = pipeline.get(name(key));
            Response<List<String>> coverage = pipeline.hmget(COVERAGE, "query", "since", "until");
            pipeline.sync();
            return new Result(
                    Optional.ofNullable(features.get()).map(text -> EntityFeaturesText.read(key, text)),
                    coverage(coverage.get()));
        });
    }

    @Override
    public void put(Collection<EntityFeatures> features) {
        List<EntityFeatures> all = List.copyOf(features);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<EntityFeatures> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
            pipelined(writing, pipeline -> {
                List<Response<Object>> answers = some.stream()
                        .map(one -> pipeline.eval(
                                PUT,
                                List.of(name(one.key())),
                                List.of(EntityFeaturesText.write(one), SECONDS_KEPT, VERSION_LENGTH)))
                        .toList();
                pipeline.sync();
                answers.forEach(Response::get); // throws if Redis refused the command
                return answers.size();
            });
        }
    }

    @Override
    public boolean replace(Optional<EntityFeatures> expected, EntityFeatures features) {
        List<String> values = List.of(
                expected.map(EntityFeaturesText::write).orElse(""), EntityFeaturesText.write(features), SECONDS_KEPT);
        return pipelined(writing, pipeline -> {
            Response<Object> written = pipeline.eval(REPLACE, List.of(name(features.key())), values);
            pipeline.sync();
            return written.get().equals(1L);
        });
    }

    @Override
    public void extendCoverage(Coverage coverage) {
        List<String> values = List.of(
                coverage.query(),
                EntityFeaturesText.micros(coverage.since()),
                EntityFeaturesText.micros(coverage.until()),
                SECONDS_KEPT);
        pipelined(writing, pipeline -> {
            Response<Object> answer = pipeline.eval(COVER, List.of(COVERAGE), values);
            pipeline.sync();
            return answer.get() == null;
        });
    }

    @Override
    public void close() {
        reading.close();
        writing.close();
    }

    private <T> T pipelined(RedisClient client, Function<Pipeline, T> commands) {
        try (Pipeline pipeline = client.pipelined()) {
            return commands.apply(pipeline);
        } catch (JedisException e) {
            client.getPool().clear(); // other pooled connections go to the same, perhaps stopped, Redis
            throw new StoreException(
                    "The feature store " + url + " does not respond (" + e.getMessage() + "). Is Redis running there?");
        }
    }

    private static String name(EntityKey key) {
        return PREFIX + key.kind() + ":" + key.number();
    }

    private static Optional<Coverage> coverage(List<String> fields) {
        return fields.get(0) == null
                ? Optional.empty()
                : Optional.of(new Coverage(
                        fields.get(0), EntityFeaturesText.time(fields.get(1)), EntityFeaturesText.time(fields.get(2))));
    }
}
