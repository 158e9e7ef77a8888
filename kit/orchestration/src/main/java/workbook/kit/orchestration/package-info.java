/**
 * A scheduler with Airflow's words, states and rules, on a clock of its own: it runs nothing, it plays what tasks are scripted to do, and
 * says in which states they end and when. For learning and for tests, not for production.
 */
package workbook.kit.orchestration;
