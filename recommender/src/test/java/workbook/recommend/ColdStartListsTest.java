package workbook.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColdStartListsTest {

    @TempDir
    private Path folder;

    /** The thread that reads version 2 waits for a lock here instead of a file. */
    @Test
    void whileAVersionIsReadTheOneBeforeIsCurrent() throws InterruptedException {
        Nights nights = new Nights(folder);
        TinyModels.publish(nights, "1 2 3");
        ColdStartLists lists = new ColdStartLists(nights);
        assertThat(lists.current()).isEqualTo("v1");
        TinyModels.publish(nights, "3 2 1");
        Thread reader = new Thread(lists::current);

        synchronized (lists) {
            reader.start();
            await().until(() -> reader.getState() == Thread.State.BLOCKED);
            assertThat(lists.current()).isEqualTo("v1");
            assertThat(lists.version("v1").popular()).containsExactly(1, 2, 3);
        }

        reader.join();
        assertThat(lists.current()).isEqualTo("v2");
        assertThat(lists.version("v2").popular()).containsExactly(3, 2, 1);
    }
}
