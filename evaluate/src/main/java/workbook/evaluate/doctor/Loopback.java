package workbook.evaluate.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;

/**
 * Whether programs on this machine can connect to each other.
 *
 * @param error the error of opening a port on 127.0.0.1 and connecting to it; empty if both succeeded
 * @param localhost the addresses of {@code localhost}
 * @param isLoopback whether all of them are loopback addresses
 */
record Loopback(String error, List<String> localhost, boolean isLoopback) implements Observation {

    private static final int LIMIT_MILLIS = 3000;

    static Loopback here() {
        List<InetAddress> addresses = localhostAddresses();
        return new Loopback(
                connect(),
                addresses.stream().map(InetAddress::getHostAddress).toList(),
                !addresses.isEmpty() && addresses.stream().allMatch(InetAddress::isLoopbackAddress));
    }

    private static String connect() {
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
        if (!error.isEmpty()) {
            return Finding.problem(
                    "no connection to 127.0.0.1 (" + error + ")",
                    "Your program connects to broker and engine this way.",
                    "Allow Java to open local ports: check your firewall, security software or sandbox.");
        }
        if (!isLoopback) {
            return Finding.problem(
                    "localhost is " + (localhost.isEmpty() ? "unknown" : String.join(", ", localhost)),
                    "Programs connect to localhost, which must be this machine.",
                    "Add this line to /etc/hosts: 127.0.0.1 localhost");
        }
        return Finding.ok("local ports can be opened; localhost is " + String.join(", ", localhost));
    }
}
