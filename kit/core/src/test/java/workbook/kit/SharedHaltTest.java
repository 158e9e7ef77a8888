package workbook.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedHaltTest {

    @Test
    void aJvmHaltsWithoutFinallyAndShutdownHooksWhenAllThreadsAreWhereTheyAreToDie(@TempDir Path folder)
            throws Exception {
        ChildJvm jvm = ChildJvm.start(Dying.class, folder);

        assertThat(jvm.waitFor()).isEqualTo(SharedHalt.EXIT_CODE);
        assertThat(folder.resolve("1")).exists();
        assertThat(folder.resolve("2")).exists();
        assertThat(folder.resolve("finally")).doesNotExist();
        assertThat(folder.resolve("hook")).doesNotExist();
    }

    static final class Dying {

        public static void main(String[] args) throws Exception {
            Path folder = Path.of(args[0]);
            SharedHalt halt = new SharedHalt();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> write(folder, "hook")));
            for (String name : List.of("1", "2")) {
                halt.dieAt("write " + name);
                new Thread(() -> {
                            try {
                                halt.at("start " + name);
                                write(folder, name);
                                halt.at("write " + name);
                            } finally {
                                write(folder, "finally");
                            }
                        })
                        .start();
            }
            halt.halt();
        }

        private static void write(Path folder, String file) {
            try {
                Files.writeString(folder.resolve(file), "");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
