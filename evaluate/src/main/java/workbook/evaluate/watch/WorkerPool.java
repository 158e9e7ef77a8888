package workbook.evaluate.watch;

import java.io.PrintStream;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import workbook.check.process.Limits;
import workbook.check.process.Supervisor;
import workbook.check.process.WorkerJvm;

/**
 * Keeps a supervisor with a warm JVM for each of the two class paths used last, for a learner who switches between
 * lessons. A warm JVM takes half a gigabyte, so only the one in use has a spare JVM.
 */
final class WorkerPool implements AutoCloseable {

    private static final int SIZE = 2;

    private final Map<WorkerJvm, Supervisor> supervisors = new LinkedHashMap<>(4, 0.75f, true); // in access order
    private final PrintStream console;

    WorkerPool(PrintStream console) {
        this.console = console;
    }

    /** Returns the supervisor for this class path; a new one warms up in the background. */
    synchronized Supervisor on(WorkerJvm jvm) {
        if (!supervisors.containsKey(jvm)) {
            closeOldest();
            supervisors.put(jvm, Supervisor.start(Limits.defaults(), jvm, console));
        }
        Supervisor selected = supervisors.get(jvm);
        supervisors.values().stream().filter(each -> each != selected).forEach(Supervisor::stopSpare);
        return selected;
    }

    /** Makes room for one more. */
    private void closeOldest() {
        for (Iterator<Supervisor> oldest = supervisors.values().iterator(); supervisors.size() >= SIZE; ) {
            oldest.next().close();
            oldest.remove();
        }
    }

    @Override
    public synchronized void close() {
        supervisors.values().forEach(Supervisor::close);
        supervisors.clear();
    }
}
