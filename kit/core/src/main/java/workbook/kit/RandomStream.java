package workbook.kit;

/** An independent stream of random numbers for each use, so that a change to one does not affect the others. */
enum RandomStream {
    TERMINAL,
    CUSTOMER,
    PURCHASES,
    COMPROMISED_TERMINALS,
    COMPROMISED_CUSTOMERS;

    /** The source for one key of this stream. */
    RandomSource random(long seed, long key) {
        return random(seed, key, 0);
    }

    /** The source for one key of this stream on one day. */
    RandomSource random(long seed, long key, long day) {
        return RandomSource.of(seed, ordinal(), key, day);
    }
}
