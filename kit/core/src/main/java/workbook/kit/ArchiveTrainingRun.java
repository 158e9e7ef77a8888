package workbook.kit;

/** Plays trainings, one after the other, in a JVM of their own that lists its classes for {@link ClassArchiveBuilder}. */
final class ArchiveTrainingRun {

    private ArchiveTrainingRun() {}

    /** The trainings by their names. A training is a class with a {@code main}, which returns. */
    public static void main(String[] trainings) throws ReflectiveOperationException {
        // Without its maker nobody waits for the list.
        ProcessHandle.current()
                .parent()
                .ifPresent(maker ->
                        maker.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
        for (String training : trainings) {
            Class.forName(training).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        }
        System.exit(0); // whatever threads they have left
    }
}
