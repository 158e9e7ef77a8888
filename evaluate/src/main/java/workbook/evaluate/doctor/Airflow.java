package workbook.evaluate.doctor;

import java.nio.file.Path;
import java.util.Optional;
import workbook.evaluate.airflow.AirflowFolder;
import workbook.evaluate.airflow.Python;

/**
 * Airflow, which is optional, and the Python that it needs.
 *
 * @param version the installed version; empty if there is none
 * @param python a Python that it can be installed for
 */
record Airflow(Optional<String> version, Optional<Python> python) implements Observation {

    private static final String USE = "Only the two exercises in Python and the DAGs of lesson 11 need it.";

    static Airflow of(Path home) {
        return new Airflow(new AirflowFolder(home).installedVersion(), Python.find(home));
    }

    @Override
    public Finding finding() {
        return version.map(number -> Finding.ok(number + " in .workbook/airflow"))
                .or(() -> python.map(found -> Finding.note(
                        "not installed; Python " + found.version() + " is there", USE, "./jbang airflow install")))
                .orElseGet(() -> Finding.note("not installed, and no Python 3.10 or newer", USE, Python.INSTALL));
    }
}
