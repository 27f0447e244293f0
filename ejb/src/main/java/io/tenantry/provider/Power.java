package io.tenantry.provider;

/** How a server is switched. */
public enum Power {
    ON,
    /** Asks the system on it to end. */
    SHUT_DOWN,
    /** Pulls the plug. */
    OFF,
    RESTART
}
