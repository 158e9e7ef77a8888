package workbook.check;

import java.time.Duration;

/**
 * What a {@link Supervisor} asks of its {@link Worker}.
 *
 * @param checkpoint the name of the checkpoint's class
 * @param subject the name of the class to judge
 * @param seed of random input: another one each time, though the worker is the same
 * @param milliseconds how long it may take
 */
record Request(String checkpoint, String subject, long seed, long milliseconds) {

    static Request of(Class<?> checkpoint, Class<?> subject, Duration time) {
        return new Request(checkpoint.getName(), subject.getName(), Seed.fresh().value(), time.toMillis());
    }
}
