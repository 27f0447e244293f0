package io.tenantry.people.identity;

import io.tenantry.tenancy.Row;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A person who acts for an organization, for the reseller or for the platform, as shown in the list of that team.
 *
 * @param state {@code ACTIVE}, {@code DISABLED} or {@code LOCKED}
 * @param hasPassword whether the person has ever chosen a password; false while the invitation is open
 * @param keys the number of their active API keys for this team
 * @param lockReason why the account is locked; empty if it is not, and for viewers who may not unlock it
 */
public record TeamMember(
        UUID personId,
        String email,
        String name,
        String state,
        String role,
        Instant joinedAt,
        boolean hasPassword,
        int keys,
        Optional<String> lockReason) {
    /** Whether the person may sign in. */
    public boolean isActive() {
        return state.equals("ACTIVE");
    }

    /** Whether the account is locked for security. */
    public boolean isLocked() {
        return state.equals("LOCKED");
    }

    static TeamMember of(Row row) {
        return new TeamMember(
                row.uuid("id"),
                row.text("email"),
                row.text("name"),
                row.text("state"),
                row.text("role"),
                row.instant("joined_at"),
                row.flag("has_password"),
                row.whole("keys"),
                row.maybeText("locked_reason"));
    }
}
