package workbook.check.diagnose;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a typical wrong answer: a subclass of the model answer, which must fail the checkpoint. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Misconception {

    /** The wrong assumption behind the answer, in a sentence or two. */
    String believed();

    /** What is true instead. */
    String really();

    /** The place in CONCEPTS.md that explains it: the heading of a section, or a term that has an anchor. */
    String concept();
}
