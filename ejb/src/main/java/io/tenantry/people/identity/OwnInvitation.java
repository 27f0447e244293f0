package io.tenantry.people.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An invitation as shown to the invited person.
 *
 * @param invitedBy the name of the member who invited; empty if staff of the reseller did
 */
public record OwnInvitation(
        UUID id, String organization, String role, Optional<String> invitedBy, Instant invitedAt, Instant expiresAt) {}
