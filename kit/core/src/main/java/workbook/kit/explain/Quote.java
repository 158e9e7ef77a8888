package workbook.kit.explain;

import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The part of an exception's message that learners see: at most three lines of its first paragraph, without what differs
 * from run to run, internals of an engine, and advice to turn a check off.
 */
final class Quote {

    private static final int LINES = 3;

    /** What follows the message itself: the query, its plan, and the stack trace of a task. */
    private static final List<Pattern> ENDS = List.of(
            Pattern.compile(";?\\s*SQLSTATE: \\w+"),
            Pattern.compile(";\\s*\\n(?=['~:+]|[A-Z]\\w*[ \\[(])|(?<=\\.);\\s*\\n"),
            Pattern.compile("\\n\\s*(at [\\w.$/]+\\(|Serialization stack:|Driver stacktrace:)"),
            Pattern.compile("\\n\\s*\\n"));

    private static final Pattern NOISE = Pattern.compile(String.join(
            "|",
            "(?s)Some data may have been lost because .*?Reason:\\s*",
            "(?s)\\s*If you (don't|do not) want .*? to false\\.",
            "(?s)\\s*You can set .*? to '?false'?[^.]*\\.( Note that [^.]*\\.)?",
            "(?s)\\s*If (it is )?necessary,? set .*? bypass this error(, and return NULL instead)?\\.",
            "(?s)\\s*If you understand the possible risk .*",
            "(?s)\\s*(Please ensure that|Please check|You can reference|If the issue persists,|See the docs) [^.]*\\.",
            "(?s)\\s*If the schema is inferred from .*",
            "\\s+with consumer group spark-kafka-source-\\S+",
            " The timestamp should be within \\[[^]]*]",
            "(?s)\\s*\\(window specification: .*",
            " in \\d+ms$",
            "(?s) Total memory: .*",
            "\\s*; for example, .*",
            "\\s*at \\[Source: .*",
            "(?s)\\s*Please investigate in this order:.*",
            "\\s*currentThread\\(.*",
            "\\s*\\([^()]* loader [^()]*\\)",
            "@[0-9a-f]{5,}\\b",
            "\\bcheckpoint-[0-9a-f-]{36}-?",
            "(?<=[a-z])-\\d{12,20}\\b",
            "file:/\\S*/",
            "[^\\s`'\"]*/\\.workbook/tmp/jvm-\\d+/",
            "File 'generated\\.java'[^:]*: (Failed to compile: \\S+: )?",
            "(?<=[a-z])\\s+(with|in) invalid handle state=\\w+",
            "\\$of(Ref|Int|Long|Double|Boolean|Byte|Char|Short|Float)\\b",
            "\\$\\$?Lambda[$/\\w]*",
            "\\brequirement failed: ",
            "\\bassertion failed: ?"));

    private static final Pattern COLUMN_ID = Pattern.compile("(?<!\\w)'[^'\n]*'(?!\\w)|(?<=\\w)#\\d+L?(-T\\d+ms)?");
    private static final Pattern POSITION = Pattern.compile("FetchPosition\\{offset=(\\d+).*?}}");
    private static final Pattern OPERATOR = Pattern.compile("\\(OperatorId: \\d+ -> OperatorName: (\\w+)\\)");
    private static final Pattern SET = Pattern.compile("\\b(?:Hash)?Set\\(([^()]*)\\)");
    private static final Pattern MILLIS =
            Pattern.compile("(?i)((?:timestamp|time|watermark)\\w*(?: value)?[=: ]+)(-?\\d{12,13})\\b");

    private static final Pattern PACKAGE = Pattern.compile(
            "\\b(?:javax?|jdk|scala|lesson\\d\\d|workbook|org\\.(?:apache|codehaus|sparkproject|rocksdb))\\.([a-z]\\w*\\.)*(?=[A-Z])");

    private Quote() {}

    static String of(String message) {
        String end = message;
        for (Pattern after : ENDS) {
            end = after.split(end.strip(), 2)[0];
        }
        return lines(readable(NOISE.matcher(end).replaceAll(""))).replaceFirst("\\.(?=\\.$)", "");
    }

    /** The first lines, up to the end of the last sentence that is complete. */
    private static String lines(String text) {
        List<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        String quote =
                lines.stream().limit(LINES).collect(Collectors.joining(" ")).replace(" - field ", "\n- field ");
        boolean isCut = lines.size() > LINES && !lines.get(LINES - 1).startsWith("- ");
        return (isCut ? quote.replaceFirst("(?s)(.*\\w[.!?])\\s.*", "$1") : quote).replaceFirst("[:,;]+$", "");
    }

    /** The text with class names as the learner writes them, without packages, columns without ids, and times as text. */
    static String readable(String text) {
        String plain =
                COLUMN_ID.matcher(text).replaceAll(found -> found.group().startsWith("'") ? quoted(found.group()) : "");
        plain = POSITION.matcher(plain).replaceAll("$1");
        plain = SET.matcher(plain).replaceAll("$1");
        plain = OPERATOR.matcher(plain).replaceAll("$1");
        plain = MILLIS.matcher(plain).replaceAll(found -> found.group(1) + time(found.group(2)));
        return PACKAGE.matcher(plain)
                .replaceAll("")
                .replaceAll("(?<=\\w)\\$(?=[A-Z])", ".")
                .replaceAll("(?<![\\w\\[])\\[B(?!\\w)", "byte[]");
    }

    private static String quoted(String text) {
        return Matcher.quoteReplacement(text);
    }

    private static String time(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis)).toString();
    }
}
