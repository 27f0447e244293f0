package io.tenantry.provisioning;

/** How a service is suspended. */
public enum Suspending {
    /** Its server is switched off. Every vendor can. */
    POWER,
    /** Its server is cut off from the network, and its power left alone. */
    NETWORK
}
