package workbook.proof;

import com.github.javaparser.Position;
import com.github.javaparser.ast.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Collects the mutants of one source. Each call makes a mutant, unless an earlier one has the same text. */
final class AnswerMutants {

    private static final int SHOWN = 100;

    /** Mutants name classes in full where the source may not import them; that is no part of the change. */
    private static final Pattern PACKAGE =
            Pattern.compile("org\\.apache\\.spark\\.sql\\.functions\\.|java\\.time\\.temporal\\.");

    private final String source;
    private final boolean hasNulls;
    private final List<Integer> lines = new ArrayList<>(List.of(0));
    private final List<AnswerMutant> mutants = new ArrayList<>();
    private final Set<String> sources = new HashSet<>();
    private final Map<String, Integer> changes = new HashMap<>();

    AnswerMutants(String source, boolean hasNulls) {
        this.source = source;
        this.hasNulls = hasNulls;
        sources.add(source);
        for (int at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) {
            lines.add(at + 1);
        }
    }

    /** Whether the exercise's input may contain nulls. */
    boolean hasNulls() {
        return hasNulls;
    }

    List<AnswerMutant> all() {
        return List.copyOf(mutants);
    }

    String text(Node node) {
        return source.substring(begin(node), end(node));
    }

    int begin(Node node) {
        return offset(node.getBegin().orElseThrow());
    }

    /** The offset after a node's last character. */
    int end(Node node) {
        return offset(node.getEnd().orElseThrow()) + 1;
    }

    void replace(Node node, String text) {
        replace(begin(node), end(node), text);
    }

    void remove(Node node) {
        remove(begin(node), end(node));
    }

    void remove(int begin, int end) {
        replace(begin, end, "");
    }

    void replace(int begin, int end, String text) {
        String before = shown(source.substring(begin, end));
        replace(begin, end, text, text.isEmpty() ? "without " + before : before + " → " + shown(text));
    }

    /** @param change what is changed, as Markdown */
    void replace(int begin, int end, String text, String change) {
        add(begin, change, source.substring(0, begin) + padded(text, begin, end) + source.substring(end));
    }

    /** Removes one part of the source and inserts a text at an earlier place. */
    void move(int begin, int end, int to, String text, String change) {
        String removed = source.substring(to, begin) + padded("", begin, end) + source.substring(end);
        add(begin, change, source.substring(0, to) + text + removed);
    }

    /** A text as Markdown, on one line. */
    static String shown(String text) {
        String line = oneLine(PACKAGE.matcher(text).replaceAll(""));
        return "`" + (line.length() <= SHOWN ? line : line.substring(0, SHOWN - 1) + "…") + "`";
    }

    private void add(int begin, String change, String mutant) {
        if (sources.add(mutant)) {
            int line = line(begin);
            String in = shown(lineText(line));
            String described = change.endsWith(in) ? change : change + " in " + in;
            int times = changes.merge(described, 1, Integer::sum);
            mutants.add(new AnswerMutant(line, times == 1 ? described : described + " #" + times, mutant));
        }
    }

    /** The text with as many lines as what it replaces, so that the lines below keep their numbers. */
    private String padded(String text, int begin, int end) {
        long missing = newlines(source.substring(begin, end)) - newlines(text);
        return text + "\n".repeat((int) Math.max(0, missing));
    }

    private int line(int offset) {
        return (int) newlines(source.substring(0, offset)) + 1;
    }

    private String lineText(int line) {
        return source.substring(lines.get(line - 1), line < lines.size() ? lines.get(line) : source.length());
    }

    private int offset(Position position) {
        return lines.get(position.line - 1) + position.column - 1;
    }

    private static long newlines(String text) {
        return text.chars().filter(c -> c == '\n').count();
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
