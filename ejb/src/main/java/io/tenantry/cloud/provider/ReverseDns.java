package io.tenantry.cloud.provider;

/** A provider that supports custom reverse DNS names. */
public interface ReverseDns {
    /** Sets the name of an address of the server; an empty name restores the provider's own. */
    void name(String serverId, String address, String hostname);
}
