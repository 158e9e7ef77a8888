package workbook.lessons;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A lesson's page, and the runs of programs that it shows. */
record Page(Path folder, String text) {

    /** A block that begins with {@code $ ./jbang lessons/NN-name/Program.java}: the command and its output. */
    private static final Pattern RUN = Pattern.compile(
            "```console\\n\\$ \\./jbang lessons/([^/\\n]+)/(\\w+)\\.java([^\\n]*)\\n(.*?)```", Pattern.DOTALL);

    /** A line of a header that names files of the lesson's folder: its subfolder, if there is one, and a name or pattern. */
    private static final Pattern SOURCES = Pattern.compile("//SOURCES (?!\\.\\./)((?:[^/]+/)*)([^/]+\\.java)");

    /** A run that a page shows. */
    record Run(String lesson, String program, List<String> arguments, String output) {

        String mainClass() {
            return "lesson" + lesson.substring(0, 2) + "." + program;
        }

        @Override
        public String toString() {
            return lesson + "/" + program + " " + String.join(" ", arguments);
        }
    }

    /** The page of the lesson in whose folder, {@code lessons/NN-name}, Maven runs the tests. */
    static Page here() {
        Path folder = Path.of("").toAbsolutePath();
        try {
            return new Page(folder, Files.readString(folder.resolve("README.md")));
        } catch (IOException e) {
            throw new UncheckedIOException("The lesson " + folder + " has no page", e);
        }
    }

    List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        Matcher matcher = RUN.matcher(text);
        while (matcher.find()) {
            List<String> arguments = Arguments.split(matcher.group(3));
            runs.add(new Run(matcher.group(1), matcher.group(2), arguments, matcher.group(4)));
        }
        return runs;
    }

    /** A program and the files of its lesson's folder that its header names. */
    List<Path> sources(Path program) throws IOException {
        List<Path> sources = new ArrayList<>(List.of(program));
        for (String line : Files.readAllLines(program)) {
            Matcher named = SOURCES.matcher(line);
            if (named.matches()) {
                sources.addAll(files(folder.resolve(named.group(1)), named.group(2)));
            }
        }
        return sources;
    }

    private static List<Path> files(Path folder, String name) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, name)) {
            return StreamSupport.stream(files.spliterator(), false).sorted().toList();
        }
    }

    /** The lesson's programs. */
    List<Path> programs() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
