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
            all.add(new Schema.Field(parts[0], type, null, parts.length == 2 ? null : value(parts[2], type)));
        }
        return Schema.createRecord("Payment", null, null, false, all);
    }

    private static Object value(String text, Schema type) {
        return type.getType() == Schema.Type.INT ? (Object) Integer.valueOf(text) : text;
    }

    @Override
    public Integer call() {
        try (LocalRegistry registry = LocalRegistry.start()) {
            RegistryClient client = new RegistryClient(registry.url());
            client.setLevel("payments", level);
            List<Schema> versions = new ArrayList<>();
            for (String fields : PROPOSED) {
                System.out.println(fields + "\n    " + register(client, payment(fields), versions));
            }
            Schema newest = versions.get(versions.size() - 1);
            for (int i = 0; i < versions.size(); i++) {
                boolean fits = CompatibilityLevel.BACKWARD
                        .conflicts(newest, new TreeMap<>(Map.of(i + 1, versions.get(i))))
                        .isEmpty();
                System.out.printf("version %d reads records of version %d: %s%n", versions.size(), i + 1, fits);
            }
            int id = client.register("refunds", payment(PROPOSED.get(0)));
            System.out.printf("in another subject: id %d, versions %s%n", id, client.versions("refunds"));
            return 0;
        }
    }

    private static String register(RegistryClient client, Schema schema, List<Schema> versions) {
        try {
            int id = client.register("payments", schema);
            if (client.versions("payments").size() > versions.size()) {
                versions.add(schema);
            }
            return "id " + id + ", versions " + client.versions("payments");
        } catch (RegistryException e) {
            return "refused with " + e.code() + ": " + e.getMessage().replace("; ", "\n    and: ");
        }
    }

    public static void main(String... args) {
        Program.run(new SchemaRegistry(), args);
    }
}
