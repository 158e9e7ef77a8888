package workbook.kit.beam;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.TypeDescriptor;
import workbook.kit.engines.ReceivedPayment;
import workbook.kit.engines.Revenue;

/** Coders of payments and revenues, which write them as JSON. */
public final class PaymentCoders {

    private PaymentCoders() {}

    public static Coder<ReceivedPayment> payments() {
        return new Json<>(ReceivedPayment.class, ReceivedPayment::toJson, ReceivedPayment::fromJson);
    }

    public static Coder<Revenue> revenues() {
        return new Json<>(Revenue.class, Revenue::toJson, Revenue::fromJson);
    }

    private static final class Json<T> extends CustomCoder<T> {

        private final Class<T> type;
        private final SerializableFunction<T, String> write;
        private final SerializableFunction<String, T> read;

        Json(Class<T> type, SerializableFunction<T, String> write, SerializableFunction<String, T> read) {
            this.type = type;
            this.write = write;
            this.read = read;
        }

        @Override
        public void encode(T value, OutputStream out) throws IOException {
            StringUtf8Coder.of().encode(write.apply(value), out);
        }

        @Override
        public T decode(InputStream in) throws IOException {
            return read.apply(StringUtf8Coder.of().decode(in));
        }

        /** By this a pipeline finds the coder of a type. */
        @Override
        public TypeDescriptor<T> getEncodedTypeDescriptor() {
            return TypeDescriptor.of(type);
        }

        @Override
        public void verifyDeterministic() {
            // a record's text has one form
        }
    }
}
