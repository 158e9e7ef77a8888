package workbook.check;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The packages of check have no cyclic dependencies, and none depends on an engine. */
class PackageDependenciesTest {

    private static final JavaClasses CHECK = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("workbook.check");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("workbook.check.(*)..").should().beFreeOfCycles().check(CHECK);
    }

    @Test
    void coreDependsOnNoEngine() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.spark..",
                        "org.apache.hadoop..",
                        "scala..",
                        "org.apache.flink..",
                        "org.apache.beam..",
                        "org.apache.storm..",
                        "org.apache.kafka.streams..")
                .check(CHECK);
    }

    @Test
    void scriptsDoNotDependOnCheckpoints() {
        noClasses()
                .that()
                .resideInAnyPackage("workbook.check.script..", "workbook.check.engine..", "workbook.check.catalog..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "workbook.check.checkpoint..",
                        "workbook.check.verdict..",
                        "workbook.check.process..",
                        "workbook.check.progress..",
                        "org.junit..")
                .check(CHECK);
    }
}
