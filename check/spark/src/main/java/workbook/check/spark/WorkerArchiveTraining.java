package workbook.check.spark;

import static workbook.check.script.Script.at;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.checkpoint.CheckpointRunner;
import workbook.check.engine.Engines;
import workbook.check.kafka.KafkaTopic;
import workbook.check.verdict.CheckResult;
import workbook.check.verdict.Verdict;
import workbook.kit.ClassArchiveBuilder;

/** Loads the classes of a worker for {@link ClassArchiveBuilder}: runs a checkpoint with a script and a topic. */
public final class WorkerArchiveTraining {

    private WorkerArchiveTraining() {}

    /** Runs the checkpoint and returns. */
    public static void main(String[] args) {
        CheckResult result = CheckpointRunner.run(Steps.class, NothingElse.class); // a subclass writes no trace file
        Engines.stop();
        if (result.verdict() != Verdict.SOLVED) {
            throw new IllegalStateException(result.toString());
        }
    }

    /** The exercise. */
    public static class Nothing {}

    /** The subclass that is checked in its place. */
    public static final class NothingElse extends Nothing {}

    @Checkpoint(Nothing.class)
    static final class Steps {

        @Test
        @Order(1)
        void aScript(Nothing answer) {
            WarmUp.run();
        }

        @Test
        @Order(2)
        void aTopic(Nothing answer) {
            KafkaTopic topic = KafkaTopic.create(1);
            topic.send(topic.record(0, "7", "sent", at("09:00")));
            topic.sendAndCommit(topic.record("7", "committed"));
            topic.records();
            topic.committed("nobody");
        }
    }
}
