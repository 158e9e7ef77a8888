package workbook.kit;

/** How a simulated payment came to be fraudulent: the handbook's scenarios 0 to 3, which are the ordinals. */
public enum Fraud {

    /** Genuine. */
    NONE,

    /** An amount above 220: easy to see. */
    LARGE_AMOUNT,

    /** Paid at a terminal during the 28 days it is compromised: seen in the terminal's recent frauds. */
    COMPROMISED_TERMINAL,

    /** One in three payments of three customers over 14 days, five times as large: seen in the customer's habits. */
    COMPROMISED_CUSTOMER
}
