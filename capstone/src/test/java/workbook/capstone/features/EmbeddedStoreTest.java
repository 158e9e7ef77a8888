package workbook.capstone.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedStoreTest extends FeatureStoreContract {

    private static final AtomicInteger NAMES = new AtomicInteger();

    @Override
    FeatureStore empty() {
        return FeatureStore.at("embedded:test-" + NAMES.incrementAndGet());
    }

    @Test
    void theSameUrlInAJvmIsTheSameStore() {
        try (SharedFeatureStore one = SharedFeatureStore.of("embedded:shared");
                SharedFeatureStore another = SharedFeatureStore.of("embedded:another")) {
            assertThat(SharedFeatureStore.of("embedded:shared")).isSameAs(one).isNotSameAs(another);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "embedded:",
                "embedded:a b",
                "redis://localhost",
                "redis://:6379",
                "redis://host:port",
                "redis://host:70000",
                "redis://user:word@host:6379",
                "rediss://host:6379",
                "memcached://host:11211"
            })
    void anInvalidUrlIsRefusedWithTheValidForms(String url) {
        assertThatThrownBy(() -> FeatureStore.at(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Invalid URL of a feature store: '" + url + "'. Use embedded:NAME");
    }
}
