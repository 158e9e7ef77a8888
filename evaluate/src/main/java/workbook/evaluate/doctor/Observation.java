package workbook.evaluate.doctor;

/** What was read on this machine, and what it means for the workbook. Looking is done when it is made, judging here. */
interface Observation {

    Finding finding();
}
