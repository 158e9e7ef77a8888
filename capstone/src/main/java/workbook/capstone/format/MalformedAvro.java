package workbook.capstone.format;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import workbook.capstone.features.OnlineLookup;
import workbook.kit.Payment;

/** Ten kinds of malformed records in a topic of Avro. The simulator sends them to test the pipeline. */
enum MalformedAvro {

    /** A producer that still writes JSON. */
    STILL_JSON {
        @Override
        byte[] value(AvroFormat format) {
            return JsonFormat.PLAIN.write(PAYMENT);
        }
    },
    /** A producer with the registry of another environment. */
    UNKNOWN_SCHEMA {
        @Override
        byte[] value(AvroFormat format) {
            return ByteBuffer.wrap(format.write(PAYMENT))
                    .putInt(1, Integer.MAX_VALUE)
                    .array();
        }
    },
    /** A record of another topic. */
    OTHER_SCHEMA {
        @Override
        byte[] value(AvroFormat format) {
            return format.write(
                    new ScoredPayment(PAYMENT, 0.5, false, "v1", OnlineLookup.Source.NIGHTLY, new double[] {1}));
        }
    },
    /** A record cut off by a full buffer. */
    CUT_OFF {
        @Override
        byte[] value(AvroFormat format) {
            byte[] value = format.write(PAYMENT);
            return Arrays.copyOf(value, value.length - 3);
        }
    },
    /** Two records in one value. */
    TWO_RECORDS {
        @Override
        byte[] value(AvroFormat format) {
            byte[] value = format.write(PAYMENT);
            return ByteBuffer.allocate(2 * value.length).put(value).put(value).array();
        }
    },
    /** A refund booked as a payment. */
    NEGATIVE_AMOUNT {
        @Override
        byte[] value(AvroFormat format) {
            return format.write(with(PAYMENT.time(), "-12.50"));
        }
    },
    /** Cents counted as euros, several times over. */
    ABSURD_AMOUNT {
        @Override
        byte[] value(AvroFormat format) {
            return format.write(with(PAYMENT.time(), "12500000.00"));
        }
    },
    /** A device whose clock is decades ahead. */
    FAR_FUTURE {
        @Override
        byte[] value(AvroFormat format) {
            return format.write(with(Instant.now().plus(20_000, ChronoUnit.DAYS), "12.50"));
        }
    },
    /** A value close to the broker's limit for one record, 1 MiB. */
    HUGE {
        @Override
        byte[] value(AvroFormat format) {
            return Arrays.copyOf(format.write(PAYMENT), 1024 * 1024 - 512);
        }
    },
    /** A null value (a tombstone). */
    NULL {
        @Override
        byte[] value(AvroFormat format) {
            return null;
        }
    };

    private static final Payment PAYMENT = with(Instant.parse("2018-04-01T12:00:00Z"), "12.50");

    /** Returns the value of such a record; it may be null, which Kafka allows. */
    abstract byte[] value(AvroFormat format);

    private static Payment with(Instant time, String amount) {
        return new Payment(1, time, 1, 2, new BigDecimal(amount));
    }
}
