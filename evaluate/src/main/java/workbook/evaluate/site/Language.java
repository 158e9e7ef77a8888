package workbook.evaluate.site;

import java.nio.file.Path;
import java.util.Map;

/** The highlighter's name for the language of a file. */
final class Language {

    private static final Map<String, String> BY_ENDING = Map.of(
            "java", "java",
            "py", "python",
            "yml", "yaml",
            "yaml", "yaml",
            "xml", "xml",
            "json", "json",
            "sql", "sql",
            "sh", "bash",
            "properties", "ini",
            "js", "javascript");

    private Language() {}

    /** {@code plaintext} if it is none of those that the site shows. */
    static String of(Path file) {
        String name = file.getFileName().toString();
        return BY_ENDING.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "plaintext");
    }
}
