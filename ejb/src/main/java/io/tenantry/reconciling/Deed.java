package io.tenantry.reconciling;

/** What is done at a vendor about a finding. */
public enum Deed {
    /** The server is ended for good. */
    DELETE,
    /** The server is switched as its service says. */
    SWITCH
}
