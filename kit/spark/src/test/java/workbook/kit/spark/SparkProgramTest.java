package workbook.kit.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import workbook.kit.Program;

class SparkProgramTest {

    static final class Sample extends SparkProgram {

        private SparkContext context;
        private long rows;

        @Override
        protected LocalSpark settings() {
            return super.settings().set("spark.sql.shuffle.partitions", "3");
        }

        @Override
        protected void run(SparkSession spark) {
            context = spark.sparkContext();
            rows = spark.range(5).count();
            assertThat(spark.conf().get("spark.sql.shuffle.partitions")).isEqualTo("3");
        }
    }

    @Test
    void theProgramRunsWithASessionThatIsStoppedAfterwards() {
        Sample program = new Sample();
        assertThat(Program.execute(program)).isZero();
        assertThat(program.rows).isEqualTo(5);
        assertThat(program.context.appName()).isEqualTo("Sample");
        assertThat(program.context.isStopped()).isTrue();
    }
}
