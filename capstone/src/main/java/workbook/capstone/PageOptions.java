package workbook.capstone;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import workbook.capstone.monitoring.Snapshot;
import workbook.capstone.monitoring.page.LivePage;

/** The options of a command that shows a live page while it runs. */
final class PageOptions {

    private static final int USUAL_PORT = 8282;
    private static final int HIGHEST_PORT = 65_535;

    @Option(
            names = "--page",
            paramLabel = "PORT",
            description = "where the live page listens (default: " + USUAL_PORT + ", or any port if that is taken)")
    private Integer port;

    @Option(
            names = "--page-address",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "at which address (default: ${DEFAULT-VALUE}, which only this machine reaches)")
    private String address;

    @Option(
            names = "--page-host",
            paramLabel = "NAME:PORT",
            description =
                    "one more name by which the page may be asked for: behind a proxy, or in a network of containers")
    private Set<String> names = Set.of();

    @Option(names = "--no-page", description = "no live page")
    private boolean none;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** The page of a run, or none: it ends when this is closed. */
    static final class OpenPage implements AutoCloseable {
        private final Optional<LivePage> page;

        private OpenPage(Optional<LivePage> page) {
            this.page = page;
        }

        /** Shows these figures from now on, with this line above them, and tells where. */
        void follow(Supplier<Snapshot> figures, String line) {
            page.ifPresent(shown -> {
                shown.follow(figures, line);
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
     * Begins to listen, so that a port that is taken is known before the run begins.
     *
     * @throws ParameterException if it cannot listen where the options say
     */
    OpenPage open() {
        if (none && port != null) {
            throw new ParameterException(command.commandLine(), "--page and --no-page: which of the two?");
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
                    e.getMessage() + " Choose another with --page or --page-address, or do without: --no-page.",
                    e);
        }
    }
}
