package io.tenantry.cloud.provider;

/** A vendor whose servers do not listen for SSH at port 22 of their address, and that says where they do. */
public interface SshEndpointLookup {
    /**
     * Where a server's SSH is.
     *
     * @param hostKeyFingerprintOrEmpty as OpenSSH shows it, {@code SHA256:...}; empty if the vendor does not know
     */
    record Endpoint(String host, int port, String hostKeyFingerprintOrEmpty) {}

    /** Where to connect to, whether the server is up now or not. */
    Endpoint shell(String serverId);
}
