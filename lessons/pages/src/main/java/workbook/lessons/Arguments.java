package workbook.lessons;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Splits a command line into arguments; double quotes group words. */
final class Arguments {

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private Arguments() {}

    static List<String> split(String line) {
        return WORD.matcher(line).results().map(Arguments::word).toList();
    }

    private static String word(MatchResult match) {
        return match.group(1) != null ? match.group(1) : match.group(2);
    }
}
