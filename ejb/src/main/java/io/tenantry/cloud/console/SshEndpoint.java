package io.tenantry.cloud.console;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where a server's shell is, as its vendor and our books say; never as a request says.
 *
 * @param hostKey the fingerprint of the key that the vendor says the server has, if it says so
 */
record SshEndpoint(InetSocketAddress address, Optional<String> hostKey) {}
