package workbook.evaluate.doctor;

/** What a check has read on this machine; {@link #finding} tells what it means for the workbook. */
interface Observation {

    Finding finding();
}
