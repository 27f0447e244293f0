package io.tenantry.cloud.provisioning;

/** How a service is suspended. */
public enum SuspensionMethod {
    /** Its server is switched off. Every vendor can. */
    POWER,
    /** Its server is cut off from the network, and its power left alone. */
    NETWORK
}
