package workbook.kit.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What programs may expect of any schema registry with Confluent's REST API. It runs against the workbook's, or against the
 * one that {@code WORKBOOK_REGISTRY} names. Each test has subjects of its own.
 */
class RegistryContractTest {

    private static final Schema FIRST = payment().requiredLong("id").endRecord();
    private static final Schema WITH_DEFAULT = payment()
            .requiredLong("id")
            .name("amount")
            .type()
            .intType()
            .intDefault(0)
            .endRecord();
    private static final Schema WITHOUT_DEFAULT =
            payment().requiredLong("id").requiredInt("amount").endRecord();
    private static final Schema AS_TEXT = payment()
            .requiredLong("id")
            .name("amount")
            .type()
            .stringType()
            .stringDefault("0")
            .endRecord();

    private static LocalRegistry registry;

    private final String subject = "payments-" + UUID.randomUUID();
    private final RegistryClient client = new RegistryClient(registry.url());

    @BeforeAll
    static void start() {
        registry = LocalRegistry.start();
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @Test
    void aSchemaIsFoundByItsId() {
        int id = client.register(subject, FIRST);
        assertThat(id).isPositive();
        assertThat(client.schema(id)).isEqualTo(FIRST);
        assertThat(client.call("GET", "/subjects").toString()).contains('"' + subject + '"');
    }

    @Test
    void versionsAreNumberedFromOne() {
        client.setLevel(subjectWith(FIRST), CompatibilityLevel.BACKWARD);
        int second = client.register(subject, WITH_DEFAULT);
        assertThat(client.versions(subject)).containsExactly(1, 2);
        JsonNode latest = client.call("GET", "/subjects/" + subject + "/versions/latest");
        assertThat(latest.path("subject").asText()).isEqualTo(subject);
        assertThat(latest.path("version").asInt()).isEqualTo(2);
        assertThat(latest.path("id").asInt()).isEqualTo(second);
        assertThat(latest.path("schema").asText()).isEqualTo(WITH_DEFAULT.toString());
    }

    @Test
    void anIdBelongsToASchemaAndNotToASubject() {
        assertThat(client.register(subject + "-copy", FIRST)).isEqualTo(client.register(subject, FIRST));
    }

    @Test
    void aSchemaThatTheSubjectHasIsNeitherRegisteredAgainNorRefused() {
        client.setLevel(subjectWith(FIRST), CompatibilityLevel.NONE);
        client.register(subject, WITHOUT_DEFAULT);
        client.setLevel(subject, CompatibilityLevel.FULL_TRANSITIVE);
        assertThat(client.register(subject, FIRST)).isEqualTo(client.register(subject, FIRST));
        assertThat(client.versions(subject)).containsExactly(1, 2);
    }

    @Test
    void aSchemaIsLookedUpInItsSubject() {
        int id = client.register(subject, FIRST);
        JsonNode found = client.call("POST", "/subjects/" + subject, Map.of("schema", FIRST.toString()));
        assertThat(found.path("version").asInt()).isEqualTo(1);
        assertThat(found.path("id").asInt()).isEqualTo(id);
    }

    /** The changes: a field more without a default, one with a default, and back to the first schema. */
    @ParameterizedTest
    @CsvSource({
        "NONE,                true,  true,  true",
        "BACKWARD,            false, true,  true",
        "FORWARD,             true,  true,  false",
        "FULL,                false, true,  false",
    })
    void aLevelSaysWhoReadsWhom(CompatibilityLevel level, boolean added, boolean withDefault, boolean removed) {
        client.setLevel(subjectWith(FIRST), level);
        assertThat(isCompatible(subject, WITHOUT_DEFAULT)).isEqualTo(added);
        assertThat(isCompatible(subject, WITH_DEFAULT)).isEqualTo(withDefault);
        String other = subject + "-removed";
        client.register(other, WITHOUT_DEFAULT);
        client.setLevel(other, level);
        assertThat(isCompatible(other, FIRST)).isEqualTo(removed);
    }

    @Test
    void anIncompatibleSchemaIsRefused() {
        client.setLevel(subjectWith(FIRST), CompatibilityLevel.BACKWARD);
        RegistryException refused = error(() -> client.register(subject, WITHOUT_DEFAULT));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(client.versions(subject)).containsExactly(1);
    }

    @Test
    void onlyTransitiveLevelsCompareWithAllVersions() {
        client.setLevel(subjectWith(WITH_DEFAULT), CompatibilityLevel.BACKWARD);
        client.register(subject, FIRST);
        client.setLevel(subject, CompatibilityLevel.BACKWARD_TRANSITIVE);
        assertThat(error(() -> client.register(subject, AS_TEXT)).status()).isEqualTo(409);
        client.setLevel(subject, CompatibilityLevel.BACKWARD);
        client.register(subject, AS_TEXT);
        assertThat(client.versions(subject)).containsExactly(1, 2, 3);
    }

    @Test
    void whatIsUnknownHasACode() {
        assertThat(error(() -> client.versions(subject)).code()).isEqualTo(RegistryException.UNKNOWN_SUBJECT);
        client.register(subject, FIRST);
        assertThat(error(() -> client.call("GET", "/subjects/" + subject + "/versions/7"))
                        .code())
                .isEqualTo(RegistryException.UNKNOWN_VERSION);
        assertThat(error(() -> client.schema(999_999_999)).code()).isEqualTo(RegistryException.UNKNOWN_SCHEMA);
        assertThat(error(() -> client.call(
                                "POST", "/subjects/" + subject, Map.of("schema", WITHOUT_DEFAULT.toString())))
                        .code())
                .isEqualTo(RegistryException.UNKNOWN_SCHEMA);
    }

    @Test
    void whatIsNoSchemaIsRefused() {
        RegistryException refused = error(() ->
                client.call("POST", "/subjects/" + subject + "/versions", Map.of("schema", "{\"type\":\"recor\"}")));
        assertThat(refused.code()).isEqualTo(RegistryException.INVALID_SCHEMA);
        assertThat(refused.status()).isEqualTo(422);
    }

    private String subjectWith(Schema schema) {
        client.register(subject, schema);
        return subject;
    }

    private boolean isCompatible(String name, Schema schema) {
        String path = "/compatibility/subjects/" + name + "/versions/latest";
        return client.call("POST", path, Map.of("schema", schema.toString()))
                .path("is_compatible")
                .asBoolean();
    }

    private static RegistryException error(ThrowingCallable call) {
        return catchThrowableOfType(RegistryException.class, call);
    }

    private static SchemaBuilder.FieldAssembler<Schema> payment() {
        return SchemaBuilder.record("Payment").fields();
    }
}
