package lesson13;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/** Right answers written differently, and one that only knows the logs in the checkpoint. */
class TailWithoutDoublesAlternatives {

    /** Counts lines instead of bytes, keeps them in memory, and hands over all new lines in one call. */
    public static class CountsLines extends TailWithoutDoubles {

        private Map<String, Integer> counts;

        @Override
        public void poll(List<Log> logs, Disk disk, Output output) throws IOException {
            if (counts == null) {
                counts = new HashMap<>();
                String[] saved = disk.read("counts").orElse("").split("\n");
                for (int i = 0; i + 1 < saved.length; i += 2) {
                    counts.put(saved[i], Integer.valueOf(saved[i + 1]));
                }
            }
            List<String> all = new ArrayList<>();
            Map<String, Integer> next = new HashMap<>();
            for (Log log : logs) {
                String text = new String(log.read(0).readAllBytes(), StandardCharsets.UTF_8);
                List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
                lines.remove(lines.size() - 1);
                if (!lines.isEmpty()) {
                    int begin = next.getOrDefault(lines.get(0), counts.getOrDefault(lines.get(0), 0));
                    next.put(lines.get(0), Math.max(begin, lines.size()));
                    all.addAll(lines.subList(Math.min(begin, lines.size()), lines.size()));
                }
            }
            if (!next.equals(counts)) {
                output.handOver(all);
                StringBuilder text = new StringBuilder();
                next.forEach((first, count) ->
                        text.append(first).append('\n').append(count).append('\n'));
                disk.write("counts.tmp", text.toString());
                disk.rename("counts.tmp", "counts");
                counts = next;
            }
        }
    }

    /** Two texts in turn, each with a number and a checksum: that of a killed write is recognized. One line per call. */
    public static class WritesTwoTextsInTurn extends TailWithoutDoubles {

        @Override
        Optional<String> key(Log log) throws IOException {
            BufferedReader reader = new BufferedReader(new InputStreamReader(log.read(0), StandardCharsets.UTF_8));
            String first = reader.readLine();
            boolean isComplete = first != null && log.size() > first.getBytes(StandardCharsets.UTF_8).length;
            return isComplete ? Optional.of(Long.toHexString(checksum(first))) : Optional.empty();
        }

        @Override
        byte[] complete(byte[] bytes) {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            return text.substring(0, text.lastIndexOf('\n') + 1).getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        Map<String, Long> load(Disk disk) {
            Map<String, Long> positions = new HashMap<>();
            newest(disk)
                    .ifPresent(text -> text.lines().skip(2).forEach(line -> {
                        int blank = line.indexOf(' ');
                        positions.put(line.substring(blank + 1), Long.valueOf(line.substring(0, blank)));
                    }));
            return positions;
        }

        @Override
        void save(Map<String, Long> positions, Disk disk) {
            long number = newest(disk).map(WritesTwoTextsInTurn::number).orElse(0L) + 1;
            String text = number + "\n" + text(positions);
            disk.write("positions " + number % 2, checksum(text) + "\n" + text);
        }

        private static Optional<String> newest(Disk disk) {
            return Set.of("positions 0", "positions 1").stream()
                    .flatMap(name -> disk.read(name).stream())
                    .filter(WritesTwoTextsInTurn::isWhole)
                    .max((one, other) -> Long.compare(number(one), number(other)));
        }

        private static boolean isWhole(String text) {
            int line = text.indexOf('\n');
            return line > 0 && text.substring(0, line).equals(String.valueOf(checksum(text.substring(line + 1))));
        }

        private static long number(String text) {
            return Long.parseLong(text.split("\n")[1]);
        }

        private static long checksum(String text) {
            CRC32 checksum = new CRC32();
            checksum.update(text.getBytes(StandardCharsets.UTF_8));
            return checksum.getValue();
        }
    }

    public static class Learnt extends TailWithoutDoubles {

        @Override
        Optional<String> key(Log log) throws IOException {
            return super.key(log)
                    .filter(first -> first.matches("(a|b|c|d|b\\d+) begun.*") && !first.contains("number"));
        }
    }
}
