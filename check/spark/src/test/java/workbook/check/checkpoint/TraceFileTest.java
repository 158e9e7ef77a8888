package workbook.check.checkpoint;

import static workbook.check.script.Script.row;
import static workbook.check.spark.SparkAnswers.onSpark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.check.catalog.Exercise;
import workbook.check.script.Recorder;
import workbook.check.script.Script;
import workbook.check.spark.Golden;

class TraceFileTest {

    @Test
    void theFileMatchesItsSchema(@TempDir Path folder) throws IOException {
        TraceFile file = new TraceFile(folder.resolve("traces"), new Exercise("lesson00.Echo"));
        Script script = Script.of("n INT, at TIMESTAMP, money DECIMAL(10,2), all ARRAY<INT>")
                .columns("n", "at", "money", "s")
                .batch(row(1, "10:05", "2.50", null), row(null, null, null, null))
                .emits(row(1, "10:05", 2.5, row("x", "10:05")), row(null, null, null, row("x", null)))
                .restart();
        file.add(
                "rows are emitted",
                Recorder.record(
                        () -> script.run(onSpark(in -> in.selectExpr("n", "at", "money", "struct('x', at) AS s")))));
        file.add(
                "one fails",
                Recorder.record(() -> script.run(onSpark(in -> in.selectExpr("n", "at", "1 / 0 AS money", "1 AS s")))));

        String json = Files.readString(folder.resolve("traces/00-Echo.json"));
        Golden.assertText("traces.json", json.replaceAll("\"millis\" : [1-9]\\d*", "\"millis\" : 1") + "\n");
    }
}
