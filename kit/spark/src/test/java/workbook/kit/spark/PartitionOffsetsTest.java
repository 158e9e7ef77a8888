package workbook.kit.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartitionOffsetsTest {

    @Test
    void offsetsAreSubtractedPartitionByPartition() {
        assertThat(PartitionOffsets.between("{\"payments\":{\"1\":5,\"0\":20}}", "{\"payments\":{\"0\":40,\"1\":10}}"))
                .isEqualTo("20+5");
    }

    @Test
    void withoutAnEarlierPointATopicCountsFromItsBeginning() {
        assertThat(PartitionOffsets.between(null, "{\"payments\":{\"10\":3,\"2\":7}}"))
                .isEqualTo("7+3");
    }
}
