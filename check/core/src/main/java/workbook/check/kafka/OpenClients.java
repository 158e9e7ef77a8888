package workbook.check.kafka;

import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import workbook.check.script.SneakyThrow;

/** The Kafka consumers and producers of this JVM that are open. Each has an MBean until it is closed. */
public final class OpenClients {

    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    private OpenClients() {}

    /**
     * Runs a call, and passes on what it throws.
     *
     * @throws AssertionError if the call returns, and a client that it has created is still open
     */
    public static void expectNoneAfter(Runnable call) {
        Set<String> before = names();
        call.run();
        Set<String> left = names();
        left.removeAll(before);
        if (!left.isEmpty()) {
            throw new AssertionError("The method has returned, and left a client open: " + String.join(", ", left)
                    + ". It keeps its connections and buffers until it is closed.");
        }
    }

    /** The names of the open clients, such as {@code consumer-audit-1}. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>();
        Stream.of("kafka.consumer", "kafka.producer")
                .flatMap(domain -> BEANS.queryNames(pattern(domain), null).stream())
                .forEach(bean -> names.add(bean.getKeyProperty("id")));
        return names;
    }

    private static ObjectName pattern(String domain) {
        try {
            return new ObjectName(domain + ":type=app-info,id=*");
        } catch (MalformedObjectNameException e) {
            throw SneakyThrow.of(e);
        }
    }
}
