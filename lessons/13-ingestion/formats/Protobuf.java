//DEPS com.google.protobuf:protobuf-java:4.33.5
package lesson13;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Protobuf (proto3): the bytes hold the number and the kind of each value. The reader needs its own schema only. */
public final class Protobuf implements Format {

    @Override
    public Map<String, Object> read(Version writer, Version reader)
            throws DescriptorValidationException, InvalidProtocolBufferException {
        Descriptor written = descriptor(writer);
        DynamicMessage.Builder record = DynamicMessage.newBuilder(written);
        for (Version.Field field : writer.fields()) {
            var type = written.findFieldByName(field.name());
            record.setField(
                    type, field.isEnum() ? type.getEnumType().findValueByName((String) field.value()) : field.value());
        }
        byte[] bytes = record.build().toByteArray();
        Descriptor wanted = descriptor(reader);
        DynamicMessage read = DynamicMessage.parseFrom(wanted, bytes);
        Map<String, Object> fields = new LinkedHashMap<>();
        wanted.getFields().forEach(field -> fields.put(field.getName(), shown(read.getField(field))));
        return fields;
    }

    /** A number that the reader's enum does not have stays a number. */
    private static Object shown(Object value) {
        return value instanceof EnumValueDescriptor symbol && symbol.getIndex() < 0 ? symbol.getNumber() : value;
    }

    private static Descriptor descriptor(Version version) throws DescriptorValidationException {
        DescriptorProto.Builder payment = DescriptorProto.newBuilder().setName("Payment");
        version.fields().forEach(field -> payment.addField(proto(field)));
        FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder()
                .setName("payment.proto")
                .setSyntax("proto3")
                .addMessageType(payment);
        version.fields().stream().filter(Version.Field::isEnum).forEach(field -> file.addEnumType(channel(field)));
        return FileDescriptor.buildFrom(file.build(), new FileDescriptor[0]).findMessageTypeByName("Payment");
    }

    private static FieldDescriptorProto proto(Version.Field field) {
        FieldDescriptorProto.Builder proto =
                FieldDescriptorProto.newBuilder().setNumber(field.number()).setName(field.name());
        return switch (field.type()) {
            case "int" -> proto.setType(Type.TYPE_INT32).build();
            case "long" -> proto.setType(Type.TYPE_INT64).build();
            case "string" -> proto.setType(Type.TYPE_STRING).build();
            default -> proto.setType(Type.TYPE_ENUM).setTypeName("Channel").build();
        };
    }

    /** The first symbol of an enum in proto3 has the number 0. */
    private static EnumDescriptorProto channel(Version.Field field) {
        EnumDescriptorProto.Builder channel = EnumDescriptorProto.newBuilder().setName("Channel");
        List<String> symbols = field.symbols();
        for (int i = 0; i < symbols.size(); i++) {
            channel.addValue(EnumValueDescriptorProto.newBuilder()
                    .setName(symbols.get(i))
                    .setNumber(i));
        }
        return channel.build();
    }
}
