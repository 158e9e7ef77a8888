///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//SOURCES ../../kit/delta/src/main/java/workbook/kit/delta/*.java
//DEPS org.apache.hadoop:hadoop-aws:3.5.0@fatjar
//DEPS org.gaul:s3proxy:4.1.0@fatjar
//DEPS software.amazon.s3.analyticsaccelerator:analyticsaccelerator-s3:1.3.1@fatjar
//DEPS software.amazon.awssdk:bom:2.57.8@pom
//DEPS software.amazon.awssdk:s3:2.57.8
//DEPS software.amazon.awssdk:s3-transfer-manager:2.57.8
//DEPS software.amazon.awssdk:apache-client:2.57.8
//DEPS io.netty:netty-bom:4.2.13.Final@pom
//DEPS com.google.jimfs:jimfs:1.3.2
//DEPS tools.jackson.dataformat:jackson-dataformat-xml:3.2.2
package lesson08;

import java.io.*;
import java.net.URI;
import java.util.*;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.*;
import org.apache.spark.sql.*;
import org.apache.spark.sql.streaming.Trigger;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import picocli.CommandLine.*;
import software.amazon.awssdk.core.interceptor.*;
import software.amazon.awssdk.services.s3.model.*;
import workbook.kit.*;
import workbook.kit.delta.*;
import workbook.kit.spark.*;

/** A server with the API of Amazon S3 in this JVM: the requests that files, a table and a stream's checkpoint cost. */
@Command(description = "An object store: renames, two writers, a table, a checkpoint.")
public class OnAnObjectStore extends DeltaProgram {

    /** The numbers of requests, by kind. */
    static final Map<String, Integer> SENT = new ConcurrentHashMap<>();

    /** Counts the requests that Hadoop's file system for S3 sends. */
    public static class Requests implements ExecutionInterceptor {
        @Override
        public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
            String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
            Stream<String> kinds = Stream.of("Put", "Copy", "Delete");
            SENT.merge(kinds.filter(operation::startsWith).findFirst().orElse("other"), 1, Integer::sum);
        }
    }

    private final TextTable table = new TextTable("%-27s  %3s  %4s  %6s  %5s  %s");

    @Override
    protected void run(SparkSession spark) throws Exception {
        TransientNio2BlobStore memory = new TransientNio2BlobStore();
        memory.createContainer(CreateBucketRequest.builder().bucket("bank").build());
        URI loopback = URI.create("http://127.0.0.1:0");
        S3Proxy server = S3Proxy.builder().blobStore(memory).endpoint(loopback).build();
        server.start();
        Configuration settings = spark.sparkContext().hadoopConfiguration();
        settings.set("fs.s3a.endpoint", "http://127.0.0.1:" + server.getPort());
        settings.set("fs.s3a.endpoint.region", "us-east-1");
        settings.set("fs.s3a.path.style.access", "true");
        settings.set("fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.AnonymousAWSCredentialsProvider");
        settings.set("fs.s3a.audit.execution.interceptors", Requests.class.getName());
        table.row("requests", "put", "copy", "delete", "other", "");
        try (FileSystem bank = FileSystem.get(URI.create("s3a://bank/"), settings)) {
            renameAFolder(bank);
            twoWriters(bank, "two writers", false);
            twoWriters(bank, "two writers, conditional", true);
            copyATable(spark);
        } finally {
            server.stop();
        }
    }

    private void renameAFolder(FileSystem bank) throws IOException {
        for (int file = 1; file <= 20; file++) {
            bank.create(new Path("/old/" + file)).close();
        }
        show("20 files are created", "");
        bank.rename(new Path("/old"), new Path("/new"));
        show("their folder is renamed", "");
    }

    /** Both create the same file before one of them closes it. */
    private void twoWriters(FileSystem bank, String title, boolean conditional) throws IOException {
        Path path = new Path("/" + title);
        OutputStream first = create(bank, path, conditional);
        OutputStream second = create(bank, path, conditional);
        first.write('1');
        first.close();
        second.write('2');
        String outcome = "both succeed";
        try {
            second.close();
        } catch (IOException e) {
            outcome = "the second one gets " + ((S3Exception) e.getCause()).statusCode();
        }
        try (InputStream file = bank.open(path)) {
            show(title, outcome + ", the file is that of writer " + (char) file.read());
        }
    }

    private static OutputStream create(FileSystem bank, Path path, boolean conditional) throws IOException {
        return (OutputStream) bank.createFile(path)
                .overwrite(false)
                .must("fs.option.create.conditional.overwrite", conditional)
                .build();
    }

    /** Inserts rows into a table, and copies them to another one with a stream that starts again for each row. */
    private void copyATable(SparkSession spark) throws Exception {
        spark.sql("CREATE TABLE delta.`s3a://bank/payments` (id INT, amount INT) USING delta");
        show("a table is created", "");
        for (int id = 1; id <= 2; id++) {
            spark.sql("INSERT INTO delta.`s3a://bank/payments` VALUES (" + id + ", 10)");
            show("payment " + id + " is inserted", "");
            spark.readStream()
                    .format("delta")
                    .load("s3a://bank/payments")
                    .writeStream()
                    .format("delta")
                    .option("checkpointLocation", "s3a://bank/checkpoint")
                    .trigger(Trigger.AvailableNow())
                    .start("s3a://bank/copy")
                    .awaitTermination();
            int others = SENT.remove("other"); // varies, since a stream also asks whether there is something new
            show("a stream copies it", others > 50 ? "more than 50 other requests" : "at most 50 other requests");
        }
        System.out.println(
                "copied: " + RowTexts.of(spark.table("delta.`s3a://bank/copy`").collectAsList()));
    }

    private void show(String title, String result) {
        table.row(title, SENT.remove("Put"), SENT.remove("Copy"), SENT.remove("Delete"), SENT.remove("other"), result);
    }

    public static void main(String[] args) {
        Program.run(new OnAnObjectStore(), args);
    }
}
