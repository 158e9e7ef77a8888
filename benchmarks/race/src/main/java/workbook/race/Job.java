package workbook.race;

import java.util.function.Function;

/** What contestants do. */
enum Job {
    NONE("Kafka alone: a plain consumer reads the payments", RecordPerPayment::new),
    REVENUE("The hourly revenue of each terminal, each hour once", Rows::new),
    SCORING("The score of each payment, without state", RecordPerPayment::new);

    private final String title;
    private final Function<SentPayments, Output> output;

    Job(String title, Function<SentPayments, Output> output) {
        this.title = title;
        this.output = output;
    }

    String title() {
        return title;
    }

    /** What is read from the topic of results, without an engine from that of the payments. */
    Output output(SentPayments sentPayments) {
        return output.apply(sentPayments);
    }
}
