package workbook.check.script;

import java.util.List;

/**
 * An answer that runs by itself, as a {@link Script} meets it: a program that starts its own query, a Kafka client. The
 * script puts the rows of a batch where the job finds them, lets it run to its end, and looks at what is there then.
 */
public interface Job {

    /** Puts the rows of a batch, in the columns of the script's input, where the job finds them. May get none. */
    void addInput(List<ScriptRow> rows) throws Exception;

    /** Lets the answer run, to its end. */
    void run() throws Exception;

    /** All there is to see afterwards. Rows that know their columns may have them in any order. */
    List<ScriptRow> output() throws Exception;
}
