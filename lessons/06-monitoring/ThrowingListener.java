///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson06;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.*;
import picocli.CommandLine.Command;
import workbook.kit.*;
import workbook.kit.spark.*;

/** A listener that throws an exception at every event, and the query that it listens to. */
@Command(description = "A listener that throws, and its query.")
public class ThrowingListener extends SparkProgram {

    @Override
    protected void run(SparkSession spark) throws Exception {
        Throwing listener = new Throwing();
        spark.streams().addListener(listener);
        Inbox inbox = Inbox.create().deliver("amount", "12.50, 140.00").deliver("amount", "99.99");
        Dataset<Row> payments = inbox.stream(spark, Payment.SCHEMA);
        List<CollectedBatch<Row>> batches = CollectedQuery.run(payments, "append");
        listener.terminated.await();
        batches.forEach(batch -> System.out.println("batch " + batch.id() + " read " + batch.inputRows()));
    }

    /** Prints the name of each event, and throws. */
    static final class Throwing extends StreamingQueryListener {

        final CountDownLatch terminated = new CountDownLatch(1);

        @Override
        public void onQueryStarted(QueryStartedEvent event) {
            fail("onQueryStarted");
        }

        @Override
        public void onQueryProgress(QueryProgressEvent event) {
            fail("onQueryProgress");
        }

        @Override
        public void onQueryTerminated(QueryTerminatedEvent event) {
            fail("onQueryTerminated");
        }

        private void fail(String event) {
            System.out.println(event + " throws an exception");
            if (event.equals("onQueryTerminated")) {
                terminated.countDown();
            }
            throw new IllegalStateException(event);
        }
    }

    public static void main(String[] args) {
        Program.run(new ThrowingListener(), args);
    }
}
