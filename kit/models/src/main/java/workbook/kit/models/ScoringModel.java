package workbook.kit.models;

import java.util.List;
import java.util.Map;

/** A model that scores payments on named features, and knows from which score on it raises an alert. Thread-safe. */
public interface ScoringModel {

    /** Returns the names of the features, in alphabetical order. */
    List<String> features();

    /**
     * Returns the probability that a payment with these features is a fraud, from 0 to 1. <b>A feature that is not given
     * has no part in the score; an unknown one is ignored</b>: neither is an error.
     *
     * @param features the values by name, in any order
     * @throws IllegalArgumentException if a value is NaN, or if the model knows none of the names
     * @throws NullPointerException if a value is null
     */
    double score(Map<String, Double> features);

    /** Whether this score of the model raises an alert. */
    boolean isAlert(double score);
}
