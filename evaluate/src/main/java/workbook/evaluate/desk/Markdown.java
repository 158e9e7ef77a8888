package workbook.evaluate.desk;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Markdown as it reads best on a terminal: paragraphs in lines, code indented, no marks for emphasis, links without their
 * targets unless these lead out of the project. Knows what the workbook's pages use, and leaves the rest as it is.
 */
public final class Markdown {

    private static final Pattern ITEM = Pattern.compile("(\\s*(?:[-*]|\\d+\\.) )(.*)");
    private static final Pattern HEADING = Pattern.compile("#+ (.*)");
    private static final Pattern LINK = Pattern.compile("\\[([^]]+)]\\(([^)]+)\\)");
    private static final Pattern EMPHASIS = Pattern.compile("(\\*\\*?)(?=\\S)(.+?)(?<=\\S)\\1");
    /** Code up to this length is not broken at the end of a line. */
    private static final int UNBROKEN = 40;
    private static final char HARD_SPACE = '\u00a0';

    private final StringBuilder out = new StringBuilder();
    private final StringBuilder paragraph = new StringBuilder();
    private int indent;
    private boolean isCode;

    private Markdown() {}

    /** A page, or a part of one, without blank lines before and after. */
    public static String plain(String markdown) {
        Markdown page = new Markdown();
        markdown.lines().forEach(page::line);
        page.end();
        return page.out.toString().stripTrailing().replaceFirst("^\\n+", "");
    }

    private void line(String line) {
        if (line.startsWith("```")) {
            end();
            isCode = !isCode;
        } else if (isCode) {
            out.append(line.isEmpty() ? "" : "    " + line).append('\n');
        } else {
            prose(line);
        }
    }

    private void prose(String line) {
        Matcher item = ITEM.matcher(line);
        Matcher heading = HEADING.matcher(line);
        if (line.isBlank() || line.startsWith("|")) {
            end();
            out.append(line).append('\n');
        } else if (heading.matches()) {
            end();
            out.append(inline(heading.group(1))).append("\n\n");
        } else if (item.matches()) {
            end();
            indent = item.group(1).length();
            out.append(item.group(1));
            paragraph.append(item.group(2));
        } else {
            paragraph.append(paragraph.isEmpty() ? "" : " ").append(line.strip());
        }
    }

    /** Ends the paragraph, if there is one. */
    private void end() {
        if (!paragraph.isEmpty()) {
            String text = Paragraph.hanging(inline(paragraph.toString().strip()), indent);
            out.append(text.replace(HARD_SPACE, ' ')).append('\n');
        }
        paragraph.setLength(0);
        indent = 0;
    }

    /** Every other part between backticks is code. */
    private static String inline(String text) {
        String[] parts = text.split("`", -1);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = i % 2 == 0 ? prosePart(parts[i]) : codePart(parts[i]);
        }
        return String.join("`", parts);
    }

    private static String prosePart(String text) {
        String linked = LINK.matcher(text).replaceAll(link -> Matcher.quoteReplacement(
                link.group(2).startsWith("http") ? link.group(1) + " (" + link.group(2) + ")" : link.group(1)));
        return EMPHASIS.matcher(linked).replaceAll("$2");
    }

    private static String codePart(String text) {
        return text.length() <= UNBROKEN ? text.replace(' ', HARD_SPACE) : text;
    }
}
