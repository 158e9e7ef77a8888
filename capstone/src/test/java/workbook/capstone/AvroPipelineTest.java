package workbook.capstone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.capstone.format.AvroFormat;
import workbook.capstone.format.Encoding;
import workbook.capstone.monitoring.Outcomes;
import workbook.capstone.spark.FeaturesJob;
import workbook.kit.schemas.LocalRegistry;
import workbook.kit.schemas.RegistryClient;

/** The whole pipeline with payments and scores in Avro, while the payments' schema changes. */
class AvroPipelineTest {

    @TempDir
    Path lake;

    @Test
    void bothVersionsAreScoredAndEveryMalformedRecordIsDeadLetteredWithAReason() {
        try (Pipeline pipeline = Pipeline.start(new Pipeline.Settings(
                42,
                2,
                0.1,
                lake,
                FeaturesJob.Variant.PIPELINE,
                true,
                Encoding.AVRO,
                Optional.of(Duration.ofSeconds(2))))) {
            pipeline.run(1_000, Duration.ofSeconds(4), () -> true);
            pipeline.drain(Duration.ofMinutes(2));
            pipeline.finish();

            assertThat(pipeline.payments()).isEqualTo(4_001);
            Map<String, Long> versions = pipeline.schemaVersions().payments();
            assertThat(versions).containsOnlyKeys("version 1", "version 2");
            assertThat(versions.get("version 1") + versions.get("version 2")).isEqualTo(4_001);
            assertThat(versions.get("version 2"))
                    .as("half of the payments of the second half")
                    .isBetween(900L, 1_100L);

            Outcomes outcomes = pipeline.outcomes();
            assertThat(outcomes.scored()).isEqualTo(4_001);
            assertThat(outcomes.refusalsByReason())
                    .isEqualTo(Map.of(
                            "no schema id", 40L,
                            "unknown schema 2147483647", 40L,
                            "schema 2: NAME_MISMATCH at /name", 40L,
                            "not a record of its schema, 1", 120L,
                            "amount: negative", 40L,
                            "amount: above 1000000", 40L,
                            "time: more than a day in the future", 40L,
                            "no value", 40L));
            assertThat(pipeline.rawInLake()).isEqualTo(4_401);
            assertThat(pipeline.scoredInLake()).isEqualTo(4_001);
            assertThat(pipeline.featuresInLake()).isEqualTo(2 * 4_001);
            assertThat(pipeline.ledger())
                    .hasValueSatisfying(counts -> assertThat(counts.rows()).isPositive());
            assertThat(pipeline.updateGoldTables().labelled()).isEqualTo(4_001);
        }
        try (LocalRegistry kept = LocalRegistry.start(lake.resolve("schemas.json"), 0)) {
            assertThat(new RegistryClient(kept.url()).versions(AvroFormat.PAYMENTS))
                    .as("the lake has records as received, and their schemas")
                    .containsExactly(1, 2);
        }
    }
}
