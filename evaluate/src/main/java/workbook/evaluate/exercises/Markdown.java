package workbook.evaluate.exercises;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Converts Markdown to text for a terminal: wrapped paragraphs, indented code, no emphasis, no comments, and only links
 * to other sites with their targets. Supports the elements that the workbook's pages use; others are left unchanged.
 */
public final class Markdown {

    private static final Pattern ITEM = Pattern.compile("(\\s*(?:[-*]|\\d+\\.) )(.*)");
    private static final Pattern HEADING = Pattern.compile("#+ (.*)");
    private static final String CODE = "`[^`]*`";
    /** Code comes first, so that comments and links in code are not matched; the text of a link may be code. */
    private static final Pattern CODE_COMMENT_OR_LINK =
            Pattern.compile(CODE + "|<!--.*?-->|\\[((?:" + CODE + "|[^]`])+)]\\(([^)]+)\\)");

    private static final Pattern EMPHASIS = Pattern.compile("(\\*\\*?)(?=\\S)(.+?)(?<=\\S)\\1");
    /** Code up to this length is not wrapped. */
    private static final int UNBROKEN = 40;

    private static final char HARD_SPACE = '\u00a0';

    private final int width;
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder paragraph = new StringBuilder();
    private int indent;
    private boolean isCode;

    private Markdown(int width) {
        this.width = width;
    }

    /** Converts a page or a part of it, without leading and trailing blank lines. */
    public static String plain(String markdown) {
        return plain(markdown, Paragraph.WIDTH);
    }

    /** Like {@link #plain(String)}, wrapped at this width. */
    public static String plain(String markdown, int width) {
        Markdown page = new Markdown(width);
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
            String text = Paragraph.hanging(inline(paragraph.toString().strip()), indent, width);
            out.append(text.replace(HARD_SPACE, ' ')).append('\n');
        }
        paragraph.setLength(0);
        indent = 0;
    }

    /** Every second part between backticks is code. */
    private static String inline(String text) {
        String[] parts =
                CODE_COMMENT_OR_LINK.matcher(text).replaceAll(Markdown::shown).split("`", -1);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = i % 2 == 0 ? EMPHASIS.matcher(parts[i]).replaceAll("$2") : codePart(parts[i]);
        }
        return String.join("`", parts);
    }

    private static String shown(MatchResult found) {
        if (found.group(1) != null) {
            return Matcher.quoteReplacement(link(found.group(1), found.group(2)));
        }
        return found.group().startsWith("`") ? Matcher.quoteReplacement(found.group()) : "";
    }

    private static String link(String text, String target) {
        return target.startsWith("http") ? text + " (" + target + ")" : text;
    }

    private static String codePart(String text) {
        return text.length() <= UNBROKEN ? text.replace(' ', HARD_SPACE) : text;
    }
}
