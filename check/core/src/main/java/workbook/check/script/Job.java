package workbook.check.script;

import java.util.List;

/**
 * An answer that runs by itself: a program that starts its own query, or a Kafka client. For each batch, the
 * {@link Script} adds the input, runs the job to its end and reads the output.
 */
public interface Job {

    /** Adds the rows of a batch, with the columns of the script's input, to the job's source. There may be none. */
    void addInput(List<ScriptRow> rows) throws Exception;

    /** Runs the answer to its end. */
    void run() throws Exception;

    /** All output so far. Rows with a schema may have their columns in any order. */
    List<ScriptRow> output() throws Exception;
}
