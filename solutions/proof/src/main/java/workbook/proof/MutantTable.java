package workbook.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Fingerprint;
import workbook.check.catalog.Workspace;

/**
 * How a checkpoint judged the mutants of the answer, as {@code solutions/lessonNN/mutants/Name.md} stores it.
 *
 * @param name of the exercise
 * @param fingerprint of the answer and the checkpoint that were used
 * @param mutants how many were judged
 * @param accepted those that the checkpoint took for right answers
 */
record MutantTable(String name, String fingerprint, int mutants, List<Accepted> accepted) {

    private static final int DIGITS = 16;
    private static final Pattern HEAD = Pattern.compile("(?m)^(\\d+) mutants: .*`([0-9a-f]+)`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\| (.+?) (?<!\\\\)\\|(.*)(?<!\\\\)\\|$");

    /**
     * An accepted mutant.
     *
     * @param equivalent why it behaves as the task asks; empty if it does not, and the checkpoint has to refuse it
     */
    record Accepted(int line, String change, String equivalent) {

        boolean isEquivalent() {
            return !equivalent.isEmpty();
        }
    }

    /** The file of an exercise's table; it may not exist. */
    static Path file(Workspace workspace, Exercise exercise) {
        return workspace.home().resolve("solutions/" + exercise.packageName() + "/mutants/" + exercise.name() + ".md");
    }

    /** The fingerprint of an exercise's answer and checkpoint; {@code .ci/mutants} computes the same. */
    static String fingerprint(Workspace workspace, Exercise exercise) {
        return Fingerprint.of(Stream.of(exercise.answer(), exercise.checkpoint())
                        .map(workspace.home()::resolve)
                        .map(Fingerprint::text))
                .substring(0, DIGITS);
    }

    /** @throws IllegalStateException if the file has no head */
    static MutantTable read(Path file) throws IOException {
        String name = file.getFileName().toString().replace(".md", "");
        String text = Files.readString(file);
        MatchResult head = HEAD.matcher(text)
                .results()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(file + " is no table. Run .ci/mutants " + name));
        List<Accepted> accepted = ROW.matcher(text)
                .results()
                .map(row -> new Accepted(
                        Integer.parseInt(row.group(1)),
                        row.group(2).replace("\\|", "|"),
                        row.group(3).strip().replace("\\|", "|")))
                .toList();
        return new MutantTable(name, head.group(2), Integer.parseInt(head.group(1)), accepted);
    }

    /** The reasons by change. */
    Map<String, String> reasons() {
        return accepted.stream()
                .filter(Accepted::isEquivalent)
                .collect(Collectors.toMap(Accepted::change, Accepted::equivalent));
    }

    long equivalent() {
        return accepted.stream().filter(Accepted::isEquivalent).count();
    }

    List<Accepted> unexplained() {
        return accepted.stream().filter(mutant -> !mutant.isEquivalent()).toList();
    }

    /** Such as {@code 63 mutants: 60 refused, 2 equivalent, 1 accepted}. */
    String summary() {
        return String.format(
                Locale.ROOT,
                "%d mutants: %d refused, %d equivalent, %d accepted",
                mutants,
                mutants - accepted.size(),
                equivalent(),
                unexplained().size());
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, toString());
    }

    /** The file's text. */
    @Override
    public String toString() {
        String head = "# Mutants of " + name + "\n\n" + summary() + ". Answer and checkpoint: `" + fingerprint + "`\n\n"
                + "[What this file is](../../../CONTRIBUTING.md#mutants-of-an-answer)\n";
        return accepted.isEmpty()
                ? head
                : head + "\n| line | change | equivalent, because |\n|---|---|---|\n"
                        + accepted.stream().map(MutantTable::row).collect(Collectors.joining());
    }

    private static String row(Accepted mutant) {
        return "| " + mutant.line + " | " + mutant.change.replace("|", "\\|") + " | "
                + mutant.equivalent.replace("|", "\\|") + (mutant.isEquivalent() ? " |\n" : "|\n");
    }
}
