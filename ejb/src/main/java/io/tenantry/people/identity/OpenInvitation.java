package io.tenantry.people.identity;

import java.time.Instant;
import java.util.UUID;

/**
 * An open invitation as shown to managers of the organization's members: what was entered, and no data of the person.
 *
 * @param isExpired whether it has to be sent again to be accepted
 */
public record OpenInvitation(
        UUID id, String email, String name, String role, Instant invitedAt, Instant expiresAt, boolean isExpired) {}
