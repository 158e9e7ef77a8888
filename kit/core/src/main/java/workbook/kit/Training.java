package workbook.kit;

/** Plays rehearsals, one after the other, in a JVM of their own that lists its classes for {@link ArchiveMaker}. */
final class Training {

    private Training() {}

    /** The rehearsals by their names. A rehearsal is a class with a {@code main}, which returns. */
    public static void main(String[] rehearsals) throws ReflectiveOperationException {
        // Without its maker nobody waits for the list.
        ProcessHandle.current()
                .parent()
                .ifPresent(maker ->
                        maker.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
        for (String rehearsal : rehearsals) {
            Class.forName(rehearsal).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        }
        System.exit(0); // whatever threads they have left
    }
}
