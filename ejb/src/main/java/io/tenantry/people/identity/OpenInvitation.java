package io.tenantry.people.identity;

import java.time.Instant;
import java.util.UUID;

/**
 * An invitation that waits for its person, as those see it who manage the organization's members: what they typed, and nothing of the person.
 *
 * @param isExpired whether it has to be sent again to be accepted
 */
public record OpenInvitation(
        UUID id, String email, String name, String role, Instant invitedAt, Instant expiresAt, boolean isExpired) {}
