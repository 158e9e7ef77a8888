//DEPS io.moquette:moquette-broker:0.17@fatjar
//DEPS io.netty:netty-codec-mqtt:4.2.13.Final
//DEPS io.netty:netty-codec-http:4.2.13.Final
package lesson13;

import io.moquette.broker.ClientDescriptor;
import io.moquette.broker.Server;
import io.moquette.broker.config.IConfig;
import io.moquette.broker.config.MemoryConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import workbook.kit.Scratch;

/** Moquette, a broker of MQTT 3.1.1, in this JVM. It listens on a free loopback port and keeps its sessions in memory. */
final class LocalMqttBroker implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 30;

    private final Server server = new Server();
    private final String host;

    private LocalMqttBroker(String host) {
        this.host = host;
    }

    /** Starts a broker on the address {@code ::1}, or on 127.0.0.1 where there is no IPv6. */
    static LocalMqttBroker start() throws IOException {
        LocalMqttBroker broker = new LocalMqttBroker(hasIpv6() ? "::1" : "127.0.0.1");
        if (broker.host.equals("127.0.0.1")) {
            System.err.println("This machine has no IPv6: the broker listens on 127.0.0.1.");
        }
        Properties settings = new Properties();
        settings.put(IConfig.HOST_PROPERTY_NAME, broker.host);
        settings.put(IConfig.PORT_PROPERTY_NAME, "0");
        settings.put(IConfig.PERSISTENCE_ENABLED_PROPERTY_NAME, "false");
        settings.put(IConfig.DATA_PATH_PROPERTY_NAME, Scratch.folder("mqtt-").toString());
        settings.put(IConfig.ENABLE_TELEMETRY_NAME, "false"); // it would report this machine to Moquette's authors
        broker.server.startServer(new MemoryConfig(settings));
        return broker;
    }

    private static boolean hasIpv6() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** The address as it is written in a URI: one of IPv6 stands in brackets. */
    String host() {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /** The address for clients, such as {@code tcp://[::1]:40123}. */
    String uri() {
        return "tcp://" + host() + ":" + server.getPort();
    }

    /** Returns when the broker has noticed that a client is gone. */
    void awaitGone(String clientId) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (server.listConnectedClients().stream()
                .map(ClientDescriptor::getClientID)
                .anyMatch(clientId::equals)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("The broker still has a connection to " + clientId);
            }
            Thread.sleep(5);
        }
    }

    @Override
    public void close() {
        server.stopServer();
    }
}
