package io.tenantry.cloud.reconciliation;

/** Types of discrepancies at a provider. */
public enum DiscrepancyType {
    /** The server of a service that is over: it is deleted automatically. */
    ORPHAN,
    /**
     * A server with a mark like ours of an unknown service. Since requests are recorded before they are sent, it was created by another brand
     * or installation with the same account, or before the database was restored to an earlier state: staff decide.
     */
    STRAY,
    /** A further server of a service that has one, or one of several of a service whose own server is missing. */
    DOUBLE,
    /** The server of a running service is missing. */
    GHOST,
    /** The server of a running service is missing, but exactly one other server has its mark. */
    RENUMBERED,
    /** The size differs. */
    DRIFT_PLAN,
    /** The server runs and should not, or was stopped by the provider and should run. */
    DRIFT_POWER,
    /** The address differs. */
    DRIFT_ADDRESS,
    /** A server without our mark: it is listed only, and never touched. */
    FOREIGN;

    /** Whether it is a fault that requires attention. */
    public boolean isFault() {
        return this != FOREIGN;
    }

    /** Whether the server is surplus, so that it may be deleted. */
    public boolean isTooMany() {
        return this == ORPHAN || this == STRAY || this == DOUBLE;
    }
}
