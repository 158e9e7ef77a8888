package lesson13;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link TailWithoutDoubles} that people give. */
public final class TailWithoutDoublesMisconceptions {

    private TailWithoutDoublesMisconceptions() {}

    @Misconception(
            believed = "A log is known by its name.",
            really =
                    "After a rotation the name is that of another log. The renamed one is taken for a new one, and its lines come"
                            + " again; the new one is taken for the old one, and its lines are skipped.",
            concept = "Log collection")
    public static class TakesTheNameForTheLog extends TailWithoutDoubles {
        @Override
        Optional<String> key(Log log) {
            return Optional.of(log.name());
        }
    }

    @Misconception(
            believed = "A log is known by its inode: that stays the same when it is renamed.",
            really =
                    "It also stays the same when the log is truncated and begins anew, and the file system gives the inode of a"
                            + " deleted file to the next one. A copy has another inode, and the same lines.",
            concept = "Log collection")
    public static class TakesTheInodeForTheLog extends TailWithoutDoubles {
        @Override
        Optional<String> key(Log log) {
            return Optional.of("inode " + log.inode());
        }
    }

    @Misconception(
            believed = "A log is the same as long as its inode and its name are the same.",
            really =
                    "A rotation changes the name of a log that has been read already. This is what Flume compares: all lines come"
                            + " again.",
            concept = "Log collection")
    public static class TakesNameAndInodeForTheLog extends TailWithoutDoubles {
        @Override
        Optional<String> key(Log log) {
            return Optional.of(log.inode() + " " + log.name());
        }
    }

    @Misconception(
            believed = "A log that begins anew is smaller than the position in it.",
            really =
                    "At the next look it may have grown beyond that position. Then its first lines are skipped, and a line may be"
                            + " cut in two.",
            concept = "Log collection")
    public static class TakesASmallerSizeForANewLog extends TakesTheInodeForTheLog {
        @Override
        long position(String key, Log log, Map<String, Long> positions) {
            long position = super.position(key, log, positions);
            return log.size() < position ? 0 : position;
        }
    }

    @Misconception(
            believed = "A file with another inode is another log, whatever it begins with.",
            really =
                    "Before a log is truncated, it is copied. The copy is another file with the same lines, and they come again.",
            concept = "Log collection")
    public static class TakesACopyForANewLog extends TailWithoutDoubles {
        @Override
        Optional<String> key(Log log) throws IOException {
            return super.key(log).map(first -> log.inode() + " " + first);
        }
    }

    @Misconception(
            believed = "Only the newest log gets lines, so only that is followed.",
            really =
                    "What was written between the last look and the rotation is in the renamed log, and the server may still"
                            + " complete it. Without it, the last lines of each log are lost.",
            concept = "Log collection")
    public static class SkipsRotatedLogs extends TailWithoutDoubles {
        @Override
        public void poll(List<Log> logs, Disk disk, Output output) throws IOException {
            super.poll(logs.stream().filter(log -> log.name().endsWith(".log")).toList(), disk, output);
        }
    }

    @Misconception(
            believed = "The first bytes of a file tell it from all others.",
            really =
                    "A young log has fewer bytes. When it grows, its first bytes are others, and all its lines come again."
                            + " Wait until there are enough, or take the first line.",
            concept = "Log collection")
    public static class TakesTheFirstBytesForTheLog extends TailWithoutDoubles {
        @Override
        Optional<String> key(Log log) throws IOException {
            String bytes = new String(log.read(0).readNBytes(16), StandardCharsets.ISO_8859_1);
            return Optional.of(bytes.replace("\n", "\\n"));
        }
    }

    @Misconception(
            believed = "Who follows a log wants what is written from now on.",
            really =
                    "After a rotation the new log has lines before it is looked at for the first time. Whoever begins at its end loses"
                            + " them.",
            concept = "Log collection")
    public static class StartsAtTheEnd extends TailWithoutDoubles {
        @Override
        public void poll(List<Log> logs, Disk disk, Output output) throws IOException {
            Map<String, Long> positions = load(disk);
            for (Log log : logs) {
                Optional<String> key = key(log);
                if (key.isPresent()) {
                    positions.putIfAbsent(key.get(), log.size());
                }
            }
            save(positions, disk);
            super.poll(logs, disk, output);
        }
    }

    @Misconception(
            believed = "What is in the file can be handed over.",
            really =
                    "A server writes bytes, not lines: the last one may be half of a line. The other half becomes a line of its own.",
            concept = "Log collection")
    public static class TakesHalfALineForALine extends TailWithoutDoubles {
        @Override
        byte[] complete(byte[] bytes) {
            boolean isCut = bytes.length > 0 && bytes[bytes.length - 1] != '\n';
            return isCut ? Arrays.copyOf(bytes, bytes.length) : bytes;
        }

        @Override
        List<String> lines(byte[] complete) {
            return new String(complete, StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Misconception(
            believed = "The position is where the reader has stopped: at the end of the file.",
            really =
                    "It is behind the last line that was handed over. With the end of the file, the first half of a line that is not"
                            + " complete yet is skipped.",
            concept = "Log collection")
    public static class TakesTheEndForThePosition extends TailWithoutDoubles {
        @Override
        long next(long from, byte[] complete, Log log) {
            return Math.max(from, log.size());
        }
    }

    @Misconception(
            believed = "The position grows by the length of the lines.",
            really =
                    "A file has bytes. Letters such as ü have two of them in UTF-8, and € has three: the position stays behind, and"
                            + " parts of lines come again.",
            concept = "Log collection")
    public static class CountsCharacters extends TailWithoutDoubles {
        @Override
        long next(long from, byte[] complete, Log log) {
            return from + new String(complete, StandardCharsets.UTF_8).length();
        }
    }

    @Misconception(
            believed = "If the position is saved first, no line is handed over twice.",
            really =
                    "If the process is killed between the two, the lines are not handed over at all: nobody will read them again.",
            concept = "Delivery guarantees")
    public static class SavesBeforeTheHandOver extends TailWithoutDoubles {
        @Override
        void handOver(List<String> lines, Map<String, Long> positions, Disk disk, Output output) {
            save(positions, disk);
            output.handOver(lines);
        }
    }

    @Misconception(
            believed = "The positions are saved once in a while, that is enough.",
            really = "All that was handed over since then comes again after a kill, not only the last lines.",
            concept = "Delivery guarantees")
    public static class SavesAtTheEndOfThePoll extends TailWithoutDoubles {
        private Optional<Map<String, Long>> unsaved = Optional.empty();

        @Override
        public void poll(List<Log> logs, Disk disk, Output output) throws IOException {
            super.poll(logs, disk, output);
            unsaved.ifPresent(positions -> save(positions, disk));
            unsaved = Optional.empty();
        }

        @Override
        void handOver(List<String> lines, Map<String, Long> positions, Disk disk, Output output) {
            output.handOver(lines);
            unsaved = Optional.of(positions);
        }
    }

    @Misconception(
            believed = "A text this small is written at once.",
            really =
                    "A kill may leave its first part. Then positions are missing, or are others, and the lines of these logs come again."
                            + " Write a new text, and rename it when it is complete.",
            concept = "Log collection")
    public static class WritesOverThePositions extends TailWithoutDoubles {
        @Override
        Map<String, Long> load(Disk disk) {
            Map<String, Long> positions = new TreeMap<>();
            disk.read("positions").stream()
                    .flatMap(String::lines)
                    .map(line -> line.split(" ", 2))
                    .filter(parts -> parts.length == 2)
                    .forEach(parts -> positions.put(parts[1], Long.valueOf(parts[0])));
            return positions;
        }

        @Override
        void save(Map<String, Long> positions, Disk disk) {
            disk.write("positions", text(positions));
        }
    }

    @Misconception(
            believed = "The process runs on, so it knows its positions.",
            really = "The memory of a killed process is gone. The next one begins at the top of all logs.",
            concept = "Log collection")
    public static class KeepsThePositionsInMemory extends TailWithoutDoubles {
        private Map<String, Long> kept = new TreeMap<>();

        @Override
        Map<String, Long> load(Disk disk) {
            return new TreeMap<>(kept);
        }

        @Override
        void save(Map<String, Long> positions, Disk disk) {
            kept = new TreeMap<>(positions);
        }
    }

    @Misconception(
            believed = "A line that was there before is a double.",
            really =
                    "A server may write the same line again, and each is a line of the log. What tells a double is its position in the"
                            + " log.",
            concept = "Log collection")
    public static class DropsEqualLines extends TailWithoutDoubles {
        @Override
        List<String> lines(byte[] complete) {
            return super.lines(complete).stream().distinct().toList();
        }
    }

    @Misconception(
            believed = "An empty line says nothing.",
            really = "It is a line of the log. A stack trace or a form may have one in the middle.",
            concept = "Log collection")
    public static class SkipsEmptyLines extends TailWithoutDoubles {
        @Override
        List<String> lines(byte[] complete) {
            return super.lines(complete).stream()
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }

    @Misconception(
            believed = "It does no harm to keep the positions of deleted logs.",
            really = "There is one more with each rotation, and all of them are written again with each hand-over.",
            concept = "Log collection")
    public static class KeepsPositionsForEver extends TailWithoutDoubles {
        @Override
        Map<String, Long> positions(Collection<String> keys, Disk disk) {
            return load(disk);
        }
    }
}
