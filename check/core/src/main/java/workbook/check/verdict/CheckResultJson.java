package workbook.check.verdict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A result as JSON, for a page or a tool:
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
 *                   "isCumulative": false, "watermark": "10:30", "isTold": true } ],
 *     "heading": "batch 2 of 3, append mode",
 *     "tables": [ { "label": "out", "columns": ["shop", "total"],
 *                   "lines": [ { "cells": [ { "text": "north", "isNumber": false }, { "text": "3.50", "isNumber": true } ],
 *                                "mark": "NOT_EXPECTED" } ] } ],
 *     "figures": [ { "name": "watermark", "actual": "11:05", "expected": null } ]
 *   },
 *   "explanation": null,
 *   "diagnosis": { "name": "TruncatesTheHour", "believed": "…", "really": "…", "concept": "Windows" }
 * }
 * }</pre>
 *
 * <p>{@code verdict} is UNSOLVED, WRONG, SOLVED or BROKEN; {@code mark} is NOT_EXPECTED, MISSING or null. Of a BROKEN answer
 * {@code explanation} has the texts {@code what}, {@code advice}, {@code error}, {@code quote}, {@code place} and
 * {@code note}. All fields are those of {@link CheckResult} and of what it is made of, and all are there; times are written
 * as people read them, in UTC.
 */
public final class CheckResultJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private CheckResultJson() {}

    public static String of(CheckResult result) {
        try {
            return JSON.writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A result is made of records, which can be written: " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException if this is no result */
    public static CheckResult read(String json) {
        try {
            return JSON.readValue(json, CheckResult.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("This is no result: " + e.getOriginalMessage(), e);
        }
    }
}
