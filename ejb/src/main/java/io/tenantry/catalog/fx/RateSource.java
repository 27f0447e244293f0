package io.tenantry.catalog.fx;

import java.time.LocalDate;

/** Somebody who says what currencies are worth. Asked outside of transactions. */
interface RateSource {
    /** What it is called on documents. */
    String name();

    /** Whether there is anything to ask. */
    boolean isOn();

    /**
     * What it says of the days after one.
     *
     * @param after the last day that is known
     * @param today the last day to ask for
     * @return a file as {@link EcbRateFile} reads it
     * @throws Unanswered if it did not answer
     */
    String since(LocalDate after, LocalDate today);

    /** It did not answer; nothing is known of why but what it says. */
    final class RateSourceUnavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RateSourceUnavailable(String why) {
            super(why);
        }
    }
}
