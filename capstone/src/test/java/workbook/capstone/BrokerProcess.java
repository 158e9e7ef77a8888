package workbook.capstone;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import workbook.kit.LocalKafka;

/** A broker in its own JVM, so that it can be killed: {@code <folder> <port>}. */
final class BrokerProcess {

    private BrokerProcess() {}

    /** Starts a broker. It prints {@code "broker: running"}. */
    static ChildJvm start(Path folder, int port) {
        return ChildJvm.start(
                folder,
                Map.of(),
                BrokerProcess.class.getName(),
                folder.resolve("kafka").toString(),
                Integer.toString(port));
    }

    public static void main(String[] arguments) throws InterruptedException {
        LocalKafka.startIn(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        System.out.println("broker: running");
        new CountDownLatch(1).await();
    }
}
