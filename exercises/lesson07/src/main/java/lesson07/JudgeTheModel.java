package lesson07;

import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * Judges a model by its scores, day by day, with the frauds that are known tonight. The inputs are tables. A brick of
 * the capstone.
 *
 * <p><b>In:</b> {@code scores}: {@code id} bigint, never null, unique, {@code time} timestamp, {@code customer} int,
 * {@code score} double, from 0 to 1. {@code reports} of frauds: {@code id} bigint, the payment's, and {@code reported}
 * timestamp. A payment may be reported several times, and a report may be of a payment that is not among the scores.
 * Everything but the payments' ids may be null. The session's time zone is UTC. {@code night} is now, and {@code top},
 * at least 1, is the number of cards that investigators can check in a day.
 *
 * <p><b>A fraud</b> is a payment with a report whose time is at {@code night} or before. All others count as genuine.
 * Most frauds are reported within seven days; a later report counts as well. So a day, in UTC, is judged only if its end
 * is seven days or more before {@code night}. A payment without a time belongs to no day.
 *
 * <p><b>A payment without a score</b>, null or NaN, has a score below all others; all these have the same score.
 *
 * <p><b>Out:</b> one row for each judged day with a payment, in any order:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code day}</td><td>date</td><td>in UTC</td></tr>
 * <tr><td>{@code auc}</td><td>double</td><td>the area under the ROC curve: the probability that a fraud of the day has a
 *     higher score than a genuine payment of the day, where equal scores count half; null without frauds, and if there
 *     are only frauds</td></tr>
 * <tr><td>{@code ap}</td><td>double</td><td>the average precision: for each fraud the share of frauds among the payments of
 *     the day that have its score or a higher one; the mean of these shares; null without frauds</td></tr>
 * <tr><td>{@code cards}</td><td>double</td><td>the card precision: the number of defrauded cards among the {@code top}
 *     cards, divided by {@code top}, even if there are fewer cards or none</td></tr>
 * </table>
 *
 * <p><b>The top cards</b> of a day are the customers with the highest scores, by the highest score of their payments on
 * that day; of equal ones those with the lower number. Defrauded is a card with a fraud on that day. A defrauded card
 * that is among the top cards of a judged day is blocked: on later days it is not among the cards, and the next one
 * takes its place. A payment without a customer has no card, but counts for {@code auc} and {@code ap}.
 *
 * <p><b>Done means:</b> the figures are exact to a billionth. They do not depend on the order of the rows.
 *
 * <p>Check it with {@code mvn test -Dlesson=07 -Dexercise=JudgeTheModel}; hints are in
 * {@code exercises/lesson07/hints/JudgeTheModel.md}.
 */
public class JudgeTheModel {

    public Dataset<Row> quality(Dataset<Row> scores, Dataset<Row> reports, Instant night, int top) {
        throw new Unsolved();
    }
}
