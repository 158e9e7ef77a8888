///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/schemas/src/main/java/workbook/kit/schemas/*.java
//SOURCES formats/*.java
package lesson13;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.Program;
import workbook.kit.TextTable;

/** Each change of a schema in three formats: what the new reader gets of an old record, and the old reader of a new one. */
@Command(
        mixinStandardHelpOptions = true,
        description = "Which reader reads which record, in Avro, Protobuf and JSON Schema.")
public class WhoReadsWhat implements Callable<Integer> {

    @Option(names = "--why", description = "print why a reader fails")
    boolean why;

    private record Change(String name, Version old, Version changed) {
        Change(String name, String old, String changed) {
            this(name, Version.of(old), Version.of(changed));
        }
    }

    private static final List<Change> CHANGES = List.of(
            new Change("add a field", "1 amount int", "1 amount int, 2 currency string"),
            new Change("add it with a default", "1 amount int", "1 amount int, 2 currency string = EUR"),
            new Change("remove a field", "1 amount int, 2 currency string", "1 amount int"),
            new Change("rename a field", "1 amount int", "1 cents int"),
            new Change("rename it, with an alias", "1 amount int", "1 cents int was amount"),
            new Change("int becomes long", "1 amount int", "1 amount long"),
            new Change("int becomes string", "1 amount int", "1 amount string"),
            new Change("one more symbol", "1 channel SHOP|WEB", "1 channel SHOP|WEB|APP"),
            new Change("swap two fields", "1 amount int, 2 currency string", "2 currency string, 1 amount int"),
            new Change("use a number again", "1 amount int, 2 currency string", "1 amount int, 2 terminal string"));

    private static final Map<String, Format> FORMATS =
            Map.of("Avro", new Avro(), "Protobuf", new Protobuf(), "JSON", new Json());

    @Override
    public Integer call() {
        TextTable table = new TextTable("%-24s  %-6s  %-24s  %-24s  %s");
        table.row("change", "reader", "Avro", "Protobuf", "JSON Schema");
        for (Change change : CHANGES) {
            row(table, change.name(), "new", change.old(), change.changed());
            row(table, "", "old", change.changed(), change.old());
        }
        return 0;
    }

    private void row(TextTable table, String name, String reader, Version written, Version wanted) {
        table.row(
                name,
                reader,
                read("Avro", written, wanted),
                read("Protobuf", written, wanted),
                read("JSON", written, wanted));
    }

    /** The fields that the reader gets, or that it fails. */
    private String read(String format, Version written, Version wanted) {
        try {
            return FORMATS.get(format).read(written, wanted).entrySet().stream()
                    .map(field -> field.getKey() + "=" + field.getValue())
                    .collect(Collectors.joining(" "));
        } catch (Exception e) {
            return why ? e.getMessage() : "fails";
        }
    }

    public static void main(String... args) {
        Program.run(new WhoReadsWhat(), args);
    }
}
