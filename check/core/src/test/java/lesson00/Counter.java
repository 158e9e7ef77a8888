package lesson00;

import java.util.concurrent.atomic.AtomicInteger;

/** An exercise of the tests: count the calls. */
public class Counter {

    private int count;

    public int count() {
        return ++count;
    }

    /** Right for the first object only. */
    public static class CountsInAStaticField extends Counter {
        private static final AtomicInteger COUNT = new AtomicInteger();

        @Override
        public int count() {
            return COUNT.incrementAndGet();
        }
    }

    /** As {@link CountsInAStaticField}, in a nested class. */
    public static class CountsInANestedClass extends Counter {
        private static final class Memory {
            private static int count;
        }

        @Override
        public int count() {
            return ++Memory.count;
        }
    }

    /** Wrong without a static field that changes. */
    public static class AddsAConstant extends Counter {
        private static final Integer TEN = 10;

        @Override
        public int count() {
            return super.count() == 1 ? 1 : TEN;
        }
    }
}
