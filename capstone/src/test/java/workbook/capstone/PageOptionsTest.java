package workbook.capstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class PageOptionsTest {

    @Command(name = "run")
    private static final class Run {
        @Mixin
        private PageOptions page;
    }

    private static PageOptions options(String... arguments) {
        Run run = new Run();
        new CommandLine(run).parseArgs(arguments);
        return run.page;
    }

    private static int status(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void thePageUsesAnotherPortIfTheDefaultIsTaken() throws Exception {
        try (PageOptions.OpenPage first = options().open();
                PageOptions.OpenPage second = options().open()) {
            assertThat(second.url()).isNotEqualTo(first.url());
            assertThat(status(first.url().orElseThrow())).isEqualTo(200);
            assertThat(status(second.url().orElseThrow())).isEqualTo(200);
        }
    }

    @Test
    void withoutAPageNothingListens() {
        try (PageOptions.OpenPage none = options("--no-page").open()) {
            assertThat(none.url()).isEmpty();
        }
    }

    @Test
    void aPortInUseIsAnErrorWithWhatToDo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            PageOptions options = options("--page", Integer.toString(taken.getLocalPort()));
            assertThatThrownBy(options::open)
                    .isInstanceOf(ParameterException.class)
                    .hasMessage(
                            "The live page cannot listen on 127.0.0.1:%d: Address already in use."
                                    + " Choose another with --page or --page-address, or run with --no-page.",
                            taken.getLocalPort());
        }
    }

    @Test
    void anInvalidPortIsAnError() {
        assertThatThrownBy(options("--page", "70000")::open)
                .isInstanceOf(ParameterException.class)
                .hasMessage("--page 70000: a port is a number from 0 to 65535.");
    }

    @Test
    void pageAndNoPageExcludeEachOther() {
        assertThatThrownBy(options("--page", "0", "--no-page")::open)
                .isInstanceOf(ParameterException.class)
                .hasMessage("--page and --no-page exclude each other.");
    }
}
