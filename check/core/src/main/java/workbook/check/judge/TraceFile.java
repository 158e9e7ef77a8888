package workbook.check.judge;

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
import workbook.check.script.StoryRow;
import workbook.check.script.Trace;

/**
 * The traces of one run of a checkpoint as a file, {@code .workbook/traces/<lesson>-<Exercise>.json}, for whatever wants
 * to draw them:
 *
 * <pre>{@code
 * {
 *   "exercise": "lesson05.HourlyRevenue",
 *   "steps": [ {
 *     "step": "a late row is dropped",
 *     "held": true,
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
 *         "state": 1, "dropped": 0, "found": {}, "millis": 87
 *       } ]
 *     } ]
 *   } ]
 * }
 * }</pre>
 *
 * <p>The fields of a trace and of an event are those of {@link Trace}. A row is an array of its values: numbers and
 * booleans as such, a row or an array within it as an array, null as null, all the rest as text; times are ISO, in UTC.
 */
final class TraceFile {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path file;
    private final Exercise exercise;
    private final List<Map<String, Object>> steps = new ArrayList<>();

    /** A file in a folder, which need not exist. */
    TraceFile(Path folder, Exercise exercise) {
        this.file = folder.resolve(exercise.lesson() + "-" + exercise.name() + ".json");
        this.exercise = exercise;
    }

    /** Adds a step, and writes the file anew: whoever stops the run finds what happened so far. */
    void add(String step, Recorder.Recording recording) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("step", step);
        told.put("held", recording.thrown() == null);
        told.put("traces", recording.traces().stream().map(TraceFile::trace).toList());
        steps.add(told);
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
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE); // another JVM may judge the same exercise
        } catch (IOException e) {
            throw new UncheckedIOException("The traces could not be written to " + file, e);
        }
    }

    private static Map<String, Object> trace(Trace trace) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("title", trace.title());
        told.put("mode", trace.mode());
        told.put("inputs", trace.inputs());
        told.put("columns", trace.columns());
        told.put("thrown", trace.thrown());
        told.put("events", trace.events().stream().map(TraceFile::event).toList());
        return told;
    }

    private static Map<String, Object> event(Trace.Event event) {
        Map<String, Object> in = new LinkedHashMap<>();
        event.in().forEach((name, rows) -> in.put(name, rows(rows)));
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("kind", event.kind().name());
        told.put("batch", event.batch());
        told.put("in", in);
        told.put("out", rows(event.out()));
        told.put("ordered", event.ordered());
        told.put("watermark", value(event.watermark()));
        told.put("state", event.state());
        told.put("dropped", event.dropped());
        told.put("found", found(event));
        told.put("millis", event.millis());
        return told;
    }

    private static Map<String, Object> found(Trace.Event event) {
        Map<String, Object> found = new LinkedHashMap<>();
        event.found().forEach((name, value) -> found.put(name, value(value)));
        return found;
    }

    private static List<Object> rows(List<StoryRow> rows) {
        List<Object> told = new ArrayList<>();
        rows.forEach(row -> told.add(value(row.plain())));
        return told;
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
