package lesson13;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import workbook.check.Unsolved;

/**
 * Follows the logs of a folder and hands over each of their lines once, although logs are renamed, copied and truncated, and the
 * process is killed.
 *
 * <p><b>In:</b> {@link #poll} is called again and again, with the logs that the folder has at that moment, in any order. Each has
 * lines in UTF-8, and each line ends with a line feed.
 * <ul>
 * <li>A server appends to a log, sometimes a part of a line, which it completes later.
 * <li>A log is rotated in one of two ways. It is renamed, for example from {@code shop.log} to {@code shop.log.1}: the server may
 *     still complete it, and then begins a new {@code shop.log}. Or it is copied to {@code shop.log.1}, and {@code shop.log} is
 *     truncated: the server goes on at the beginning of the empty file, a moment later. Old logs are deleted.
 * <li>The first line says which server began the log, and when. Two logs with the same first line are a log and its copy.
 * </ul>
 *
 * <p><b>Out:</b> the lines, without their line feeds.
 *
 * <p><b>Done means:</b>
 * <ul>
 * <li>A poll hands over each line that a log of the folder has, and that was not handed over before: those of a log in their order,
 *     in one call or several, and logs in any order. A line that a log and its copy have is one line. Otherwise equal lines are
 *     different lines.
 * <li>What follows the last line feed of a log is no line yet.
 * <li>A new process continues where the one before has stopped: a new object of this class, with what that has saved on the
 *     {@link Disk}.
 * <li>A process is killed at any moment. If that is between a call of {@link Output#handOver} and the moment when this is saved, the
 *     lines of this call are handed over again. No other line is. So it is saved before the next call.
 * <li>What belongs to deleted logs is not kept: all texts on the disk have at most 1,000 characters for each log of the folder.
 * </ul>
 *
 * <p>Check it with {@code mvn test -Dlesson=13 -Dexercise=TailWithoutDoubles}; hints are in
 * {@code exercises/lesson13/hints/TailWithoutDoubles.md}.
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
        throw new Unsolved();
    }
}
