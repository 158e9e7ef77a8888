package workbook.evaluate.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;

/**
 * Whether programs on this machine can talk to each other.
 *
 * @param trouble what came of opening a port on 127.0.0.1 and connecting to it; empty if it went well
 * @param localhost the addresses that {@code localhost} stands for
 * @param isLoopback whether these are all this machine's own
 */
record Loopback(String trouble, List<String> localhost, boolean isLoopback) implements Observation {

    private static final int LIMIT_MILLIS = 3000;

    static Loopback here() {
        List<InetAddress> addresses = localhostAddresses();
        return new Loopback(
                tryOut(),
                addresses.stream().map(InetAddress::getHostAddress).toList(),
                !addresses.isEmpty() && addresses.stream().allMatch(InetAddress::isLoopbackAddress));
    }

    private static String tryOut() {
        try (ServerSocket server = new ServerSocket();
                Socket client = new Socket()) {
            server.bind(new InetSocketAddress("127.0.0.1", 0));
            server.setSoTimeout(LIMIT_MILLIS);
            client.connect(server.getLocalSocketAddress(), LIMIT_MILLIS);
            server.accept().close();
            return "";
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    private static List<InetAddress> localhostAddresses() {
        try {
            return Arrays.asList(InetAddress.getAllByName("localhost"));
        } catch (IOException e) {
            return List.of();
        }
    }

    @Override
    public Finding finding() {
        if (!trouble.isEmpty()) {
            return Finding.needed(
                    "no connection to 127.0.0.1 (" + trouble + ")",
                    "Broker and engine talk to your program that way.",
                    "Let Java open local ports: ask your firewall, security software or sandbox.");
        }
        if (!isLoopback) {
            return Finding.needed(
                    "localhost is " + (localhost.isEmpty() ? "unknown" : String.join(", ", localhost)),
                    "Programs look for each other there, and it has to mean this machine.",
                    "Put this line into /etc/hosts: 127.0.0.1 localhost");
        }
        return Finding.ok("local ports can be opened; localhost is " + String.join(", ", localhost));
    }
}
