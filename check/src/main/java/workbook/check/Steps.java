package workbook.check;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Order;

/** The steps of a checkpoint: the methods with a place. */
final class Steps {

    private Steps() {}

    static List<Method> of(Class<?> checkpoint) {
        return Arrays.stream(checkpoint.getDeclaredMethods())
                .filter(step -> step.isAnnotationPresent(Order.class))
                .toList();
    }

    /** Where a step stands; one without a place comes last. */
    static int place(Method step) {
        Order order = step.getAnnotation(Order.class);
        return order == null ? Order.DEFAULT : order.value();
    }
}
