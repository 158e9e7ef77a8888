package workbook.capstone.format;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/** Ten kinds of malformed records in a topic of JSON. The simulator sends them to test the pipeline. */
enum MalformedJson {

    /** A log line in the wrong topic. */
    NOT_JSON {
        @Override
        byte[] value(long id) {
            return bytes("ERROR payment " + id + " failed");
        }
    },
    /** A JSON object cut off by a full buffer. */
    CUT_OFF {
        @Override
        byte[] value(long id) {
            return bytes("{\"id\":" + id + ",\"time\":\"2018-04-");
        }
    },
    /** A number sent as text. */
    WRONG_TYPE {
        @Override
        byte[] value(long id) {
            return payment(id, TIME, "\"12.50\"");
        }
    },
    /** No amount. */
    MISSING_FIELD {
        @Override
        byte[] value(long id) {
            return bytes("{\"id\":" + id + ",\"time\":\"" + TIME + "\",\"customer\":1,\"terminal\":2}");
        }
    },
    /** A refund booked as a payment. */
    NEGATIVE_AMOUNT {
        @Override
        byte[] value(long id) {
            return payment(id, TIME, "-12.50");
        }
    },
    /** A short text, and a number with a billion digits. */
    ABSURD_AMOUNT {
        @Override
        byte[] value(long id) {
            return payment(id, TIME, "1e999999999");
        }
    },
    /** A device whose clock is decades ahead. */
    FAR_FUTURE {
        @Override
        byte[] value(long id) {
            return payment(id, Instant.now().plus(20_000, ChronoUnit.DAYS).toString(), "12.50");
        }
    },
    /** A value close to the broker's limit for one record, 1 MiB. */
    HUGE {
        @Override
        byte[] value(long id) {
            byte[] value = new byte[1024 * 1024 - 512];
            Arrays.fill(value, (byte) 'x');
            return value;
        }
    },
    /** Text in Latin-1. */
    INVALID_UTF8 {
        @Override
        byte[] value(long id) {
            return ("{\"id\":" + id + ",\"note\":\"caf\u00e9\"}").getBytes(StandardCharsets.ISO_8859_1);
        }
    },
    /** In turn a null value (a tombstone), a JSON null, and a null field. */
    NULL {
        @Override
        byte[] value(long id) {
            return switch ((int) (id % 3)) {
                case 0 -> null;
                case 1 -> bytes("null");
                default -> payment(id, TIME, "null");
            };
        }
    };

    private static final String TIME = "2018-04-01T12:00:00Z";

    /** Returns the value of such a record; it may be null, which Kafka allows. */
    abstract byte[] value(long id);

    private static byte[] payment(long id, String time, String amount) {
        return bytes("{\"id\":" + id + ",\"time\":\"" + time + "\",\"customer\":1,\"terminal\":2,\"amount\":" + amount
                + "}");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
