package workbook.kit.spark;

import java.util.Comparator;
import java.util.List;
import workbook.kit.TextTable;

/** Prints a bill, a line for each stage in the order of their numbers. */
public final class StageTable {

    private static final TextTable TABLE = new TextTable("  %5s  %5s  %9s  %9s  %9s  %12s  %9s");

    private StageTable() {}

    /** Prints the titles and the stages, which are numbered from 1. */
    public static void print(Bill bill) {
        TABLE.row("stage", "tasks", "rows in", "fetched", "shuffled", "largest task", "spilled B");
        List<StageBill> stages = bill.stages().stream()
                .sorted(Comparator.comparing(StageBill::stage).thenComparing(StageBill::attempt))
                .toList();
        for (int i = 0; i < stages.size(); i++) {
            StageBill stage = stages.get(i);
            TABLE.row(
                    i + 1,
                    stage.tasks().size(),
                    stage.inputRows(),
                    stage.fetchedRows(),
                    stage.shuffledRows(),
                    stage.largestTask(),
                    stage.spilledBytes());
        }
    }
}
