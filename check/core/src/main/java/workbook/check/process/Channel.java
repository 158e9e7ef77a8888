package workbook.check.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** The connection between a {@link Supervisor} and its {@link Worker}: lines of JSON, separate from the code's output. */
final class Channel implements Closeable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Socket socket;
    private final BufferedReader in;
    private final Writer out;

    Channel(Socket socket) throws IOException {
        this.socket = socket;
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        out = new BufferedWriter(new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8));
    }

    /** The worker's end of the connection. */
    static Channel to(int port) throws IOException {
        return new Channel(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    synchronized void send(Record message) throws IOException {
        out.write(JSON.writeValueAsString(message));
        out.write('\n');
        out.flush();
    }

    /** Waits for the next message; empty if the other side has closed the connection. */
    <T extends Record> Optional<T> receive(Class<T> type) throws IOException {
        String line = in.readLine();
        return line == null ? Optional.empty() : Optional.of(JSON.readValue(line, type));
    }

    /** As {@link #receive(Class)}, but throws a {@link java.net.SocketTimeoutException} after the timeout. */
    <T extends Record> Optional<T> receive(Class<T> type, Duration timeout) throws IOException {
        socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
        return receive(type);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
