package workbook.evaluate.doctor;

import java.nio.charset.Charset;
import java.util.TimeZone;

/**
 * Time zone and encodings. The workbook's programs set UTC and UTF-8 themselves.
 *
 * @param zone this JVM's time zone
 * @param text the encoding of texts
 * @param names the encoding of names of files and of what is typed
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
        String what = zone + ", texts in " + text + ", names of files in " + names;
        if (!names.equalsIgnoreCase("UTF-8")) {
            return Finding.note(
                    what,
                    "Files whose names have other letters than a to z cannot be opened, and you may see "
                            + "'?' in the place of · and ….",
                    "Put this into your shell's profile: export LC_ALL=C.UTF-8");
        }
        if (!text.equalsIgnoreCase("UTF-8") || !zone.equals("UTC")) {
            return Finding.note(
                    what,
                    "The workbook's programs set UTC and UTF-8 themselves. Your own need the flags "
                            + "-Duser.timezone=UTC -Dfile.encoding=UTF-8 to show the same.");
        }
        return Finding.ok(what);
    }
}
