///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson06;

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
        spark.streams().addListener(new Throwing());
        Inbox inbox = Inbox.create().deliver("amount", "12.50, 140.00").deliver("amount", "99.99");
        Dataset<Row> payments = inbox.stream(spark, Payment.SCHEMA);
        for (CollectedBatch<Row> batch : CollectedQuery.run(payments, "append")) {
            System.out.println("    batch " + batch.id() + "            " + batch.inputRows() + " rows");
        }
    }

    /** Prints the name of each event, and throws. */
    static final class Throwing extends StreamingQueryListener {

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

        private static void fail(String event) {
            System.out.println("    " + event + " throws");
            throw new IllegalStateException(event);
        }
    }

    public static void main(String[] args) {
        Program.run(new ThrowingListener(), args);
    }
}
