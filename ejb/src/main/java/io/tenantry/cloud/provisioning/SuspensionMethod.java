package io.tenantry.cloud.provisioning;

/** How a service is suspended. */
public enum SuspensionMethod {
    /** Its server is switched off, which every provider supports. */
    POWER,
    /** Its server is isolated from the network, and its power state is left alone. */
    NETWORK
}
