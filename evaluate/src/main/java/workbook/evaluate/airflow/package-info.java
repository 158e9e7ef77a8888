/** A real Airflow in {@code .workbook/airflow}: its installation, its processes, and the checks of what is written for it. */
package workbook.evaluate.airflow;
