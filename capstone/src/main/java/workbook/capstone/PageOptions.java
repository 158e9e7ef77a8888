package workbook.capstone;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import workbook.capstone.monitoring.ModelMonitoring;
import workbook.capstone.monitoring.Snapshot;
import workbook.capstone.monitoring.page.LivePage;

/** The options of a command with a live page. */
final class PageOptions {

    private static final int USUAL_PORT = 8282;
    private static final int HIGHEST_PORT = 65_535;

    @Option(
            names = "--page",
            paramLabel = "PORT",
            description = "port of the live page (default: " + USUAL_PORT + ", or any free port if that is taken)")
    private Integer port;

    @Option(
            names = "--page-address",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "address of the live page (default: ${DEFAULT-VALUE}, reachable from this machine only)")
    private String address;

    @Option(
            names = "--page-host",
            paramLabel = "NAME:PORT",
            description =
                    "an additional Host name that the page accepts: behind a proxy, or in a network of containers")
    private Set<String> names = Set.of();

    @Option(names = "--no-page", description = "no live page")
    private boolean none;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** The page of a run, or none. Closing it stops the page. */
    static final class OpenPage implements AutoCloseable {
        private final Optional<LivePage> page;

        private OpenPage(Optional<LivePage> page) {
            this.page = page;
        }

        /** Shows these snapshots and the model's newest days, with this line above them, and prints the page's URL. */
        void follow(Supplier<Snapshot> figures, Supplier<ModelMonitoring> model, String line) {
            page.ifPresent(shown -> {
                shown.follow(figures, model, line);
                System.out.println("Live page: " + shown.url());
            });
        }

        Optional<String> url() {
            return page.map(LivePage::url);
        }

        @Override
        public void close() {
            page.ifPresent(LivePage::close);
        }
    }

    /**
     * Starts to listen, so that a port in use is reported before the run starts.
     *
     * @throws ParameterException if it cannot listen where the options say
     */
    OpenPage open() {
        if (none && port != null) {
            throw new ParameterException(command.commandLine(), "--page and --no-page exclude each other.");
        }
        if (port != null && (port < 0 || port > HIGHEST_PORT)) {
            throw new ParameterException(
                    command.commandLine(), "--page " + port + ": a port is a number from 0 to " + HIGHEST_PORT + ".");
        }
        return new OpenPage(none ? Optional.empty() : Optional.of(port == null ? openSomewhere() : open(port)));
    }

    private LivePage openSomewhere() {
        try {
            return LivePage.open(address, USUAL_PORT, names);
        } catch (LivePage.CannotListenException e) {
            return open(0);
        }
    }

    private LivePage open(int port) {
        try {
            return LivePage.open(address, port, names);
        } catch (LivePage.CannotListenException e) {
            throw new ParameterException(
                    command.commandLine(),
                    e.getMessage() + " Choose another with --page or --page-address, or run with --no-page.",
                    e);
        }
    }
}
