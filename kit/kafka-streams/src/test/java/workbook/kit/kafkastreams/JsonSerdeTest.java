package workbook.kit.kafkastreams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class JsonSerdeTest {

    private record Item(int terminal, Instant time) {}

    private record Basket(long id, String name, List<Item> items, Map<Integer, double[]> vectors) {}

    private final Serde<Item> items = JsonSerde.of(Item.class);

    @Test
    void aRecordIsAnObjectWithATextForATime() {
        Item item = new Item(7, Instant.parse("2026-01-01T09:00:00.001Z"));
        byte[] bytes = items.serializer().serialize("topic", item);
        assertThat(new String(bytes, UTF_8)).isEqualTo("{\"terminal\":7,\"time\":\"2026-01-01T09:00:00.001Z\"}");
        assertThat(items.deserializer().deserialize("topic", bytes)).isEqualTo(item);
    }

    @Test
    void recordsAndMapsMayBeInside() {
        Serde<Basket> serde = JsonSerde.of(Basket.class);
        Basket basket = new Basket(1, null, List.of(new Item(7, Instant.EPOCH)), Map.of(3, new double[] {0.1}));
        Basket read =
                serde.deserializer().deserialize("topic", serde.serializer().serialize("topic", basket));
        assertThat(read.items()).isEqualTo(basket.items());
        assertThat(read.name()).isNull();
        assertThat(read.vectors().get(3)).containsExactly(0.1);
    }

    @Test
    void nullStaysNull() {
        assertThat(items.serializer().serialize("topic", null)).isNull();
        assertThat(items.deserializer().deserialize("topic", null)).isNull();
    }

    @Test
    void somethingElseIsRefused() {
        assertThatThrownBy(() -> items.deserializer().deserialize("topic", "{\"terminal\":true}".getBytes(UTF_8)))
                .isInstanceOf(SerializationException.class)
                .hasMessageStartingWith("Not a Item in JSON: ");
    }
}
