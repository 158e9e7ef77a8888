package workbook.check.script;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A value of type BINARY: equal by its bytes, shown as the text they are in UTF-8, else as SQL writes them. */
record Bytes(ByteBuffer bytes) {

    static Bytes of(byte[] bytes) {
        return new Bytes(ByteBuffer.wrap(bytes));
    }

    @Override
    public String toString() {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
        } catch (CharacterCodingException e) {
            return "X'" + HexFormat.of().withUpperCase().formatHex(bytes.array()) + "'";
        }
    }
}
