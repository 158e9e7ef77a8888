package workbook.capstone.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PositionsTest {

    @Test
    void areWrittenAsStartingOffsetsOfSpark() {
        Positions positions = new Positions(Map.of(
                new TopicPartition("payments", 1), 23L,
                new TopicPartition("scores", 0), 5L,
                new TopicPartition("payments", 0), 17L));
        assertThat(positions.toJson()).isEqualTo("{\"payments\":{\"0\":17,\"1\":23},\"scores\":{\"0\":5}}");
        assertThat(positions.of("payments").toJson()).isEqualTo("{\"payments\":{\"0\":17,\"1\":23}}");
        assertThat(positions.of("payments").partitions()).isEqualTo(2);
    }
}
