package workbook.recommend;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.DurationConverter;
import workbook.kit.LocalKafka;
import workbook.kit.app.ShutdownHandler;

/** {@code ./jbang recommend serve}: streams payments, serves recommendations, and asks for them. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Streams payments through Kafka Streams, serves recommendations over HTTP, and asks for them.",
        footer = {
            "",
            "A model that ./jbang recommend train publishes meanwhile holds from the next event on.",
            "Exit code: 0 if every event got a list and every request an answer, else 1. Ctrl-C stops early and cleanly."
        })
final class ServeCommand implements Callable<Integer> {

    private static final int USUAL_PORT = 8383;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "how long (default: ${DEFAULT-VALUE})")
    private Duration length;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "50",
            description = "events per second, views and payments (default: ${DEFAULT-VALUE})")
    private double rate;

    @Option(names = "--requests", paramLabel = "N", description = "requests per second (default: 50, with --bench 200)")
    private Double requests;

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description = "the folder of the models (default: .workbook/recommend)")
    private Path models;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "" + USUAL_PORT,
            description = "port of the API; 0 for a free one (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "address of the API (default: ${DEFAULT-VALUE}, reachable from this machine only)")
    private String address;

    @Option(
            names = "--bench",
            description = "publish a model every five seconds, and compare the API with a handler that does nothing")
    private boolean bench;

    @Override
    public Integer call() throws InterruptedException {
        Nights nights = new Nights(models);
        int days = nights.lists(nights.current()).days();
        ShutdownHandler stopping = ShutdownHandler.register();
        System.out.println("Starting Kafka and the stream, with model " + nights.current() + " ...");
        try (LocalKafka kafka = LocalKafka.start();
                ApiServer api = new ApiServer(address, port);
                Service service = Service.start(kafka, nights, api);
                Traffic traffic = new Traffic(kafka, days)) {
            api.add("/nothing", ServeCommand::nothing);
            System.out.println("Serving " + api.uri() + "/recommendations/17?k=5");
            Client client = new Client(api.uri());
            Run run = new Run(service, traffic, client, nights, stopping);
            run.play(rate, requests == null ? (bench ? 200 : 50) : requests, length, bench);
            Summary summary = new Summary(run, bench);
            System.out.print(summary.text());
            return summary.holds() ? 0 : 1;
        }
    }

    /** The least that a handler can do. */
    private static void nothing(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
