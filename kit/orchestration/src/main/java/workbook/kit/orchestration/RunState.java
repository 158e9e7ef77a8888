package workbook.kit.orchestration;

import java.util.Locale;

/** The state of a run of a DAG, with Airflow's names. */
public enum RunState {
    /** Waits until fewer runs are active than the DAG allows. */
    QUEUED,
    RUNNING,
    SUCCESS,
    FAILED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
