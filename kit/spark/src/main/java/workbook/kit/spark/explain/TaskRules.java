package workbook.kit.spark.explain;

import static workbook.kit.explain.ExplanationRule.rule;

import java.util.List;
import workbook.kit.explain.ExplanationRule;

/** The rules for the code inside a task. */
final class TaskRules {

    static final List<ExplanationRule> ALL = List.of(
            rule(
                    "NotSerializableException: (\\S+)\\n.*?- field \\(class: (\\S+), name: this\\$0,",
                    "$2 is an inner class: with it, Spark would have to send $1 to its tasks.",
                    "$1 is its enclosing object and not serializable. Make the inner class static: static class."),
            rule(
                    "NotSerializableException: ((?:lesson\\d|REPL)\\S+)\\n.*?- field \\(class:"
                            + " (?!java|scala|org\\.apache|Literal)(\\S+), name: (\\w+),",
                    "the function refers to $1, which is not serializable, so Spark cannot send it to its tasks.",
                    "It is in the field `$3` of $2. Let $1 implement Serializable, or create one inside the"
                            + " function; a field that the function does not need can be transient."),
            rule(
                    "NotSerializableException: (\\S+)\\n.*?- field \\(class:"
                            + " (?!java|scala|org\\.apache|Literal)(\\S+), name: (\\w+),",
                    "the function refers to $1, which is not serializable, so Spark cannot send it to its tasks.",
                    "It is in the field `$3` of $2. Make the field transient and create the object on first use"
                            + " in the task, or keep it in a static field: once for each JVM."),
            rule(
                    "NotSerializableException: ((?:lesson\\d|REPL)\\S+)",
                    "the function refers to $1, which is not serializable, so Spark cannot send it to its tasks.",
                    "Spark serializes a function with the variables that it uses, and with the whole enclosing"
                            + " object if it uses one of its fields or methods. Copy what it needs into a local variable of"
                            + " a simple type, or let $1 implement Serializable."),
            rule(
                    "NotSerializableException: (\\S+)",
                    "the function refers to $1, which is not serializable, so Spark cannot send it to its tasks.",
                    "Spark serializes a function with the variables that it uses. $1 is a library's class and"
                            + " cannot be sent. Create it inside the function, once for each JVM: in a static field of a"
                            + " class of your own."),
            rule(
                    "CANNOT_INVOKE_IN_TRANSFORMATIONS",
                    "the function uses a Dataset, which is not available in a task.",
                    "A function processes one row at a time, perhaps on another machine. Compute the value from the"
                            + " Dataset first and use it in the function, or join the two Datasets."),
            rule(
                    "NumberFormatException: .*\"(.*)\"",
                    "the code cannot parse \"$1\" as a number.",
                    "One such value stops everything. Decide what to do with it, or let Spark parse it in a"
                            + " query: try_cast returns null."),
            rule(
                    "DateTimeParseException: Text '(.*?)' could not be parsed",
                    "the code cannot parse '$1' as a date or a time.",
                    "One such value stops everything. Decide what to do with it, or let Spark parse it in a"
                            + " query: try_to_timestamp returns null."),
            rule(
                    "OutOfMemoryError",
                    "the code ran out of memory.",
                    "Look for a collection that keeps growing, or a collect of all rows. Let Spark keep the rows, and"
                            + " read totals only."));

    private TaskRules() {}
}
