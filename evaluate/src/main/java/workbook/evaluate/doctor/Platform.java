package workbook.evaluate.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The operating system.
 *
 * @param isSubsystem whether it is the Windows Subsystem for Linux
 * @param isOnDrive whether it is, and the workbook is on a Windows drive
 * @param hadoopHome the environment variable {@code HADOOP_HOME}, or empty
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
        String system = name + " on " + architecture + (isSubsystem ? ", in WSL" : "");
        if (name.startsWith("Windows")) {
            return Finding.note(
                    system + (hadoopHome.isEmpty() ? "" : ", HADOOP_HOME is " + hadoopHome),
                    "Spark's file system requires winutils.exe and HADOOP_HOME; the workbook uses BareLocalFileSystem, "
                            + "which requires neither. './jbang' is a bash script, so the workbook is tested in WSL.",
                    "wsl --install, then clone the workbook there.");
        }
        return isOnDrive
                ? Finding.note(
                        system + ", with the workbook on a Windows drive",
                        "Linux accesses this drive slowly: everything takes several times as long.",
                        "Clone the workbook into your Linux home folder: cd ~")
                : Finding.ok(system);
    }
}
