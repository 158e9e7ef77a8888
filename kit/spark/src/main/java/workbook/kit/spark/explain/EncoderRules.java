package workbook.kit.spark.explain;

import static workbook.kit.explain.ExplanationRule.rule;

import java.util.List;
import java.util.stream.Stream;
import workbook.kit.explain.ExplanationRule;

/** The rules for objects in Datasets: encoders, beans, rows and UDFs. */
final class EncoderRules {

    private static final List<ExplanationRule> ENCODERS = List.of(
            rule(
                    "UNRESOLVED_COLUMN\\.\\w+: .* name (`.+?`) cannot be resolved\\..*"
                            + " \\[(.+?)].*\\n'DeserializeToObject",
                    "the encoder's class has a property $1, but there is no such column.",
                    "Its columns: $2. as(…) needs a column for each property: rename or select the columns before"
                            + " it."),
            rule(
                    "UNRESOLVED_COLUMN\\.\\w+: .* name (`.+?`) cannot be resolved\\..*encodeusingserializer",
                    "there is no column $1: Encoders.kryo makes one column `value` of bytes.",
                    "Use Encoders.bean, which makes a column of each property."),
            rule(
                    "CANNOT_UP_CAST_DATATYPE: Cannot up cast (\\S+) from \"(.+?)\" to \"(.+?)\"",
                    "the column `$1` has the type $2, which may not fit into the property's type $3.",
                    "Cast the column before as(…), or change the property: BIGINT is long, DECIMAL is BigDecimal,"
                            + " STRING is String, TIMESTAMP is Instant."),
            rule(
                    "NOT_NULL_ASSERT_VIOLATION: .*- field \\(class: \"(\\w+)\", name: \"(\\w+)\"\\)",
                    "the column `$2` is null in a row, and the property is a primitive $1.",
                    "Give the property an object type (Integer, Long, Double), which can be null, or filter these"
                            + " rows out before as(…)."),
            rule(
                    "NOT_NULL_ASSERT_VIOLATION: .*top level",
                    "the function returned null instead of an object.",
                    "A Dataset has no null rows. To leave rows out, use filter, or flatMap with an empty"
                            + " iterator."),
            rule(
                    "UNSUPPORTED_DESERIALIZER\\.FIELD_NUMBER_MISMATCH: .* map \"STRUCT<(.+?)>\" to",
                    "the columns do not match the encoder.",
                    "The columns are $1. Before as(…), select exactly the columns of the encoder: one for an"
                            + " encoder of single values (INT, STRING, kryo)."),
            rule(
                    "AnalysisException: Unable to generate an encoder for inner class `(\\S+?)`",
                    "the encoder's class $1 is an inner class, which is not static.",
                    "An object of it exists only within one of the enclosing class, which Spark does not have. Make it static: public static class."),
            rule(
                    "CIRCULAR_CLASS_REFERENCE: .*class \\'(?:class )?(\\S+?)\\'",
                    "a bean must not contain itself, and $1 does.",
                    "A column has a fixed structure. Leave the property out, or store an id in its place."),
            rule(
                    "BEAN_ENCODER_INTERFACE_NOT_SUPPORTED: .* type (\\S+?)\\.(?:\\s|$)",
                    "Encoders.bean needs a class with getters and setters, and $1 is an interface.",
                    "For rows, use Encoders.row(schema); for a bean, name its class."),
            rule(
                    "CompileException: .* Unknown variable or type \"(\\S+?)\\$\\.MODULE\\$\"",
                    "Spark's generated code cannot create an object of $1.",
                    "The class must be public, static if it is nested, and have a public constructor without"
                            + " parameters."),
            rule(
                    "CompileException: .* No applicable constructor/method found for zero actual parameters;"
                            + " candidates are: \"(?:\\w+\\.)*([\\w$]+)\\(",
                    "Spark cannot create an object of $1: it has no constructor without parameters.",
                    "Encoders.bean creates an empty object and calls its setters. Give the class a public"
                            + " constructor without parameters, and a getter and a setter for each field. A record has"
                            + " neither: use a class."),
            rule(
                    "ScalaReflectionException: <none> is not a term",
                    "Spark cannot create an object of the encoder's class.",
                    "Encoders.bean creates an empty object and calls its setters. Give the class a public constructor"
                            + " without parameters, and a getter and a setter for each field."),
            rule(
                    "INVALID_EXTERNAL_TYPE: The external type (\\S+) is not valid for the type \"(.+?)\" .*, (\\w+)\\)\"",
                    "the code put $1 into a row, but the schema has the type $2.",
                    "The field is `$3`. The values of RowFactory.create must have the order and the types of the schema:"
                            + " INT is Integer, BIGINT is Long, TIMESTAMP is Instant."),
            rule(
                    "UNSUPPORTED_FEATURE\\.LITERAL_TYPE: .* of class (\\S+?)\\.(?:\\s|$)",
                    "lit(…) cannot make a column of $1.",
                    "It takes numbers, texts, times and arrays of them. For an object, use the columns of its"
                            + " properties."));

    private static final List<ExplanationRule> CASTS = List.of(
            rule(
                    "FAILED_EXECUTE_UDF: .*: \\((.*?)\\) => \\w+\\) failed due to: \\S*ClassCastException: class"
                            + " (\\S+) cannot be cast to class (\\S+)",
                    "a UDF expects $3, but its column gives it $2.",
                    "Spark passes a column's own type, here $1: INT is Integer, BIGINT is Long, DECIMAL is"
                            + " BigDecimal. Cast the column, or change the UDF's parameter."),
            rule(
                    "ClassCastException: class \\S*ArraySeq\\S* cannot be cast to class (\\S+)",
                    "the code expects $1, but an ARRAY column is a Seq of Scala.",
                    "Use row.getList(i), which returns a java.util.List."),
            rule(
                    "ClassCastException: class (\\S+) cannot be cast to class (\\S+).*\\nat"
                            + " org\\.apache\\.spark\\.sql\\.catalyst\\.",
                    "Spark expects $2 here, but the code gave it $1.",
                    "A value has another class than its declared type: the DataType of a UDF, the schema of a"
                            + " row, or the encoder."));

    static final List<ExplanationRule> ALL =
            Stream.of(ENCODERS, CASTS).flatMap(List::stream).toList();

    private EncoderRules() {}
}
