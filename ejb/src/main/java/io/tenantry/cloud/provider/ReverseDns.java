package io.tenantry.cloud.provider;

/** A vendor that lets us say what name an address has. */
public interface ReverseDns {
    /** Names an address of the server; an empty name for the vendor's own. */
    void name(String serverId, String address, String hostname);
}
