///usr/bin/env jbang "$0" "$@" ; exit $?
// Flink in `./jbang race`: the job without state.
//JAVA 17+
//SOURCES Start.java
//SOURCES Scoring.java
//SOURCES OnFlink.java
//SOURCES ../../kit/models/src/main/java/workbook/kit/models/*.java
package race;

class ScoringOnFlink {

    public static void main(String[] args) throws Exception {
        Start start = Start.of(args);
        OnFlink.run(start, OnFlink.payments(start).map(Scoring::score));
    }
}
