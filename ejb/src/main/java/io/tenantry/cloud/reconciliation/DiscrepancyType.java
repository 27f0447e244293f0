package io.tenantry.cloud.reconciliation;

/** What differs at a vendor. */
public enum DiscrepancyType {
    /** A server of a service that is over: it is deleted by itself. */
    ORPHANED,
    /**
     * A server with a mark like ours, of which we know no service. We write down what we are about to ask for, so it was made by
     * another brand or installation with the same account, or before the books were set back: for a person.
     */
    UNKNOWN_SERVER,
    /** One more server of a service that has one, or one of several of a service whose own is not there. */
    DUPLICATE,
    /** The server of a running service is not there. */
    MISSING,
    /** The server of a running service is not there, but one other with its mark is. */
    ID_CHANGED,
    /** It is of another size. */
    DRIFT_PLAN,
    /** It runs and should not, or was stopped by the vendor and should run. */
    DRIFT_POWER,
    /** It is at another address. */
    DRIFT_ADDRESS,
    /** A server without a mark of ours: only listed, and never touched. */
    UNMANAGED;

    /** Whether it is a fault that somebody should look at. */
    public boolean isFault() {
        return this != UNMANAGED;
    }

    /** Whether the server is one too many, so that it may be deleted. */
    public boolean isTooMany() {
        return this == ORPHANED || this == UNKNOWN_SERVER || this == DUPLICATE;
    }
}
