package workbook.evaluate.watch;

import java.util.regex.Pattern;

/** Tells a whole Java file from the beginning of one. */
final class JavaText {

    /** Comments, and literals that may contain braces; the quantifiers are possessive because texts may be long. */
    private static final Pattern NO_CODE = Pattern.compile("(?s)//[^\n]*+|/\\*.*?\\*/|\"\"\".*?(?<!\\\\)\"\"\""
            + "|\"(?:\\\\.|[^\"\\\\\n])*+\"|'(?:\\\\.|[^'\\\\\n])*+'");

    private JavaText() {}

    /** Whether the text has a body in braces, and every brace and comment is closed. */
    static boolean isComplete(String text) {
        String code = NO_CODE.matcher(text).replaceAll("");
        long open = count(code, '{');
        return open > 0 && open == count(code, '}') && !code.contains("/*");
    }

    private static long count(String code, char brace) {
        return code.chars().filter(c -> c == brace).count();
    }
}
