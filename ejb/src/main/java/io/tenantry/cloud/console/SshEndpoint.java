package io.tenantry.cloud.console;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The location of a server's shell, from its provider and the database; never from a request.
 *
 * @param hostKey the fingerprint of the server's host key, if the provider reports it
 */
record SshEndpoint(InetSocketAddress address, Optional<String> hostKey) {}
