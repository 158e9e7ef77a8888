package workbook.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.sql.internal.SQLConf;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import workbook.check.catalog.Workspace;
import workbook.check.docs.Page;

/** Spark has every property that the pages of lesson 10 name: it ignores a misspelt one without a word. */
class SparkPropertiesTest {

    private static final List<String> PAGES = List.of("README.md", "one-job-four-submits.md");
    private static final Pattern PROPERTY = Pattern.compile("\\bspark\\.[a-zA-Z0-9]+(?:\\.[a-zA-Z0-9]+)+\\b(?![/(])");

    /** An entry is registered when the object that defines it is initialized. */
    private static final List<String> REGISTRIES = List.of(
            "org.apache.spark.internal.config.package$",
            "org.apache.spark.internal.config.Kryo$",
            "org.apache.spark.internal.config.Python$",
            "org.apache.spark.internal.config.UI$",
            "org.apache.spark.internal.config.Tests$",
            "org.apache.spark.sql.internal.SQLConf$",
            "org.apache.spark.sql.internal.StaticSQLConf$",
            "org.apache.spark.deploy.k8s.Config$");

    @BeforeAll
    static void registerTheEntries() throws ClassNotFoundException {
        for (String registry : REGISTRIES) {
            Class.forName(registry);
        }
    }

    @Test
    void sparkHasEveryPropertyOfThePages() {
        assertThat(properties()).hasSizeGreaterThan(10).allMatch(SparkPropertiesTest::isKnown);
    }

    @Test
    void aMisspeltPropertyIsNoticed() {
        assertThat(isKnown("spark.executor.memoryOverheadFactor")).isTrue();
        assertThat(isKnown("spark.kubernetes.container.image")).isTrue();
        assertThat(isKnown("spark.executor.memoryOverHeadFactor")).isFalse();
        assertThat(isKnown("spark.kubernetes.container.images")).isFalse();
    }

    private static List<String> properties() {
        return PAGES.stream()
                .map(page -> Workspace.current()
                        .home()
                        .resolve("lessons/10-performance")
                        .resolve(page))
                .flatMap(page -> named(Page.read(page).text()))
                .distinct()
                .toList();
    }

    private static Stream<String> named(String text) {
        return PROPERTY.matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(name -> !name.startsWith("spark.apache."));
    }

    private static boolean isKnown(String property) {
        return ConfigEntry.findEntry(property) != null || SQLConf.isStaticConfigKey(property);
    }
}
