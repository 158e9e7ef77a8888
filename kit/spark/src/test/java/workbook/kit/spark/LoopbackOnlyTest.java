package workbook.kit.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LoopbackOnlyTest {

    private static SparkSession spark;
    private static int port;

    @BeforeAll
    static void start() {
        spark = LocalSpark.named("page").ui(true).set("spark.ui.port", "0").start();
        port = URI.create(spark.sparkContext().uiWebUrl().get()).getPort();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void requestsFromThisMachineAreServed() throws Exception {
        assertThat(status("127.0.0.1")).isEqualTo(200);
    }

    @Test
    void requestsFromTheNetworkAreForbidden() throws Exception {
        Optional<InetAddress> network = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst();
        assumeThat(network).as("a network interface").isPresent();
        assertThat(status(network.get().getHostAddress())).isEqualTo(403);
    }

    private static int status(String host) throws IOException, InterruptedException {
        URI page = URI.create("http://" + host + ":" + port + "/api/v1/applications");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
