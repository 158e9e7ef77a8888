package workbook.evaluate.doctor;

/** The number of cores. */
record Cores(int number) implements Observation {

    static Cores here() {
        return new Cores(Runtime.getRuntime().availableProcessors());
    }

    @Override
    public Finding finding() {
        return number > 1
                ? Finding.ok(String.valueOf(number))
                : Finding.note(
                        "only one", "Broker, engine and checkpoint share it, so everything takes about twice as long.");
    }
}
