package lesson13;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A position needs a key that says which log it belongs to. A name is given to another file at the next rotation, an inode to
 * another file when the log is deleted, and both stay the same when a log is truncated. Its beginning is what a log keeps, in each
 * file that has it. So the first line is the key, and a log without one has no line to hand over.
 *
 * <p>A position is a number of bytes, and always behind a line feed. It is saved after the hand-over: the other way round, a kill
 * between the two loses lines. The text with the positions is replaced by a rename, which is done wholly or not at all.
 */
public class TailWithoutDoubles {

    /** A file of the folder, as it is during a poll. */
    public interface Log {

        String name();

        /** A renamed file keeps this number, and a new file may have that of a deleted one. */
        long inode();

        /** In bytes. */
        long size();

        /** The bytes from a position to the end; none if the position is behind the end. */
        InputStream read(long from);
    }

    /** Keeps texts by name for the next process. */
    public interface Disk {

        /** The text with this name; empty if there is none. */
        Optional<String> read(String name);

        /** Writes a text, or replaces it. If the process is killed in this call, there may be only the first part of the text. */
        void write(String name, String text);

        /** Gives a text another name; another text of this name is deleted. If the process is killed, this is done or not. */
        void rename(String from, String to);
    }

    /** Where lines go. */
    public interface Output {

        /** Hands over lines of one log or of several. If the process is killed in this call, that is done or not. */
        void handOver(List<String> lines);
    }

    /** Hands over the new lines of these logs. The disk is the same in all calls. */
    public void poll(List<Log> logs, Disk disk, Output output) throws IOException {
        Map<Log, String> keys = new LinkedHashMap<>();
        for (Log log : logs) {
            Optional<String> key = key(log);
            if (key.isPresent()) {
                keys.put(log, key.get());
            }
        }
        Map<String, Long> positions = positions(keys.values(), disk);
        for (Map.Entry<Log, String> each : keys.entrySet()) {
            long from = position(each.getValue(), each.getKey(), positions);
            byte[] complete = complete(each.getKey().read(from).readAllBytes());
            if (complete.length > 0) {
                positions.put(each.getValue(), next(from, complete, each.getKey()));
                handOver(lines(complete), positions, disk, output);
            }
        }
    }

    /** The first line; empty if it is not complete. */
    Optional<String> key(Log log) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        InputStream bytes = log.read(0);
        for (int next = bytes.read(); next >= 0; next = bytes.read()) {
            if (next == '\n') {
                return Optional.of(line.toString(StandardCharsets.UTF_8));
            }
            line.write(next);
        }
        return Optional.empty();
    }

    /** The positions of these logs, and of no others. */
    Map<String, Long> positions(Collection<String> keys, Disk disk) {
        Map<String, Long> positions = load(disk);
        positions.keySet().retainAll(keys);
        return positions;
    }

    long position(String key, Log log, Map<String, Long> positions) {
        return positions.getOrDefault(key, 0L);
    }

    long next(long from, byte[] complete, Log log) {
        return from + complete.length;
    }

    /** What ends with the last line feed. */
    byte[] complete(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }

    List<String> lines(byte[] complete) {
        String text = new String(complete, StandardCharsets.UTF_8);
        return List.of(text.substring(0, text.length() - 1).split("\n", -1));
    }

    void handOver(List<String> lines, Map<String, Long> positions, Disk disk, Output output) {
        output.handOver(lines);
        save(positions, disk);
    }

    Map<String, Long> load(Disk disk) {
        return new TreeMap<>(disk.read("positions").stream()
                .flatMap(text -> Stream.of(text.split("\n")))
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(parts -> parts[1], parts -> Long.valueOf(parts[0]))));
    }

    void save(Map<String, Long> positions, Disk disk) {
        disk.write("next positions", text(positions));
        disk.rename("next positions", "positions");
    }

    String text(Map<String, Long> positions) {
        return positions.entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining("\n"));
    }
}
