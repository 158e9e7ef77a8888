package workbook.evaluate.month;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import workbook.check.Desk;
import workbook.check.Exercise;
import workbook.check.Judgement;
import workbook.check.Verdict;

/** Takes a file at its word: {@code solved}, {@code broken}, {@code wrong: Misconception}; all else is a starter. */
public final class ReadingExaminer implements Examiner {

    private final Desk desk;
    private final List<String> judged = new ArrayList<>();
    private boolean isClosed;

    /** Reads the files of this desk. */
    public ReadingExaminer(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Judgement judge(Exercise exercise) {
        judged.add(exercise.name());
        String text = text(exercise);
        if (text.startsWith("wrong: ")) {
            return new Judgement(exercise, Verdict.WRONG, "1 came out, not 2\nand more", text.substring("wrong: ".length()));
        }
        return switch (text) {
            case "solved" -> new Judgement(exercise, Verdict.SOLVED, "", "");
            case "broken" -> new Judgement(exercise, Verdict.BROKEN, "it threw", "");
            default -> new Judgement(exercise, Verdict.UNSOLVED, "not solved yet", "");
        };
    }

    /** What was judged, in order. */
    public List<String> judged() {
        return judged;
    }

    public boolean isClosed() {
        return isClosed;
    }

    @Override
    public void close() {
        isClosed = true;
    }

    private String text(Exercise exercise) {
        try {
            return Files.readString(desk.home().resolve(exercise.source()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
