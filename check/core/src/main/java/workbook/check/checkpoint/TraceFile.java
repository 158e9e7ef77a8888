package workbook.check.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import workbook.check.catalog.Exercise;
import workbook.check.script.Recorder;
import workbook.check.script.ScriptRow;
import workbook.check.script.Trace;

/**
 * Writes the traces of one run of a checkpoint to {@code .workbook/traces/<lesson>-<Exercise>.json}, for tools that draw
 * them:
 *
 * <pre>{@code
 * {
 *   "exercise": "lesson05.HourlyRevenue",
 *   "steps": [ {
 *     "step": "a late row is dropped",
 *     "passed": true,
 *     "traces": [ {
 *       "title": "", "mode": "append",
 *       "inputs": { "in": ["shop", "time", "price"] },
 *       "columns": ["from", "shop", "total"],
 *       "thrown": null,
 *       "events": [ {
 *         "kind": "BATCH", "batch": 1,
 *         "in": { "in": [["north", "2026-01-01T10:05:00Z", 2.50]] },
 *         "out": [],
 *         "ordered": false,
 *         "watermark": "2026-01-01T09:55:00Z",
 *         "state": 1, "dropped": 0, "observed": {}, "millis": 87
 *       } ]
 *     } ]
 *   } ]
 * }
 * }</pre>
 *
 * <p>The fields of a trace and of an event are those of {@link Trace}. A row is an array of its values. Numbers, booleans
 * and null keep their JSON type, nested rows and arrays are arrays, all others are text; times are ISO, in UTC.
 */
final class TraceFile {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path file;
    private final Exercise exercise;
    private final List<Map<String, Object>> steps = new ArrayList<>();

    /** A file in this folder, which is created if necessary. */
    TraceFile(Path folder, Exercise exercise) {
        this.file = folder.resolve(exercise.lesson() + "-" + exercise.name() + ".json");
        this.exercise = exercise;
    }

    /** Adds a step and rewrites the file, so that it is complete up to this step if the run is stopped. */
    void add(String step, Recorder.Recording recording) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("step", step);
        json.put("passed", recording.thrown() == null);
        json.put("traces", recording.traces().stream().map(TraceFile::trace).toList());
        steps.add(json);
        write();
    }

    private void write() {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("exercise", exercise.className());
        run.put("steps", steps);
        try {
            Files.createDirectories(file.getParent());
            Path draft =
                    Files.createTempFile(file.getParent(), file.getFileName().toString(), ".draft");
            Files.write(draft, JSON.writeValueAsBytes(run));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE); // another JVM may check the same exercise
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the traces to " + file, e);
        }
    }

    private static Map<String, Object> trace(Trace trace) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("title", trace.title());
        json.put("mode", trace.mode());
        json.put("inputs", trace.inputs());
        json.put("columns", trace.columns());
        json.put("thrown", trace.thrown());
        json.put("events", trace.events().stream().map(TraceFile::event).toList());
        return json;
    }

    private static Map<String, Object> event(Trace.Event event) {
        Map<String, Object> in = new LinkedHashMap<>();
        event.in().forEach((name, rows) -> in.put(name, rows(rows)));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", event.kind().name());
        json.put("batch", event.batch());
        json.put("in", in);
        json.put("out", rows(event.out()));
        json.put("ordered", event.ordered());
        json.put("watermark", value(event.watermark()));
        json.put("state", event.state());
        json.put("dropped", event.dropped());
        json.put("observed", observed(event));
        json.put("millis", event.millis());
        return json;
    }

    private static Map<String, Object> observed(Trace.Event event) {
        Map<String, Object> observed = new LinkedHashMap<>();
        event.observed().forEach((name, value) -> observed.put(name, value(value)));
        return observed;
    }

    private static List<Object> rows(List<ScriptRow> rows) {
        List<Object> json = new ArrayList<>();
        rows.forEach(row -> json.add(value(row.plain())));
        return json;
    }

    private static Object value(Object plain) {
        if (plain instanceof List<?> list) {
            List<Object> values = new ArrayList<>();
            list.forEach(item -> values.add(value(item)));
            return values;
        }
        return plain == null || plain instanceof Boolean || plain instanceof Number ? plain : plain.toString();
    }
}
