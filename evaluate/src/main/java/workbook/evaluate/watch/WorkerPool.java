package workbook.evaluate.watch;

import java.io.PrintStream;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import workbook.check.process.Limits;
import workbook.check.process.Supervisor;
import workbook.check.process.WorkerJvm;

/**
 * The JVMs that judge, one for each class path that was asked for. A warm one takes half a gigabyte, so not more than two are
 * kept for whoever goes back and forth between two lessons, and only the one in use has another standing by.
 */
final class WorkerPool implements AutoCloseable {

    private static final int MOST = 2;

    private final Map<WorkerJvm, Supervisor> supervisors =
            new LinkedHashMap<>(4, 0.75f, true); // the last used comes last
    private final PrintStream console;

    WorkerPool(PrintStream console) {
        this.console = console;
    }

    /** The one for this class path. One that is new gets warm meanwhile. */
    synchronized Supervisor on(WorkerJvm jvm) {
        Supervisor wanted = supervisors.computeIfAbsent(jvm, this::begin);
        supervisors.values().stream().filter(each -> each != wanted).forEach(Supervisor::stopSpare);
        return wanted;
    }

    private Supervisor begin(WorkerJvm jvm) {
        for (Iterator<Supervisor> oldest = supervisors.values().iterator(); supervisors.size() >= MOST; ) {
            oldest.next().close();
            oldest.remove();
        }
        return Supervisor.start(Limits.defaults(), jvm, console);
    }

    @Override
    public synchronized void close() {
        supervisors.values().forEach(Supervisor::close);
        supervisors.clear();
    }
}
