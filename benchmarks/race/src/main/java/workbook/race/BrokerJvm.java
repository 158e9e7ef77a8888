package workbook.race;

import java.io.IOException;
import workbook.kit.LocalKafka;

/** The broker of the race, in a JVM of its own. */
final class BrokerJvm {

    private BrokerJvm() {}

    /** Starts a broker, tells its address, and stops it when standard input ends. */
    public static void main(String[] args) throws IOException {
        try (LocalKafka kafka = LocalKafka.start()) {
            System.out.println("BROKER " + kafka.bootstrapServers());
            while (System.in.read() >= 0) {}
        }
        System.exit(0);
    }
}
