package workbook.kit.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the workbook's registry does as Confluent's does it, and others do not: codes, and one text for one schema. */
class LocalRegistryTest {

    private static final LocalRegistry REGISTRY = LocalRegistry.start("");
    private static final String SCHEMA = "{\"type\":\"record\",\"name\":\"Payment\",\"fields\":[%s]}";
    private static final String ID = "{\"name\":\"id\",\"type\":\"long\"}";
    private static final String AMOUNT = "{\"name\":\"amount\",\"type\":\"int\"}";

    private final RegistryClient client = new RegistryClient(REGISTRY.url());

    @AfterAll
    static void stop() {
        REGISTRY.close();
    }

    @Test
    void blanksAndTheOrderOfAttributesMakeNoNewVersion() {
        int id = register("blanks", SCHEMA.formatted(ID));
        assertThat(register("blanks", "{ \"name\": \"Payment\", \"type\": \"record\", \"fields\": [" + ID + "] }"))
                .isEqualTo(id);
        assertThat(register(
                        "blanks",
                        "{\"doc\":\"a payment\"," + SCHEMA.formatted(ID).substring(1)))
                .isNotEqualTo(id);
        assertThat(client.versions("blanks")).containsExactly(1, 2);
    }

    @Test
    void theDefaultIsBackward() {
        assertThat(client.call("GET", "/config").path("compatibilityLevel").asText())
                .isEqualTo("BACKWARD");
        register("default", SCHEMA.formatted(ID));
        RegistryException refused = code(() -> register("default", SCHEMA.formatted(ID + "," + AMOUNT)));
        assertThat(refused.code()).isEqualTo(RegistryException.INCOMPATIBLE);
        assertThat(refused)
                .hasMessage("it cannot read version 1: READER_FIELD_MISSING_DEFAULT_VALUE at /fields/1, amount");
    }

    @Test
    void aLevelOfASubjectReplacesTheDefault() {
        assertThat(code(() -> client.call("GET", "/config/level")).code()).isEqualTo(RegistryException.NO_LEVEL);
        assertThat(client.call("GET", "/config/level?defaultToGlobal=true")
                        .path("compatibilityLevel")
                        .asText())
                .isEqualTo("BACKWARD");
        client.setLevel("level", CompatibilityLevel.FULL);
        assertThat(client.call("GET", "/config/level")
                        .path("compatibilityLevel")
                        .asText())
                .isEqualTo("FULL");
    }

    @Test
    void aRequestThatMakesNoSenseHasACode() {
        register("codes", SCHEMA.formatted(ID));
        for (String version : List.of("0", "-1", "x", "1x", "99999999999")) {
            assertThat(code(() -> client.call("GET", "/subjects/codes/versions/" + version))
                            .code())
                    .as(version)
                    .isEqualTo(RegistryException.INVALID_VERSION);
        }
        assertThat(code(() -> client.call("PUT", "/config/codes", Map.of("compatibility", "SIDEWAYS")))
                        .code())
                .isEqualTo(RegistryException.INVALID_LEVEL);
        assertThat(code(() -> client.call(
                                "POST", "/subjects/codes/versions", Map.of("schema", "", "schemaType", "PROTOBUF")))
                        .code())
                .isEqualTo(RegistryException.INVALID_SCHEMA);
        assertThat(code(() -> client.call(
                                "POST",
                                "/compatibility/subjects/none/versions/latest",
                                Map.of("schema", SCHEMA.formatted(ID))))
                        .code())
                .isEqualTo(RegistryException.UNKNOWN_SUBJECT);
        assertThat(code(() -> client.call("POST", "/subjects/codes/versions")).code())
                .isEqualTo(RegistryException.INVALID_SCHEMA);
        assertThat(code(() -> client.call("DELETE", "/subjects/codes")).code()).isEqualTo(404);
        assertThat(code(() -> client.call("GET", "/schemas/ids/x")).code()).isEqualTo(404);
    }

    @Test
    void aVerboseCheckSaysWhy() {
        register("verbose", SCHEMA.formatted(ID));
        String path = "/compatibility/subjects/verbose/versions";
        var proposed = Map.of("schema", SCHEMA.formatted(ID + "," + AMOUNT));
        assertThat(client.call("POST", path + "/1?verbose=true", proposed)
                        .path("messages")
                        .get(0)
                        .asText())
                .contains("READER_FIELD_MISSING_DEFAULT_VALUE");
        assertThat(client.call("POST", path, proposed).path("is_compatible").asBoolean(true))
                .isFalse();
    }

    @Test
    void aSubjectMayHaveBlanks() {
        register("my payments/v1", SCHEMA.formatted(ID));
        assertThat(client.versions("my payments/v1")).containsExactly(1);
    }

    /** A broken record may name any id. */
    @Test
    void anyNumberMayBeAskedForAsAnId() {
        for (String id : List.of("-2147483648", "-1", "0", "2147483647", "4294967297")) {
            assertThat(code(() -> client.call("GET", "/schemas/ids/" + id)).code())
                    .as(id)
                    .isEqualTo(RegistryException.UNKNOWN_SCHEMA);
        }
    }

    @Test
    void aFileKeepsIdsVersionsAndLevels(@TempDir Path folder) {
        Path file = folder.resolve("new/schemas.json");
        int id;
        try (LocalRegistry first = LocalRegistry.start(file, 0)) {
            RegistryClient writer = new RegistryClient(first.url());
            writer.register("other", SCHEMA.formatted(AMOUNT));
            id = writer.register("kept", SCHEMA.formatted(ID));
            writer.setLevel("kept", CompatibilityLevel.NONE);
            assertThat(writer.register("kept", SCHEMA.formatted(ID + "," + AMOUNT)))
                    .isEqualTo(id + 1);
        }
        try (LocalRegistry second = LocalRegistry.start(file, 0)) {
            RegistryClient reader = new RegistryClient(second.url());
            assertThat(reader.schema(id).getFields()).hasSize(1);
            assertThat(reader.versions("kept")).containsExactly(1, 2);
            assertThat(reader.version("kept", reader.schema(id + 1))).isEqualTo(2);
            assertThat(reader.register("kept", SCHEMA.formatted(AMOUNT))) // BACKWARD would refuse it
                    .isEqualTo(1);
        }
    }

    @Test
    void aSchemaThatCannotBeKeptHasNoId(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("schemas.json");
        try (LocalRegistry registry = LocalRegistry.start(file, 0)) {
            RegistryClient writer = new RegistryClient(registry.url());
            Files.createDirectories(file.resolve("in the way"));
            RegistryException refused = code(() -> writer.register("lost", SCHEMA.formatted(ID)));
            assertThat(refused.status()).isEqualTo(500);
            assertThat(refused).hasMessageContaining("The schemas cannot be written to " + file);
            assertThat(code(() -> writer.schema(1)).code()).isEqualTo(RegistryException.UNKNOWN_SCHEMA);
        }
    }

    @Test
    void aPortInUseIsExplained(@TempDir Path folder) {
        int port = URI.create(REGISTRY.url()).getPort();
        assertThatThrownBy(() -> LocalRegistry.start(folder.resolve("schemas.json"), port))
                .hasMessageStartingWith("The schema registry cannot listen on port " + port)
                .hasMessageEndingWith("WORKBOOK_REGISTRY=http://127.0.0.1:" + port);
    }

    @Test
    void aRegistryThatDoesNotAnswerIsNamed() {
        for (String url : List.of("http://127.0.0.1:1", "nonsense", REGISTRY.url() + "/elsewhere")) {
            assertThatThrownBy(() -> LocalRegistry.start(url))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("No schema registry answers at " + url + " (WORKBOOK_REGISTRY). Start it, correct the"
                            + " URL, or unset WORKBOOK_REGISTRY to use a registry in this JVM.");
        }
        assertThat(LocalRegistry.start(REGISTRY.url() + "/").url()).isEqualTo(REGISTRY.url());
    }

    private int register(String subject, String schema) {
        return client.register(subject, schema);
    }

    private static RegistryException code(ThrowingCallable call) {
        return catchThrowableOfType(RegistryException.class, call);
    }
}
