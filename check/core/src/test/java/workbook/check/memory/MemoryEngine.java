package workbook.check.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import workbook.check.engine.Engine;
import workbook.check.script.BatchResult;
import workbook.check.script.RunnableAnswer;
import workbook.check.script.Schema;
import workbook.check.script.ScriptRow;
import workbook.check.script.TestDriver;

/** A minimal engine that runs scripts in memory. It proves that the interface does not depend on Spark. */
public final class MemoryEngine implements Engine {

    private static final List<String> CALLS = new ArrayList<>();

    /** An answer that emits rows with these columns. The supplier is called at each start. */
    public static RunnableAnswer onMemory(String columns, Supplier<MemoryQuery> answer) {
        return (script, out) -> {
            out.accept(Schema.of(columns));
            return new MemoryTestDriver(answer);
        };
    }

    /** The calls of the engine so far. */
    static List<String> calls() {
        return CALLS;
    }

    @Override
    public String packageName() {
        return MemoryEngine.class.getPackageName();
    }

    @Override
    public void start() {
        CALLS.add("start");
    }

    @Override
    public void warmUp() {
        CALLS.add("warmUp");
    }

    @Override
    public void stop() {
        CALLS.add("stop");
    }

    /** The engine's own exception. */
    public static final class Full extends RuntimeException {
        public Full(int rows) {
            super(rows + " rows");
        }
    }

    /** Its checkpoint is a copy of the state, made at the end of each batch. */
    private static final class MemoryTestDriver implements TestDriver {

        private final Supplier<MemoryQuery> answer;
        private MemoryQuery query;
        private MemoryQuery.State checkpoint = new MemoryQuery.State();
        private Map<String, List<ScriptRow>> pending = Map.of();
        private long batch;

        MemoryTestDriver(Supplier<MemoryQuery> answer) {
            this.answer = answer;
        }

        @Override
        public void start() {
            query = answer.get();
        }

        @Override
        public void restart() {
            start();
        }

        @Override
        public BatchResult runBatch(Map<String, List<ScriptRow>> rows, Predicate<BatchResult> isExpected) {
            MemoryQuery.State state = checkpoint.copy();
            List<ScriptRow> out = query.process(pending.isEmpty() ? rows : pending, state);
            pending = Map.of();
            checkpoint = state;
            return new BatchResult(
                    out, new BatchResult.Metrics(batch++, state.watermark, state.rows.size(), state.dropped, 0));
        }

        @Override
        public List<ScriptRow> runBatchWithSinkFailure(Map<String, List<ScriptRow>> rows) {
            pending = rows;
            return query.process(rows, checkpoint.copy());
        }

        @Override
        public void close() {
            // no resources to close
        }
    }
}
