package workbook.kit.spark.explain;

import static workbook.kit.explain.ExplanationRule.rule;

import java.util.List;
import java.util.stream.Stream;
import workbook.kit.explain.ExplanationRule;

/** The rules for state that the code itself keeps: GroupState and StatefulProcessor. */
final class StateRules {

    private static final List<ExplanationRule> GROUP_STATE = List.of(
            rule(
                    "NoSuchElementException: State is either not defined or has already been removed",
                    "the state of this key was read, but it has none.",
                    "Before the first update() and after remove() there is no state: ask state.exists() first, or"
                            + " use getOption()."),
            rule(
                    "IllegalArgumentException: 'null' is not a valid state value",
                    "null cannot be a state.",
                    "To delete the state of a key, call remove()."),
            rule(
                    "SparkUnsupportedOperationException: Cannot set timeout duration without enabling processing"
                            + " time",
                    "setTimeoutDuration needs GroupStateTimeout.ProcessingTimeTimeout().",
                    "This query has another one. Name it in flatMapGroupsWithState, or, in event time, call setTimeoutTimestamp with EventTimeTimeout()."),
            rule(
                    "SparkUnsupportedOperationException: Cannot set timeout timestamp without enabling event time",
                    "setTimeoutTimestamp needs GroupStateTimeout.EventTimeTimeout().",
                    "This query has another one. Name it in flatMapGroupsWithState, together with withWatermark, or call setTimeoutDuration with ProcessingTimeTimeout()."),
            rule(
                    "SparkUnsupportedOperationException: Cannot get event time watermark",
                    "the function asks for the watermark, but the query has none.",
                    "Call withWatermark before groupByKey."),
            rule(
                    "IllegalArgumentException: Timeout timestamp must be positive",
                    "the time of a timeout must be after 1970.",
                    "setTimeoutTimestamp takes milliseconds since 1970: instant.toEpochMilli()."),
            rule(
                    "AnalysisException: Watermark must be specified in the query .* event-time timeout",
                    "event-time timeouts need a watermark, and the query has none.",
                    "The watermark makes them expire. Call withWatermark before groupByKey."),
            rule(
                    "AnalysisException: mapGroupsWithState is not supported with (\\w+) output mode",
                    "mapGroupsWithState works in update mode only, not in $1 mode.",
                    "It returns one changed result for each key in every batch. Use update mode, or"
                            + " flatMapGroupsWithState with OutputMode.Append()."),
            rule(
                    "AnalysisException: flatMapGroupsWithState in (\\w+) mode is not supported with (\\w+) output"
                            + " mode",
                    "flatMapGroupsWithState declares $1 mode, but the query runs in $2 mode.",
                    "Pass the query's own mode as its OutputMode: the two must agree."),
            rule(
                    "NullPointerException: .*return value of"
                            + " \"(?:\\S+\\.)?(?:\\w*Function\\w*\\.(?:apply|call)|StatefulProcessor\\.handle\\w+)\\(",
                    "the function returned null instead of an iterator.",
                    "To emit nothing, return an empty one: Collections.emptyIterator(), or Iterator.empty() in a"
                            + " StatefulProcessor."));

    private static final List<ExplanationRule> PROCESSORS = List.of(
            rule(
                    "STATEFUL_PROCESSOR_CANNOT_PERFORM_OPERATION_WITH_INVALID_TIME_MODE:"
                            + " .*operation=\\w*timer\\w* with invalid timeMode=(\\w+)",
                    "timers need a time mode, and this query has TimeMode.None().",
                    "Pass TimeMode.EventTime() with withWatermark, or TimeMode.ProcessingTime(), to"
                            + " transformWithState."),
            rule(
                    "STATEFUL_PROCESSOR_INCORRECT_TIME_MODE_TO_ASSIGN_TTL: .*state=(\\w+) in timeMode=(\\w+)",
                    "the state `$1` has a time to live, which needs TimeMode.ProcessingTime().",
                    "A time to live counts by the wall clock. In event time, set a timer and clear the state when"
                            + " it expires."),
            rule(
                    "STATEFUL_PROCESSOR_CANNOT_PERFORM_OPERATION_WITH_INVALID_HANDLE_STATE:"
                            + " .*operation=get_(\\w+)_state",
                    "a state variable can be created in init(…) only.",
                    "Call getHandle().getValueState there (or getListState, getMapState), and keep the variable"
                            + " in a transient field."),
            rule(
                    "STATEFUL_PROCESSOR_CANNOT_PERFORM_OPERATION_WITH_INVALID_HANDLE_STATE:"
                            + " .*operation=\\w*timers?",
                    "a timer cannot be set or deleted in init(…).",
                    "A timer belongs to a key: set it in handleInputRows or handleExpiredTimer."),
            rule(
                    "STATEFUL_PROCESSOR_DUPLICATE_STATE_VARIABLE_DEFINED: State variable with name (\\S+)",
                    "two state variables have the name `$1`.",
                    "Give each variable of a processor a name of its own."),
            rule(
                    "ILLEGAL_STATE_STORE_VALUE\\.NULL_VALUE: .*StateName (\\w+)",
                    "null cannot be stored in the state `$1`, neither as a key nor as a value.",
                    "To delete a value, call clear() or removeKey(…)."),
            rule(
                    "ILLEGAL_STATE_STORE_VALUE\\.EMPTY_LIST_VALUE: .*StateName (\\w+)",
                    "an empty list cannot be stored in the state `$1`.",
                    "To delete the list, call clear()."),
            rule(
                    "UNSUPPORTED_FEATURE\\.STORE_BACKEND_NOT_SUPPORTED_FOR_TWS",
                    "transformWithState needs the state store RocksDB.",
                    "Set spark.sql.streaming.stateStore.providerClass to RocksDBStateStoreProvider, as LocalSpark"
                            + " does."));

    static final List<ExplanationRule> ALL =
            Stream.of(GROUP_STATE, PROCESSORS).flatMap(List::stream).toList();

    private StateRules() {}
}
