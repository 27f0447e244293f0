package io.tenantry.people.identity;

import java.util.UUID;

/** An organization has come into being, in the transaction that observes this: its wallet opens with it or not at all. */
public record OrganizationCreated(UUID organizationId) {}
