package workbook.check.verdict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A result as JSON, for pages and tools:
 *
 * <pre>{@code
 * {
 *   "exercise": { "className": "lesson05.HourlyRevenue" },
 *   "verdict": "WRONG",
 *   "step": "a late row is dropped",
 *   "message": "",
 *   "difference": {
 *     "title": "",
 *     "before": [ { "number": 1, "of": 3, "isRestart": false, "sinkFailed": false, "in": 2, "out": 0,
 *                   "isCumulative": false, "watermark": "10:30", "isChecked": true } ],
 *     "heading": "batch 2 of 3, append mode",
 *     "tables": [ { "label": "out", "columns": ["shop", "total"],
 *                   "lines": [ { "cells": [ { "text": "north", "isNumber": false }, { "text": "3.50", "isNumber": true } ],
 *                                "mark": "NOT_EXPECTED" } ] } ],
 *     "metrics": [ { "name": "watermark", "actual": "11:05", "expected": null } ],
 *     "remarks": [ { "kind": "too early", "text": "The row (10:00, north, 3.50) is emitted too early: expected in batch 3." } ]
 *   },
 *   "explanation": null,
 *   "refusedQuery": "",
 *   "diagnosis": { "name": "TruncatesTheHour", "believed": "…", "really": "…", "concept": "Windows", "isGuess": false },
 *   "note": ""
 * }
 * }</pre>
 *
 * <p>{@code verdict} is UNSOLVED, WRONG, SOLVED or BROKEN; {@code mark} is NOT_EXPECTED, MISSING or null. For a BROKEN
 * answer, {@code explanation} has the texts {@code what}, {@code advice}, {@code error}, {@code quote}, {@code place} and
 * {@code note}. The fields are those of {@link CheckResult} and its components; none is omitted. Times are formatted for
 * people, in UTC.
 */
public final class CheckResultJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private CheckResultJson() {}

    public static String of(CheckResult result) {
        try {
            return JSON.writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write the result: " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException if the JSON is not a result */
    public static CheckResult read(String json) {
        try {
            return JSON.readValue(json, CheckResult.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("This is not the JSON of a result: " + e.getOriginalMessage(), e);
        }
    }
}
