package io.tenantry.cloud.provider;

import java.util.UUID;

/**
 * The customer whom a server is created for, for providers that assign servers to users.
 *
 * @param id the same for all servers of that customer
 * @param email no email is sent there on our behalf
 */
public record CustomerRef(UUID id, String name, String email) {}
