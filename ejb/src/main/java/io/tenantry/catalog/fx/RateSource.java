package io.tenantry.catalog.fx;

import java.time.LocalDate;

/** A publisher of exchange rates. Called outside of transactions. */
interface RateSource {
    /** Returns its name on documents. */
    String name();

    /** Whether there is a source to query. */
    boolean isOn();

    /**
     * Returns the rates of the days after one.
     *
     * @param after the last day that is known
     * @param today the last day to request
     * @return a file as {@link EcbRateFile} reads it
     * @throws RateSourceUnavailable if it did not respond
     */
    String since(LocalDate after, LocalDate today);

    /** Thrown if the source did not respond; the cause is known only from its message. */
    final class RateSourceUnavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RateSourceUnavailable(String why) {
            super(why);
        }
    }
}
