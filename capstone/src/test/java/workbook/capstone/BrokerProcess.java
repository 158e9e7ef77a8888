package workbook.capstone;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import workbook.kit.LocalKafka;

/** A broker in a JVM of its own, so that it can be killed: {@code <folder> <port>}. */
final class BrokerProcess {

    private BrokerProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        LocalKafka.startIn(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        System.out.println("broker: running");
        new CountDownLatch(1).await();
    }
}
