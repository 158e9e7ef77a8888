package workbook.kit;

/** What random numbers are drawn for: each topic has its own, so that a change to one leaves the others alone. */
enum RandomStream {
    TERMINAL,
    CUSTOMER,
    PURCHASES,
    COMPROMISED_TERMINALS,
    COMPROMISED_CUSTOMERS;

    /** The source for one subject of this topic. */
    RandomSource random(long seed, long subject) {
        return random(seed, subject, 0);
    }

    /** The source for one subject of this topic on one day. */
    RandomSource random(long seed, long subject, long day) {
        return RandomSource.of(seed, ordinal(), subject, day);
    }
}
