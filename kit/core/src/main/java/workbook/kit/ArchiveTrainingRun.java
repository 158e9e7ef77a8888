package workbook.kit;

/** Runs archive trainings, one after the other, in a JVM that lists its classes for {@link ClassArchiveBuilder}. */
final class ArchiveTrainingRun {

    private ArchiveTrainingRun() {}

    /** Runs the trainings. A training is a class whose {@code main} returns. */
    public static void main(String[] trainings) throws ReflectiveOperationException {
        // Nobody reads the list once the builder has ended.
        ProcessHandle.current()
                .parent()
                .ifPresent(builder ->
                        builder.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
        for (String training : trainings) {
            Class.forName(training).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        }
        System.exit(0); // even if a training left threads running
    }
}
