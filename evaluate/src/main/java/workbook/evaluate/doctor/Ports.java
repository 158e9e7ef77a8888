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
 * The ports that services in Docker would have. The workbook's own programs take any that is free.
 *
 * @param taken those that somebody has
 */
record Ports(List<Integer> taken) implements Observation {

    private static final Map<Integer, String> NAMES =
            new TreeMap<>(Map.of(6379, "Redis", 8080, "web pages", 9092, "Kafka"));

    static Ports here() {
        return new Ports(NAMES.keySet().stream().filter(Ports::isTaken).toList());
    }

    /** Someone may have it on one address only, and some systems then give away the rest. */
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
                names(taken) + (taken.size() == 1 ? " is taken" : " are taken"),
                "Only 'docker compose up' wants them; the workbook's own programs take any free port.",
                "Who has it? lsof -i :" + taken.get(0));
    }

    private static String names(List<Integer> ports) {
        return ports.stream().map(port -> port + " (" + NAMES.get(port) + ")").collect(Collectors.joining(", "));
    }
}
