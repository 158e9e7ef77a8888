///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/core/src/main/java/workbook/kit/*.java
//SOURCES flume/*.java
package lesson13;

import java.util.*;
import picocli.CommandLine.*;
import workbook.kit.*;

/** The logs of three web servers in a topic. Each server has an agent of Flume: a source, a channel and a sink. */
@Command(description = "Logs of web servers, collected by Flume: a log is renamed, an agent is late, one is killed.")
public class FlumeAgent extends KafkaProgram {

    /** The types of a channel. */
    enum Channel {
        MEMORY,
        FILE
    }

    private static final String NO_BROKER = "127.0.0.1:1";
    private static final TextTable TABLE = new TextTable("%-6s  %-41s  %5s  %8s  %7s  %5s");

    @Option(
            names = "--channel",
            defaultValue = "MEMORY",
            description = "one of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    Channel channel;

    @Option(
            names = "--files",
            defaultValue = "access.log.*",
            description = "the names that the source follows, a regular expression (default: ${DEFAULT-VALUE})")
    String files;

    @Override
    protected void run(LocalKafka kafka) throws Exception {
        JbangProgram flume = WebServer.flume();
        try (LogTopic topic = new LogTopic(kafka);
                WebServer one = new WebServer("web-1", files);
                WebServer two = new WebServer("web-2", files);
                WebServer three = new WebServer("web-3", files)) {
            for (WebServer server : List.of(one, two, three)) {
                server.write(4);
            }
            two.renameLog();
            one.startAgent(flume, channel, kafka.bootstrapServers());
            two.startAgent(flume, channel, kafka.bootstrapServers());
            three.startAgent(flume, channel, NO_BROKER);

            TABLE.row("server", "what happens", "lines", "in topic", "missing", "again");
            topic.awaitLast(one);
            print(one, "its agent starts", topic);
            one.renameLog();
            topic.await(one::isRead);
            one.write(1);
            topic.awaitLast(one);
            print(one, "its log is renamed", topic);

            topic.await(two::isRead);
            two.write(1);
            topic.awaitLast(two);
            print(two, "its log is renamed, then its agent starts", topic);

            topic.await(three::isRead);
            print(three, "its agent reaches no broker", topic);
            three.killAgent();
            three.write(1);
            three.startAgent(flume, channel, kafka.bootstrapServers());
            topic.awaitLast(three);
            print(three, "its agent is killed, and starts again", topic);

            topic.await(one::isRead);
            System.out.println("the position file of web-1: " + one.positions());
        }
    }

    private static void print(WebServer server, String event, LogTopic topic) {
        int lines = server.written().size();
        int arrived = topic.of(server).size();
        int different = new HashSet<>(topic.of(server)).size();
        TABLE.row(server.name(), event, lines, arrived, lines - different, arrived - different);
    }

    public static void main(String... args) {
        Program.run(new FlumeAgent(), args);
    }
}
