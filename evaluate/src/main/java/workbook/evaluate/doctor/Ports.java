package workbook.evaluate.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The ports of the services in {@code docker-compose.yml}. The workbook's own programs use any free port.
 *
 * @param taken those that are in use
 */
record Ports(List<Integer> taken) implements Observation {

    private static final Map<Integer, String> NAMES =
            new TreeMap<>(Map.of(6379, "Redis", 8080, "web pages", 9092, "Kafka"));

    static Ports here() {
        return new Ports(NAMES.keySet().stream().filter(Ports::isTaken).toList());
    }

    /** A process may use the port on one address only; some systems then still bind the others. */
    static boolean isTaken(int port) {
        return !canBind(new InetSocketAddress(port))
                || !canBind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static boolean canBind(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public Finding finding() {
        if (taken.isEmpty()) {
            return Finding.ok(names(List.copyOf(NAMES.keySet())) + " are free");
        }
        return Finding.note(
                names(taken) + (taken.size() == 1 ? " is in use" : " are in use"),
                "Only 'docker compose up' needs them; the workbook's own programs use any free port.",
                "Show the process: lsof -i :" + taken.get(0));
    }

    private static String names(List<Integer> ports) {
        return ports.stream().map(port -> port + " (" + NAMES.get(port) + ")").collect(Collectors.joining(", "));
    }
}
