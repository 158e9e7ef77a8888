package lesson13;

import static workbook.check.script.Script.row;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lesson13.TailWithoutDoubles.Disk;
import lesson13.TailWithoutDoubles.Log;
import lesson13.TailWithoutDoubles.Output;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import workbook.check.checkpoint.Checkpoint;
import workbook.check.checkpoint.NewInstance;
import workbook.check.script.Job;
import workbook.check.script.Script;
import workbook.check.script.ScriptRow;
import workbook.check.script.Seed;

/**
 * Each batch is a poll. Its rows are what happens before it: {@code append | shop.log | a begun/a 1/}, where a slash is a line feed;
 * {@code rename | shop.log | shop.log.1}; or a kill in the poll, after which a new process polls the same logs. The first word of a
 * line is its log. The output has the lines of each poll: those of a log in their order, logs in alphabetical order.
 */
@Checkpoint(TailWithoutDoubles.class)
class TailWithoutDoublesCheckpoint {

    private static final String SLASH = "a slash is a line feed";
    private static final String IN_HAND_OVER = "handOver";
    private static final String IN_SAVE = "save";

    @Test
    @Order(1)
    void aLineIsHandedOverOnce(TailWithoutDoubles answer) {
        new Story()
                .poll(append("a.log", "a begun/a 1/"), append("b.log", "b begun/b 1/b 2/"))
                .gives("a begun", "a 1", "b begun", "b 1", "b 2")
                .poll()
                .gives()
                .poll(append("a.log", "a 2/a 3/"))
                .gives("a 2", "a 3")
                .poll(append("b.log", "b 3/"), append("c.log", "c begun/"))
                .gives("b 3", "c begun")
                .run(answer);
    }

    @Test
    @Order(2)
    void aLineIsHandedOverWhenItIsComplete(TailWithoutDoubles answer) {
        new Story()
                .poll(append("a.log", "a be"))
                .gives()
                .poll(append("a.log", "gun/a 1/a"))
                .gives("a begun", "a 1")
                .poll(append("a.log", " 2"))
                .gives()
                .poll(append("a.log", "/a 3/"))
                .gives("a 2", "a 3")
                .run(answer);
    }

    @Test
    @Order(3)
    void aPositionIsANumberOfBytes(TailWithoutDoubles answer) {
        new Story()
                .poll(append("a.log", "a begun in Köln/a 3 €/"))
                .gives("a begun in Köln", "a 3 €")
                .poll(append("a.log", "a 4 €/a 5/"))
                .gives("a 4 €", "a 5")
                .poll(append("a.log", "a 6/"))
                .gives("a 6")
                .run(answer);
    }

    @Test
    @Order(4)
    void equalLinesAndEmptyLinesAreLines(TailWithoutDoubles answer) {
        new Story()
                .poll(append("a.log", "a begun/a 1/a 1//"))
                .gives("", "a begun", "a 1", "a 1")
                .poll(append("a.log", "/a 1//a 2//"))
                .gives("", "", "", "a 1", "a 2")
                .poll(append("a.log", "/"))
                .gives("")
                .run(answer);
    }

    @Test
    @Order(5)
    void aRenamedLogIsContinued(TailWithoutDoubles answer) {
        new Story()
                .poll(append("shop.log", "a begun/a 1/"))
                .gives("a begun", "a 1")
                .poll(append("shop.log", "a 2/"), rename("shop.log", "shop.log.1"), append("shop.log", "b begun/b"))
                .gives("a 2", "b begun")
                .poll(append("shop.log", " 1/b"), rename("shop.log.1", "shop.log.2"), rename("shop.log", "shop.log.1"))
                .gives("b 1")
                .poll(append("shop.log.1", " 2/"), append("shop.log", "c begun/c 1/c 2/c 3/"))
                .gives("b 2", "c begun", "c 1", "c 2", "c 3")
                .run(answer);
    }

    @Test
    @Order(6)
    void aTruncatedLogBeginsAnew(TailWithoutDoubles answer) {
        new Story()
                .poll(append("shop.log", "a begun/a 1/"))
                .gives("a begun", "a 1")
                .poll(truncate("shop.log"))
                .gives()
                .poll(append("shop.log", "b begun/"))
                .gives("b begun")
                .poll(truncate("shop.log"), append("shop.log", "c begun/c 1/c 2/"))
                .gives("c begun", "c 1", "c 2")
                .poll(append("shop.log", "c 3/"))
                .gives("c 3")
                .poll(truncate("shop.log"), append("shop.log", "d begun/d 1/d 2/d 3/"))
                .gives("d begun", "d 1", "d 2", "d 3")
                .run(answer);
    }

    @Test
    @Order(7)
    void theCopyOfALogIsContinuedToo(TailWithoutDoubles answer) {
        new Story()
                .poll(append("shop.log", "a begun/a 1/"))
                .gives("a begun", "a 1")
                .poll(append("shop.log", "a 2/"), copy("shop.log", "shop.log.1"))
                .gives("a 2")
                .poll(append("shop.log", "a 3/"))
                .gives("a 3")
                .poll(append("shop.log", "a 4/"), copy("shop.log", "shop.log.2"), truncate("shop.log"))
                .gives("a 4")
                .poll(append("shop.log", "b begun/b 1/"))
                .gives("b begun", "b 1")
                .run(answer);
    }

    @Test
    @Order(8)
    void anInodeIsUsedAgain(TailWithoutDoubles answer) {
        new Story()
                .poll(append("shop.log", "a begun/a 1/"))
                .gives("a begun", "a 1")
                .poll(delete("shop.log"), append("shop.log", "b begun/b 1/b 2/"))
                .gives("b begun", "b 1", "b 2")
                .poll(delete("shop.log"), append("web.log", "c begun/"))
                .gives("c begun")
                .run(answer);
    }

    @Test
    @Order(9)
    void aNewProcessContinues(TailWithoutDoubles answer) {
        new Story()
                .poll(append("shop.log", "a begun/a 1/"), killAtTheEnd())
                .gives("a begun", "a 1")
                .poll(append("shop.log", "a 2/"), rename("shop.log", "shop.log.1"), append("shop.log", "b begun/"))
                .gives("a 2", "b begun")
                .poll(killAtTheEnd())
                .gives()
                .run(answer);
    }

    @Test
    @Order(10)
    void aKillLosesNoLine(TailWithoutDoubles answer) {
        new Story()
                .poll(append("a.log", "a begun/a 1/"), kill(IN_HAND_OVER, 1, "before"))
                .gives("a begun", "a 1")
                .poll(append("a.log", "a 2/"), kill(IN_HAND_OVER, 1, "after"))
                .gives("a 2")
                .poll(append("a.log", "a 3/a"), kill(IN_SAVE, 1, "before"))
                .gives("a 3")
                .poll(append("a.log", " 4/"), kill(IN_SAVE, 1, "after"))
                .gives("a 4")
                .poll(append("a.log", "a 5/"))
                .gives("a 5")
                .run(answer);
    }

    @Test
    @Order(11)
    void aKillLeavesAPartOfAText(TailWithoutDoubles answer) {
        new Story()
                .poll(append("a.log", "a begun/a 1/"), append("b.log", "b begun/"))
                .gives("a begun", "a 1", "b begun")
                .poll(append("a.log", "a 2/"), kill(IN_SAVE, 1, "half"))
                .gives("a 2")
                .poll(append("b.log", "b 1/"), kill(IN_SAVE, 1, "half"))
                .gives("b 1")
                .poll(append("a.log", "a 3/"), append("b.log", "b 2/"), kill(IN_SAVE, 2, "half"))
                .gives("a 3", "b 2")
                .run(answer);
    }

    @Test
    @Order(12)
    void eachHandOverIsSavedBeforeTheNext(TailWithoutDoubles answer) {
        new Story()
                .poll(
                        append("a.log", "a begun/a 1/"),
                        append("b.log", "b begun/"),
                        append("c.log", "c begun/"),
                        kill(IN_HAND_OVER, 2, "before"))
                .gives("a begun", "a 1", "b begun", "c begun")
                .poll(append("a.log", "a 2/"), append("b.log", "b 1/"), kill(IN_HAND_OVER, 2, "after"))
                .gives("a 2", "b 1")
                .run(answer);
    }

    @Test
    @Order(13)
    void whatBelongsToDeletedLogsIsNotKept(TailWithoutDoubles answer) {
        Following following = new Following(answer);
        new Story()
                .poll(append("shop.log", "a begun/a 1/"), row("rotate", "shop.log", "300 times"))
                .gives(Stream.concat(
                                Stream.of("a begun", "a 1"),
                                IntStream.rangeClosed(1, 300).mapToObj("b%03d begun"::formatted))
                        .toArray(String[]::new))
                .expects("at most 1,000 characters for each log", true, following::isDiskSmall)
                .poll(append("shop.log", "b300 1/"))
                .gives("b300 1")
                .run(following);
    }

    @Test
    @Order(14)
    void aLogMayHaveManyLines(TailWithoutDoubles answer) {
        new Story()
                .poll(append("a.log", "a begun/"), row("append", "a.log", "the lines a 1 to a 9999"))
                .gives(Stream.concat(
                                Stream.of("a begun"), IntStream.range(1, 10_000).mapToObj(i -> "a " + i))
                        .toArray(String[]::new))
                .poll(append("a.log", "a 10000/"))
                .gives("a 10000")
                .run(answer);
    }

    @Test
    @Order(15)
    void randomLogsAreHandedOverAsALoopDoes(TailWithoutDoubles answer) {
        Seed seed = Seed.next();
        Servers servers = new Servers(seed.random());
        Story story = new Story().title(seed.hint() + "; " + SLASH);
        for (int i = 0; i < 40; i++) {
            List<ScriptRow> rows = servers.happens();
            story.poll(rows.toArray(ScriptRow[]::new)).gives(servers.newLines().toArray(String[]::new));
        }
        story.run(answer);
    }

    private static ScriptRow append(String file, String text) {
        return row("append", file, text);
    }

    private static ScriptRow rename(String file, String name) {
        return row("rename", file, name);
    }

    private static ScriptRow copy(String file, String name) {
        return row("copy", file, name);
    }

    private static ScriptRow truncate(String file) {
        return row("truncate", file, null);
    }

    private static ScriptRow delete(String file) {
        return row("delete", file, null);
    }

    /** @param moment before, half or after: what the call has done */
    private static ScriptRow kill(String call, int number, String moment) {
        return row("kill", call + " " + number, moment);
    }

    private static ScriptRow killAtTheEnd() {
        return row("kill", null, "at the end of the poll");
    }

    /** The log of a line. */
    private static String log(String line) {
        return line.split(" ")[0];
    }

    /** What happens before each poll, and the lines that it has to hand over. */
    private static final class Story {

        private final Script script = Script.of("what STRING, file STRING, text STRING")
                .columns("poll INT", "line STRING")
                .title(SLASH);
        private final List<ScriptRow> expected = new ArrayList<>();
        private int polls;

        Story title(String title) {
            script.title(title);
            return this;
        }

        Story poll(ScriptRow... rows) {
            polls++;
            script.batch((Object[]) rows);
            return this;
        }

        Story gives(String... lines) {
            for (String line : lines) {
                expected.add(row(polls, line));
            }
            script.emitsInOrder(expected.toArray());
            return this;
        }

        Story expects(String name, Object value, Supplier<?> look) {
            script.expects(name, value, look);
            return this;
        }

        void run(TailWithoutDoubles answer) {
            run(new Following(answer));
        }

        void run(Following following) {
            script.run(following);
        }
    }

    /** Servers that write random lines and rotate their logs, and a loop over what each file has: it knows the log of each file. */
    private static final class Servers {

        /** The lines of a file, and how many characters of the last one are written; without a log, the file is empty. */
        private static final class Lines {
            String log = "";
            List<String> lines = new ArrayList<>();
            int missing;

            Lines copy() {
                Lines copy = new Lines();
                copy.log = log;
                copy.lines = new ArrayList<>(lines);
                copy.missing = missing;
                return copy;
            }

            List<String> complete() {
                return missing == 0 ? lines : lines.subList(0, lines.size() - 1);
            }
        }

        private final Random random;
        private final Map<String, Lines> files = new TreeMap<>();
        private final Map<String, Integer> handedOver = new HashMap<>();
        private final List<ScriptRow> rows = new ArrayList<>();
        private int logs;

        Servers(Random random) {
            this.random = random;
        }

        List<ScriptRow> happens() {
            rows.clear();
            for (int i = random.nextInt(5); i >= 0; i--) {
                String file = random.nextBoolean() ? "shop.log" : "web.log";
                switch (random.nextInt(8)) {
                    case 0 -> renameAll(file);
                    case 1 -> copyAndPerhapsTruncate(file);
                    case 2 -> truncateIt(file);
                    default -> append(file);
                }
            }
            if (random.nextInt(3) == 0) {
                rows.add(randomKill());
            }
            return List.copyOf(rows);
        }

        /** A server completes a renamed log before it begins a new one. */
        private void append(String file) {
            String name = files.containsKey(file) || !files.containsKey(file + ".1") || random.nextBoolean()
                    ? file
                    : file + ".1";
            Lines lines = files.computeIfAbsent(name, any -> new Lines());
            StringBuilder text = new StringBuilder();
            if (lines.missing > 0) {
                String last = lines.lines.get(lines.lines.size() - 1) + "/";
                text.append(last.substring(last.length() - lines.missing));
                lines.missing = 0;
            }
            for (int i = random.nextInt(4); i >= 0 && lines.missing == 0; i--) {
                String line = nextLine(lines);
                lines.missing = random.nextInt(4) == 0 ? 1 + random.nextInt(line.length() + 1) : 0;
                text.append(line + "/", 0, line.length() + 1 - lines.missing);
                lines.lines.add(line);
            }
            rows.add(TailWithoutDoublesCheckpoint.append(name, text.toString()));
        }

        private String nextLine(Lines lines) {
            if (lines.log.isEmpty()) {
                lines.log = String.valueOf((char) ('a' + logs / 10)) + logs % 10;
                return lines.log + " begun as number " + logs++;
            }
            return switch (random.nextInt(6)) {
                case 0 -> "";
                case 1 -> lines.log + " as before";
                case 2 -> lines.log + " für 3 €";
                default -> lines.log + " " + lines.lines.size();
            };
        }

        private void renameAll(String file) {
            if (isBegun(file)) {
                rotateOld(file);
                move(file, file + ".1");
            }
        }

        private void copyAndPerhapsTruncate(String file) {
            if (isBegun(file)) {
                rotateOld(file);
                rows.add(TailWithoutDoublesCheckpoint.copy(file, file + ".1"));
                files.put(file + ".1", files.get(file).copy());
                if (random.nextBoolean()) {
                    truncateIt(file);
                }
            }
        }

        private void truncateIt(String file) {
            if (isBegun(file)) {
                rows.add(truncate(file));
                files.put(file, new Lines());
            }
        }

        private boolean isBegun(String file) {
            return files.containsKey(file) && !files.get(file).log.isEmpty();
        }

        private void rotateOld(String file) {
            if (files.remove(file + ".2") != null) {
                rows.add(delete(file + ".2"));
            }
            if (files.containsKey(file + ".1")) {
                move(file + ".1", file + ".2");
            }
        }

        private void move(String from, String to) {
            rows.add(rename(from, to));
            files.put(to, files.remove(from));
        }

        private ScriptRow randomKill() {
            String moment = List.of("before", "half", "after").get(random.nextInt(3));
            return switch (random.nextInt(5)) {
                case 0 -> killAtTheEnd();
                case 1, 2 -> kill(IN_HAND_OVER, 1 + random.nextInt(3), moment.equals("half") ? "after" : moment);
                default -> kill(IN_SAVE, 1 + random.nextInt(4), moment);
            };
        }

        List<String> newLines() {
            List<String> lines = new ArrayList<>();
            for (Lines file : files.values()) {
                List<String> complete = file.complete();
                int begin = handedOver.getOrDefault(file.log, 0);
                if (complete.size() > begin) {
                    lines.addAll(complete.subList(begin, complete.size()));
                    handedOver.put(file.log, complete.size());
                }
            }
            lines.sort(Comparator.comparing(TailWithoutDoublesCheckpoint::log));
            return lines;
        }
    }

    /** A folder in memory. A new file gets the smallest inode that is free. */
    private static final class Folder {

        private record File(long inode, ByteArrayOutputStream bytes) {}

        private record Snapshot(String name, long inode, byte[] bytes) implements Log {

            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public InputStream read(long from) {
                int begin = (int) Math.min(from, bytes.length);
                return new ByteArrayInputStream(bytes, begin, bytes.length - begin);
            }
        }

        private final Map<String, File> files = new LinkedHashMap<>();

        void happens(String what, String file, String text) {
            switch (what) {
                case "append" -> write(file, text(text).replace('/', '\n').getBytes(StandardCharsets.UTF_8));
                case "rename" -> files.put(text, files.remove(file));
                case "copy" -> write(text, files.get(file).bytes().toByteArray());
                case "truncate" -> files.get(file).bytes().reset();
                default -> files.remove(file);
            }
        }

        private static String text(String shown) {
            return shown.startsWith("the lines")
                    ? IntStream.range(1, 10_000).mapToObj(i -> "a " + i + "/").collect(Collectors.joining())
                    : shown;
        }

        private void write(String file, byte[] bytes) {
            files.computeIfAbsent(file, name -> new File(freeInode(), new ByteArrayOutputStream()))
                    .bytes()
                    .writeBytes(bytes);
        }

        private long freeInode() {
            List<Long> used = files.values().stream().map(File::inode).toList();
            long inode = 1_000;
            while (used.contains(inode)) {
                inode++;
            }
            return inode;
        }

        /** A copy comes before its original. */
        List<Log> logs() {
            List<Log> logs = new ArrayList<>();
            files.forEach((name, file) ->
                    logs.add(new Snapshot(name, file.inode(), file.bytes().toByteArray())));
            Collections.reverse(logs);
            return logs;
        }
    }

    /** The process is killed. */
    private static final class Killed extends Error {}

    /** A poll of a process that may be killed in one of its calls. */
    private static final class Poll implements Disk, Output {

        private final Map<String, String> disk;
        private final String call;
        private final String moment;
        private final Map<String, Integer> calls = new HashMap<>();
        private final List<String> lines = new ArrayList<>();
        private List<String> last = List.of();
        private boolean isKilled;

        /** @param kill the call in which the process is killed; may be null */
        Poll(Map<String, String> disk, ScriptRow kill) {
            this.disk = disk;
            this.call = kill == null ? null : kill.getString(1);
            this.moment = kill == null ? null : kill.getString(2);
        }

        void of(TailWithoutDoubles process, List<Log> logs) throws IOException {
            try {
                process.poll(logs, this, this);
            } catch (Throwable e) {
                if (!isKilled) {
                    throw e;
                }
            }
        }

        /** All lines that were handed over. */
        List<String> lines() {
            return lines;
        }

        /** Those that may come again. */
        List<String> unsaved() {
            return isKilled ? last : List.of();
        }

        @Override
        public void handOver(List<String> more) {
            last = List.of();
            call(IN_HAND_OVER, () -> {}, () -> {
                lines.addAll(more);
                last = List.copyOf(more);
            });
        }

        @Override
        public Optional<String> read(String name) {
            call("read", () -> {}, () -> {});
            return Optional.ofNullable(disk.get(name));
        }

        @Override
        public void write(String name, String text) {
            call(IN_SAVE, () -> disk.put(name, text.substring(0, text.length() / 2)), () -> disk.put(name, text));
        }

        @Override
        public void rename(String from, String to) {
            if (!disk.containsKey(from)) {
                throw new IllegalArgumentException("The disk has no text " + from + ".");
            }
            call(IN_SAVE, () -> {}, () -> disk.put(to, disk.remove(from)));
        }

        private void call(String name, Runnable half, Runnable whole) {
            if (isKilled) {
                throw new Killed();
            }
            isKilled = (name + " " + calls.merge(name, 1, Integer::sum)).equals(call);
            if (!isKilled || moment.equals("after")) {
                whole.run();
            } else if (moment.equals("half")) {
                half.run();
            }
            if (isKilled) {
                throw new Killed();
            }
        }
    }

    /** Lets things happen in the folder and then calls the answer, once more with a new process if that was killed. */
    private static final class Following implements Job {

        private final Folder folder = new Folder();
        private final Map<String, String> disk = new TreeMap<>();
        private final List<ScriptRow> output = new ArrayList<>();
        private TailWithoutDoubles process;
        private List<ScriptRow> rows = List.of();
        private int polls;

        Following(TailWithoutDoubles answer) {
            process = answer;
        }

        @Override
        public void addInput(List<ScriptRow> rows) {
            this.rows = rows;
        }

        @Override
        public void run() throws IOException {
            polls++;
            List<String> lines = new ArrayList<>();
            ScriptRow kill = null;
            for (ScriptRow row : rows) {
                switch (row.getString(0)) {
                    case "kill" -> kill = row;
                    case "rotate" -> lines.addAll(rotate(row.getString(1)));
                    default -> folder.happens(row.getString(0), row.getString(1), row.getString(2));
                }
            }
            lines.addAll(poll(kill));
            lines.sort(Comparator.comparing(TailWithoutDoublesCheckpoint::log));
            lines.forEach(line -> output.add(row(polls, line)));
        }

        private List<String> rotate(String file) throws IOException {
            List<String> lines = new ArrayList<>(poll(null));
            for (int i = 1; i <= 300; i++) {
                folder.happens("rename", file, file + ".1");
                folder.happens("append", file, "b%03d begun/".formatted(i));
                lines.addAll(poll(null));
            }
            return lines;
        }

        private List<String> poll(ScriptRow kill) throws IOException {
            Poll poll = new Poll(disk, kill);
            poll.of(process, folder.logs());
            List<String> lines = new ArrayList<>(poll.lines());
            if (kill != null) {
                process = NewInstance.of(process);
                Poll next = new Poll(disk, null);
                next.of(process, folder.logs());
                List<String> others = new ArrayList<>(next.lines());
                poll.unsaved().forEach(others::remove);
                lines.addAll(others);
            }
            return lines;
        }

        boolean isDiskSmall() {
            int characters = disk.values().stream().mapToInt(String::length).sum();
            return characters <= 1_000 * folder.logs().size();
        }

        @Override
        public List<ScriptRow> output() {
            return output;
        }
    }
}
