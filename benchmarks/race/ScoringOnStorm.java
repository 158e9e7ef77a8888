///usr/bin/env jbang "$0" "$@" ; exit $?
// Storm in `./jbang race`: the job without state.
//JAVA 17+
//SOURCES Start.java
//SOURCES Scoring.java
//SOURCES OnStorm.java
//SOURCES ../../kit/models/src/main/java/workbook/kit/models/*.java
package race;

import org.apache.storm.topology.BasicOutputCollector;
import org.apache.storm.topology.OutputFieldsDeclarer;
import org.apache.storm.topology.TopologyBuilder;
import org.apache.storm.topology.base.BaseBasicBolt;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Tuple;
import org.apache.storm.tuple.Values;

class ScoringOnStorm {

    public static void main(String[] args) throws Exception {
        Start start = Start.of(args);
        TopologyBuilder topology = new TopologyBuilder();
        topology.setSpout(
                "payments", OnStorm.payments(start, record -> new Values(record.value()), new Fields("payment")));
        topology.setBolt("results", new Score(), 2).shuffleGrouping("payments");
        OnStorm.run(start, topology, tuple -> tuple.getString(0));
    }

    /** Storm anchors what it emits, and acks. */
    private static final class Score extends BaseBasicBolt {

        @Override
        public void execute(Tuple payment, BasicOutputCollector collector) {
            collector.emit(new Values(Scoring.score(payment.getString(0))));
        }

        @Override
        public void declareOutputFields(OutputFieldsDeclarer declarer) {
            declarer.declare(new Fields("score"));
        }
    }
}
