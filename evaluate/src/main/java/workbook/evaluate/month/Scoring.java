package workbook.evaluate.month;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import workbook.check.catalog.Exercise;
import workbook.check.catalog.Workspace;
import workbook.check.progress.Hashes;
import workbook.check.progress.Progress;
import workbook.evaluate.quiz.Flashcards;
import workbook.evaluate.quiz.QuizProgress;

/** Turns what was recorded into a {@link Score}, by the weights of a {@link Month}. Judges nothing. */
public final class Scoring {

    private final Workspace desk;
    private final Clock clock;
    private final Progress.Contents progress;
    private final Map<Exercise, Hashes> hashes;

    /**
     * Reads what there is to know now.
     *
     * @param clock its zone says which days there are
     */
    public Scoring(Workspace desk, Clock clock) {
        this.desk = desk;
        this.clock = clock;
        progress = Progress.of(desk).contents();
        hashes = Hashes.all(
                desk,
                desk.lessons().stream()
                        .flatMap(lesson -> exercises(desk, lesson))
                        .toList());
    }

    /** The month as it stood then. */
    public Score of(Month month) {
        List<Score.Week> weeks = month.weeks().stream().map(this::week).toList();
        Score.Capstone capstone = capstone(month.capstone(), weeks);
        double earned = capstone.earned()
                + weeks.stream().mapToDouble(Score.Week::earned).sum();
        double points = capstone.points()
                + weeks.stream().mapToDouble(Score.Week::points).sum();
        double total = points == 0 ? 0 : 100 * earned / points;
        List<ExerciseResult> standings = weeks.stream()
                .flatMap(week -> week.lessons().stream())
                .flatMap(lesson -> lesson.exercises().stream())
                .map(Score.Item::standing)
                .toList();
        return new Score(
                month.month(),
                month.title(),
                month.rules(),
                clock.instant(),
                total,
                earned,
                points,
                weeks,
                capstone,
                Pace.of(ExerciseResult.answers(progress.attempts()), standings, total, clock),
                quiz(),
                next(weeks, capstone));
    }

    private Score.Week week(Month.Week week) {
        List<String> written = week.lessons().stream().filter(this::isWritten).toList();
        int count = written.stream()
                .mapToInt(lesson -> desk.exercises(lesson).size())
                .sum();
        double points = count == 0 ? 0 : week.points();
        double each = share(points, 1, count);
        List<Score.Lesson> lessons =
                written.stream().map(lesson -> lesson(lesson, each)).toList();
        int solved = lessons.stream().mapToInt(Score.Lesson::solved).sum();
        return new Score.Week(
                week.name(),
                week.title(),
                week.points(),
                points,
                share(points, solved, count),
                solved,
                count,
                lessons,
                week.lessons().stream()
                        .filter(lesson -> !written.contains(lesson))
                        .toList());
    }

    private boolean isWritten(String lesson) {
        return desk.lessons().contains(lesson) && !desk.exercises(lesson).isEmpty();
    }

    private Score.Lesson lesson(String lesson, double each) {
        List<Score.Item> items = exercises(desk, lesson)
                .map(exercise -> ExerciseResult.of(exercise, hashes.get(exercise), progress))
                .map(standing -> new Score.Item(standing, each, standing.isSolved() ? each : 0))
                .toList();
        int solved =
                (int) items.stream().filter(item -> item.standing().isSolved()).count();
        return new Score.Lesson(lesson, page(lesson), each * items.size(), each * solved, solved, items.size(), items);
    }

    private static Stream<Exercise> exercises(Workspace desk, String lesson) {
        return desk.exercises(lesson).stream().map(name -> Exercise.of(lesson, name));
    }

    private String page(String lesson) {
        return desk.page(lesson).map(Path::toString).orElse("");
    }

    /** All of it if all is solved, exactly: a sum of shares would lose a little in rounding. */
    private static double share(double points, int solved, int count) {
        return count == 0 ? 0 : points * solved / count;
    }

    private Score.Capstone capstone(Month.Capstone rules, List<Score.Week> weeks) {
        List<Score.Week> counting =
                weeks.stream().filter(week -> week.points() > 0).toList();
        int solved = counting.stream().mapToInt(Score.Week::solved).sum();
        int needed = (int) Math.ceil(rules.countsFrom()
                * counting.stream().mapToInt(Score.Week::count).sum());
        Optional<CapstoneRun> run = CapstoneRun.last(desk);
        double held = run.map(CapstoneRun::shareHeld).orElse(0.0);
        double earned = solved < needed ? 0 : rules.points() * held;
        return new Score.Capstone(rules.points(), earned, missing(run.isPresent(), held, solved, needed), run);
    }

    private static String missing(boolean hasRun, double held, int solved, int needed) {
        if (!hasRun) {
            return "Not run yet: ./jbang fraud";
        }
        if (held < 1) {
            return "Not all of its definition of done held. Run it again: ./jbang fraud";
        }
        return solved >= needed
                ? ""
                : "Its points count from " + needed + " solved exercises on; you have " + solved + ".";
    }

    private Optional<QuizProgress> quiz() {
        return Files.exists(Flashcards.page(desk))
                ? Optional.of(Flashcards.of(desk, progress.quizAnswers(), clock).knowledge())
                : Optional.empty();
    }

    private static Optional<NextStep> next(List<Score.Week> weeks, Score.Capstone capstone) {
        return Stream.of(
                        open(weeks.stream().filter(week -> week.points() > 0)),
                        capstone.missing().isEmpty()
                                ? Stream.<NextStep>empty()
                                : Stream.of(new NextStep("the capstone", "README.md", "./jbang fraud")),
                        open(weeks.stream().filter(week -> week.points() == 0)))
                .flatMap(steps -> steps)
                .findFirst();
    }

    private static Stream<NextStep> open(Stream<Score.Week> weeks) {
        return weeks.flatMap(week -> week.lessons().stream())
                .flatMap(lesson -> lesson.exercises().stream()
                        .map(Score.Item::standing)
                        .filter(standing -> !standing.isSolved())
                        .map(standing -> new NextStep(
                                "lesson " + lesson.lesson() + " " + standing.name(),
                                lesson.page(),
                                "./jbang watch " + standing.name())));
    }
}
