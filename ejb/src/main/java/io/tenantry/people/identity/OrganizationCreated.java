package io.tenantry.people.identity;

import java.util.UUID;

/** An event fired in the transaction that creates an organization: its wallet opens with it or not at all. */
public record OrganizationCreated(UUID organizationId) {}
