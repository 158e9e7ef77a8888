package workbook.check.script;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static workbook.check.script.Script.row;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random scripts for answers that run by themselves. */
class RandomJobTest {

    @Test
    void theOutputOfTheLastBatchIsCompared() {
        numbers().run(() -> new Summing(0), RandomJobTest::sum);
    }

    @Test
    void aWrongAnswerRunsAgainWithFewerRowsAndANoteAboutThem() {
        assertThatThrownBy(() -> numbers()
                        .note(rows -> rows.size() + " rows are enough")
                        .run(() -> new Summing(1), RandomJobTest::sum))
                .isInstanceOf(Mismatch.class)
                .message()
                .startsWith("random rows, repeat them with -Dseed=7\n\n1 rows are enough\nreduced from 60 rows to 1\n");
    }

    private static RandomScript numbers() {
        return RandomScript.of("n INT")
                .columns("sum")
                .seed(new Seed(7))
                .batches(3, 20, (random, batch) -> row(random.nextInt(100)));
    }

    private static List<ScriptRow> sum(List<ScriptRow> rows) {
        return List.of(row(rows.stream().mapToInt(row -> row.getInt(0)).sum()));
    }

    /** Adds up all rows so far, and a mistake. */
    private static final class Summing implements Job {

        private final List<ScriptRow> all = new ArrayList<>();
        private final int mistake;

        Summing(int mistake) {
            this.mistake = mistake;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            all.addAll(rows);
        }

        @Override
        public void run() {
            IntStream.range(0, mistake).forEach(i -> all.add(row(1)));
        }

        @Override
        public List<ScriptRow> output() {
            return sum(all);
        }
    }
}
