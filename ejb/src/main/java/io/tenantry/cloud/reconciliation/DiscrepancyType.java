package io.tenantry.cloud.reconciliation;

/** Types of discrepancies at a provider. */
public enum DiscrepancyType {
    /** The server of a terminated service: it is deleted automatically. */
    ORPHANED,
    /**
     * A server with a resource tag like ours of an unknown service. Since requests are recorded before they are sent, it was created by another brand
     * or installation with the same account, or before the database was restored to an earlier state: staff decide.
     */
    UNKNOWN_SERVER,
    /** One more server of a service that has one, or one of several of a service whose own is not there. */
    DUPLICATE,
    /** The server of a running service is not there. */
    MISSING,
    /** The server of a running service is not there, but one other with its resource tag is. */
    ID_CHANGED,
    /** It is of another size. */
    DRIFT_PLAN,
    /** The server runs and should not, or was stopped by the provider and should run. */
    DRIFT_POWER,
    /** The address differs. */
    DRIFT_ADDRESS,
    /** A server without a resource tag of ours: only listed, and never touched. */
    UNMANAGED;

    /** Whether it is a fault that requires attention. */
    public boolean isFault() {
        return this != UNMANAGED;
    }

    /** Whether the server is surplus, so that it may be deleted. */
    public boolean isTooMany() {
        return this == ORPHANED || this == UNKNOWN_SERVER || this == DUPLICATE;
    }
}
