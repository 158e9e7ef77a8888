package workbook.evaluate.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The operating system.
 *
 * @param isSubsystem whether it is the Windows Subsystem for Linux
 * @param isOnDrive whether the workbook lies on Windows' own drive, seen from there
 * @param hadoopHome the variable {@code HADOOP_HOME}, or empty
 */
record Platform(String name, String architecture, boolean isSubsystem, boolean isOnDrive, String hadoopHome)
        implements Observation {

    static Platform of(Path home) {
        boolean isSubsystem = kernel().toLowerCase(Locale.ROOT).contains("microsoft");
        return new Platform(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                isSubsystem,
                isSubsystem && home.toString().matches("/mnt/[a-z](/.*)?"),
                System.getenv().getOrDefault("HADOOP_HOME", ""));
    }

    private static String kernel() {
        try {
            Path version = Path.of("/proc/version");
            return Files.exists(version) ? Files.readString(version) : "";
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public Finding finding() {
        String what = name + " on " + architecture + (isSubsystem ? ", in WSL" : "");
        if (name.startsWith("Windows")) {
            return Finding.note(
                    what + (hadoopHome.isEmpty() ? "" : ", HADOOP_HOME is " + hadoopHome),
                    "Spark's file system would ask for winutils.exe and HADOOP_HOME; the workbook brings one "
                            + "(BareLocalFileSystem) that needs neither. './jbang' is a script for bash, so the workbook is "
                            + "tested in WSL.",
                    "wsl --install, then clone the workbook there.");
        }
        return isOnDrive
                ? Finding.note(
                        what + ", with the workbook on Windows' drive",
                        "Linux reaches files there slowly: everything takes several times as long.",
                        "Clone it into your Linux home folder instead: cd ~")
                : Finding.ok(what);
    }
}
