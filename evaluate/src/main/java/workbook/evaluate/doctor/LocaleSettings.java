package workbook.evaluate.doctor;

import java.nio.charset.Charset;
import java.util.TimeZone;

/**
 * Time zone and encodings. The workbook's programs set UTC and UTF-8 themselves.
 *
 * @param zone the time zone of this JVM
 * @param text the default encoding of text
 * @param names the encoding of file names and of input
 */
record LocaleSettings(String zone, String text, String names) implements Observation {

    static LocaleSettings here() {
        return new LocaleSettings(
                TimeZone.getDefault().getID(),
                Charset.defaultCharset().name(),
                System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name()));
    }

    @Override
    public Finding finding() {
        String settings = zone + ", text in " + text + ", file names in " + names;
        if (!names.equalsIgnoreCase("UTF-8")) {
            return Finding.note(
                    settings,
                    "Files whose names have letters other than a to z cannot be opened, and '?' may be printed "
                            + "instead of · and ….",
                    "Add this line to your shell's profile: export LC_ALL=C.UTF-8");
        }
        if (!text.equalsIgnoreCase("UTF-8") || !zone.equals("UTC")) {
            return Finding.note(
                    settings,
                    "The workbook's programs set UTC and UTF-8 themselves. Your own programs need "
                            + "-Duser.timezone=UTC -Dfile.encoding=UTF-8 for the same output.");
        }
        return Finding.ok(settings);
    }
}
