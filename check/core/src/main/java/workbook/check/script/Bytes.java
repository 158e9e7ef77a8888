package workbook.check.script;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A value of type BINARY: compared by its bytes, shown as UTF-8 text or, if it is not valid, as SQL writes it. */
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
