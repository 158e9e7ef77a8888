package workbook.check.memory;

import static workbook.check.script.Script.row;

import workbook.check.script.Script;

/** Scripts that run on every engine: the hourly sales of each shop, with a watermark delay of ten minutes. */
public final class SalesScripts {

    public static final String SALES = "shop STRING, time TIMESTAMP, price DECIMAL(10,2)";
    public static final String TOTALS = "from TIMESTAMP, shop STRING, total DECIMAL(20,2)";

    private SalesScripts() {}

    /** @param watermark after the first batch: 10:30 is right */
    public static Script hourly(String watermark) {
        return Script.of(SALES)
                .columns("from", "shop", "total")
                .batch(row("north", "10:05", "2.50"), row("north", "10:40", "1.00"))
                .emitsNothing()
                .watermark(watermark)
                .batch(row("north", "11:15", "9.00"))
                .emits(row("10:00", "north", "3.50"))
                .watermark("11:05");
    }

    /** @param dropped the number of late rows in the third batch: 1 is right */
    public static Script lateRow(int dropped) {
        return hourly("10:30")
                .batch(row("north", "10:59", "4.00"))
                .emitsNothing()
                .dropped(dropped);
    }

    /** The sink fails in the second batch, which is repeated, and a restart follows. The sums count the batch once. */
    public static Script interrupted() {
        return Script.of(SALES)
                .columns("from", "shop", "total")
                .batch(row("north", "10:05", "2.50"))
                .emitsNothing()
                .batch(row("north", "10:50", "1.00"))
                .sinkFails()
                .emitsNothing()
                .state(1)
                .restart()
                .batch(row("north", "11:15", "9.00"))
                .emits(row("10:00", "north", "3.50"));
    }
}
