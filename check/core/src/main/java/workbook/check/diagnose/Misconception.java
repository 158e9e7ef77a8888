package workbook.check.diagnose;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A wrong answer that people really give: a subclass of the right one, which the checkpoint must refuse. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Misconception {

    /** What its author took for true, in a sentence or two. */
    String believed();

    /** What happens instead. */
    String really();

    /** What CONCEPTS.md explains it under: the heading of a section, or a term in one that has an anchor of its own. */
    String concept();
}
