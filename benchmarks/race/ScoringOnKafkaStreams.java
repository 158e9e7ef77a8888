///usr/bin/env jbang "$0" "$@" ; exit $?
// Kafka Streams in `./jbang race`: the job without state.
//JAVA 17+
//SOURCES Start.java
//SOURCES Scoring.java
//SOURCES OnKafkaStreams.java
//SOURCES ../../kit/models/src/main/java/workbook/kit/models/*.java
package race;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

class ScoringOnKafkaStreams {

    public static void main(String[] args) throws Exception {
        Start start = Start.of(args);
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(start.payments(), Consumed.with(Serdes.String(), Serdes.String()))
                .mapValues(Scoring::score)
                .to(start.results(), Produced.with(Serdes.String(), Serdes.String()));
        OnKafkaStreams.run(start, builder);
    }
}
