///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/schemas/src/main/java/workbook/kit/schemas/*.java
package lesson13;

import java.util.*;
import java.util.concurrent.Callable;
import org.apache.avro.Schema;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.schemas.*;

/** Registers versions of a schema, one after the other, at the levels that the options name. */
@Command(mixinStandardHelpOptions = true, description = "Versions, ids and compatibility levels of a schema registry.")
public class SchemaRegistry implements Callable<Integer> {

    @Option(
            names = "--level",
            defaultValue = "BACKWARD",
            description = "one of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    CompatibilityLevel level;

    /** The schemas that are proposed, in this order. */
    private static final List<String> PROPOSED = List.of(
            "id:long amount:int",
            "id:long amount:int currency:string",
            "id:long amount:int currency:string=EUR",
            "id:long currency:string=EUR",
            "id:long currency:string=EUR amount:string=0",
            "id:long amount:int");

    /** The schema of a payment with these fields, separated by blanks: a name, a type, and perhaps a default. */
    public static Schema payment(String fields) {
        List<Schema.Field> all = new ArrayList<>();
        for (String field : fields.split(" ")) {
            String[] parts = field.split("[:=]");
            Schema type = Schema.create(Schema.Type.valueOf(parts[1].toUpperCase(Locale.ROOT)));
            all.add(
                    parts.length == 2
                            ? new Schema.Field(parts[0], type)
                            : new Schema.Field(parts[0], type, null, parts[2]));
        }
        return Schema.createRecord("Payment", null, null, false, all);
    }

    @Override
    public Integer call() {
        try (LocalRegistry registry = LocalRegistry.start()) {
            RegistryClient client = new RegistryClient(registry.url());
            client.setLevel("payments-value", level);
            System.out.println("subject payments-value, level " + level);
            for (String fields : PROPOSED) {
                System.out.println(fields);
                System.out.println("    " + register(client, fields));
            }
            int copy = client.register("refunds-value", payment(PROPOSED.get(0)));
            System.out.println("subject refunds-value\n" + PROPOSED.get(0) + "\n    id " + copy);
            return 0;
        }
    }

    private static String register(RegistryClient client, String fields) {
        try {
            int id = client.register("payments-value", payment(fields));
            return "id " + id + ", versions " + client.versions("payments-value");
        } catch (RegistryException e) {
            return "refused with " + e.code() + ": " + e.getMessage().replace("; ", "\n    ");
        }
    }

    public static void main(String... args) {
        Program.run(new SchemaRegistry(), args);
    }
}
