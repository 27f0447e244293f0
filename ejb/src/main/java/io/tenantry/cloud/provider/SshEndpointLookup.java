package io.tenantry.cloud.provider;

/** A provider whose servers do not listen for SSH at port 22 of their address, and that reports where they do. */
public interface SshEndpointLookup {
    /**
     * The location of a server's SSH service.
     *
     * @param hostKeyFingerprintOrEmpty in the format of OpenSSH, {@code SHA256:...}; empty if the provider does not know it
     */
    record Endpoint(String host, int port, String hostKeyFingerprintOrEmpty) {}

    /** Returns where to connect to, whether or not the server is running. */
    Endpoint shell(String serverId);
}
