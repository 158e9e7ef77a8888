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

/** Computes a {@link Score} from the recorded progress and the points of a {@link Month}. Checks no exercises. */
public final class Scoring {

    private final Workspace workspace;
    private final Clock clock;
    private final Progress.Contents progress;
    private final Map<Exercise, Hashes> hashes;

    /**
     * Reads the current progress and files.
     *
     * @param clock its time zone defines the days
     */
    public Scoring(Workspace workspace, Clock clock) {
        this.workspace = workspace;
        this.clock = clock;
        progress = Progress.of(workspace).contents();
        hashes = Hashes.all(
                workspace,
                workspace.lessons().stream()
                        .flatMap(lesson -> exercises(workspace, lesson))
                        .toList());
    }

    /** Computes the score at the time of construction. */
    public Score of(Month month) {
        List<Score.Week> weeks = month.weeks().stream().map(this::week).toList();
        Score.Capstone capstone = capstone(month.capstone(), weeks);
        double earned = capstone.earned()
                + weeks.stream().mapToDouble(Score.Week::earned).sum();
        double points = capstone.points()
                + weeks.stream().mapToDouble(Score.Week::points).sum();
        double total = points == 0 ? 0 : 100 * earned / points;
        List<ExerciseResult> results = weeks.stream()
                .flatMap(week -> week.lessons().stream())
                .flatMap(lesson -> lesson.exercises().stream())
                .map(Score.Item::result)
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
                Pace.of(ExerciseResult.answers(progress.attempts()), results, total, clock),
                quiz(),
                next(weeks, capstone));
    }

    private Score.Week week(Month.Week week) {
        List<String> available =
                week.lessons().stream().filter(this::hasExercises).toList();
        int count = available.stream()
                .mapToInt(lesson -> workspace.exercises(lesson).size())
                .sum();
        double points = count == 0 ? 0 : week.points();
        double each = share(points, 1, count);
        List<Score.Lesson> lessons =
                available.stream().map(lesson -> lesson(lesson, each)).toList();
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
                        .filter(lesson -> !available.contains(lesson))
                        .toList());
    }

    private boolean hasExercises(String lesson) {
        return workspace.lessons().contains(lesson)
                && !workspace.exercises(lesson).isEmpty();
    }

    private Score.Lesson lesson(String lesson, double each) {
        List<Score.Item> items = exercises(workspace, lesson)
                .map(exercise -> ExerciseResult.of(exercise, hashes.get(exercise), progress))
                .map(result -> new Score.Item(result, each, result.isSolved() ? each : 0))
                .toList();
        int solved =
                (int) items.stream().filter(item -> item.result().isSolved()).count();
        return new Score.Lesson(lesson, page(lesson), each * items.size(), each * solved, solved, items.size(), items);
    }

    private static Stream<Exercise> exercises(Workspace workspace, String lesson) {
        return workspace.exercises(lesson).stream().map(name -> Exercise.of(lesson, name));
    }

    private String page(String lesson) {
        return workspace.page(lesson).map(Path::toString).orElse("");
    }

    /** Exactly all points if all are solved: a sum of shares would have a rounding error. */
    private static double share(double points, int solved, int count) {
        return count == 0 ? 0 : points * solved / count;
    }

    private Score.Capstone capstone(Month.Capstone rules, List<Score.Week> weeks) {
        List<Score.Week> counting =
                weeks.stream().filter(week -> week.points() > 0).toList();
        int solved = counting.stream().mapToInt(Score.Week::solved).sum();
        int needed = (int) Math.ceil(rules.countsFrom()
                * counting.stream().mapToInt(Score.Week::count).sum());
        Optional<CapstoneRun> run = CapstoneRun.last(workspace);
        double metShare = run.map(CapstoneRun::shareHeld).orElse(0.0);
        double earned = solved < needed ? 0 : rules.points() * metShare;
        return new Score.Capstone(rules.points(), earned, todo(run.isPresent(), metShare, solved, needed), run);
    }

    private static String todo(boolean hasRun, double metShare, int solved, int needed) {
        if (!hasRun) {
            return "Not run yet: ./jbang fraud";
        }
        if (metShare < 1) {
            return "Its definition of done is not met. Run it again: ./jbang fraud";
        }
        return solved >= needed
                ? ""
                : "Its points count once " + needed + " exercises are solved; you have " + solved + ".";
    }

    private Optional<QuizProgress> quiz() {
        return Files.exists(Flashcards.page(workspace))
                ? Optional.of(
                        Flashcards.of(workspace, progress.quizAnswers(), clock).progress())
                : Optional.empty();
    }

    private static Optional<NextStep> next(List<Score.Week> weeks, Score.Capstone capstone) {
        return Stream.of(
                        unsolved(weeks.stream().filter(week -> week.points() > 0)),
                        capstone.todo().isEmpty()
                                ? Stream.<NextStep>empty()
                                : Stream.of(new NextStep("the capstone", "README.md", "./jbang fraud")),
                        unsolved(weeks.stream().filter(week -> week.points() == 0)))
                .flatMap(steps -> steps)
                .findFirst();
    }

    private static Stream<NextStep> unsolved(Stream<Score.Week> weeks) {
        return weeks.flatMap(week -> week.lessons().stream())
                .flatMap(lesson -> lesson.exercises().stream()
                        .map(Score.Item::result)
                        .filter(result -> !result.isSolved())
                        .map(result -> new NextStep(
                                "lesson " + lesson.lesson() + " " + result.name(),
                                lesson.page(),
                                "./jbang watch " + result.name())));
    }
}
