package workbook.capstone.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SharedFeatureStoreTest {

    private static final EntityKey KEY = EntityKey.customer(7);

    private final BrokenStore broken = new BrokenStore();
    private long now;
    private final SharedFeatureStore shared = new SharedFeatureStore("broken", broken, () -> now);

    @Test
    void aStoreThatDoesNotRespondIsReadOnceASecond() {
        read(50);
        assertThat(broken.reads).isEqualTo(2);

        now += TimeUnit.SECONDS.toNanos(1) - 1;
        read(50);
        assertThat(broken.reads).isEqualTo(2);

        now += 1;
        read(50);
        assertThat(broken.reads).isEqualTo(3);
    }

    @Test
    void aStoreThatRespondsAgainIsReadForEachPayment() {
        read(50);
        broken.failure = null;
        now += TimeUnit.SECONDS.toNanos(1);
        for (int i = 0; i < 50; i++) {
            assertThat(shared.get(KEY)).isPresent();
        }
        assertThat(broken.reads).isEqualTo(52);
    }

    @Test
    void aMistakeOfTheCallerSaysNothingAboutTheStore() {
        broken.failure = new IllegalArgumentException("no such key");
        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(() -> shared.get(KEY)).isSameAs(broken.failure);
        }
        assertThat(broken.reads).isEqualTo(50);
    }

    private void read(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(shared.get(KEY)).isEmpty();
        }
    }

    private static final class BrokenStore implements FeatureStore {

        private RuntimeException failure = new StoreException("The store does not respond.");
        private int reads;

        @Override
        public Result get(EntityKey key) {
            reads++;
            if (failure != null) {
                throw failure;
            }
            return new Result(Optional.empty(), Optional.empty());
        }

        @Override
        public void put(Collection<EntityFeatures> features) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean replace(Optional<EntityFeatures> expected, EntityFeatures features) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void extendCoverage(Coverage coverage) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            // nothing to close
        }
    }
}
