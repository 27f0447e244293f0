package io.tenantry.cloud.provider;

import java.util.UUID;

/**
 * Whom a server is made for, for vendors with whom a server belongs to somebody.
 *
 * @param id the same for all servers of that customer
 * @param email nothing is sent there because of us
 */
public record CustomerRef(UUID id, String name, String email) {}
