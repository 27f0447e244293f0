package io.tenantry.people.identity;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.Notifications;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One-time links with which people choose a password. A link works once, only in the scope in which it was created, and not after its expiry; a
 * newer one replaces it. Links are used through {@link PasswordReset}.
 */
@Stateless
public class PasswordLinks {
    /** A link of an invitation works as long as that can be accepted. */
    private static final String INVITATION_HOLDS = """
            (l.invitation_id is null
                or exists (select from membership_invitation i where i.id = l.invitation_id and ${holds}))
            """.replace("${holds}", PendingMembers.HOLDS);

    private static final String FIND = """
            select l.person_id, l.purpose, p.email, p.name, l.invitation_id
              from one_time_link l
              join person p on p.id = l.person_id and p.state = 'ACTIVE'
             where l.token_hash = ?
               and l.used_at is null
               and l.expires_at > now()
               and ${invitation}
            """.replace("${invitation}", INVITATION_HOLDS);

    /** Locks the organization of the link's invitation before the person, in the same order as changes to its team. */
    private static final String LOCK_TEAM = """
            select o.id
              from one_time_link l
              join membership_invitation i on i.id = l.invitation_id
              join organization o on o.id = i.organization_id
             where l.token_hash = ?
               for update of o
            """;

    /** Locks the person before the link, in the same order as disabling the account or sending another link. */
    private static final String LOCK = """
            select p.id
              from person p
             where p.id = (select l.person_id from one_time_link l where l.token_hash = ?)
               for no key update
            """;

    private static final String USE = """
            update one_time_link l
               set used_at = now()
              from person p
             where l.token_hash = ?
               and l.used_at is null
               and l.expires_at > now()
               and p.id = l.person_id
               and p.state = 'ACTIVE'
               and ${invitation}
            returning l.person_id, l.purpose, p.name, p.email, l.invitation_id
            """.replace("${invitation}", INVITATION_HOLDS);

    private static final String SET_PASSWORD = """
            insert into credential (person_id, password_hash, changed_at)
            values (?, ?, now())
            on conflict (person_id) do update
               set password_hash = excluded.password_hash,
                   changed_at = excluded.changed_at,
                   void_since = null
            """;

    @Inject
    Sql sql;

    @Inject
    AuditTrail audit;

    @Inject
    OneTimeTokens links;

    @Inject
    PendingMembers pending;

    @Inject
    Accounts accounts;

    @Inject
    Clock clock;

    @Inject
    Event<SecurityMailRequested> securityMails;

    /** The purpose of a link, which determines its lifetime. */
    public enum Purpose {
        /** A new person chooses the first password: three days, to span a weekend. */
        INVITE(Duration.ofDays(3)),
        /** A known person chooses another one: an hour, since the access is valuable. */
        RESET(Duration.ofHours(1));

        private final Duration life;

        Purpose(Duration life) {
            this.life = life;
        }

        /** Returns the lifetime of such a link. */
        public Duration life() {
            return life;
        }
    }

    /** A valid link, with the data for greeting its person. */
    public record Open(UUID personId, Purpose purpose, String email, String name, Optional<UUID> invitationId) {}

    /** Returns the link with the secret, if it still works. Does not use it up. */
    public Optional<Open> open(String secret) {
        return sql.first(FIND, PasswordLinks::opened, RandomTokens.sha256(secret));
    }

    /**
     * Consumes the link and sets the hashed password, atomically; of several concurrent calls one wins. Ends all sessions of the person, withdraws
     * the person's pending invitations, and lifts the throttling after failed sign-ins. A reset also revokes all API keys of the person: an intruder
     * may have created some.
     */
    public Optional<Open> use(String secret, String passwordHash) {
        var team = sql.first(LOCK_TEAM, row -> row.uuid("id"), RandomTokens.sha256(secret));
        sql.first(LOCK, row -> row.uuid("id"), RandomTokens.sha256(secret));
        var used = sql.first(USE, PasswordLinks::opened, RandomTokens.sha256(secret));
        used.ifPresent(link -> {
            setPassword(link.personId(), passwordHash);
            SignInTransactions.forgive(sql, link.email());
            var joined = link.invitationId()
                    .filter(invitation -> pending.accept(invitation, team.orElseThrow(), link.personId()));
            requestMail(link);
            int revoked = link.purpose() == Purpose.RESET ? accounts.revokeAllKeys(link.personId()) : 0;
            accounts.endSessions(link.personId());
            // Choosing a password by the link of an invitation accepts that invitation, and no other.
            joined.ifPresent(invitation -> audit.record(
                    "member.joined",
                    "organization",
                    team.orElseThrow().toString(),
                    Map.of("invitation", invitation, "person", link.personId())));
            audit.record(
                    "person.password_set",
                    "person",
                    link.personId().toString(),
                    revoked == 0
                            ? Map.of("by", "link", "purpose", link.purpose())
                            : Map.of("by", "link", "purpose", link.purpose(), "revoked_api_keys", revoked));
            if (link.purpose() == Purpose.RESET) {
                securityMails.fire(new SecurityMailRequested.PasswordChanged(link.personId()));
            }
        });
        return used;
    }

    /** Notifies the person of the new password, and the managers of members of an accepted invitation. */
    private void requestMail(Open link) {
        var now = clock.instant();
        if (link.purpose() == Purpose.RESET) {
            Notifications.notifyPerson(sql, link.personId(), SignInTransactions.passwordChanged(now), now);
            return;
        }
        var places = sql.query("""
                        select o.id, o.name
                          from membership m
                          join organization o on o.id = m.organization_id
                         where m.person_id = ?
                        """, row -> Map.entry(row.uuid("id"), row.text("name")), link.personId());
        for (var place : places) {
            var key = "accepted:" + link.personId() + ":" + place.getKey();
            Notifications.notifyMembers(
                    sql, place.getKey(), Permission.MEMBERS_MANAGE, accepted(link, place, "", key), now);
            Notifications.notifyStaff(
                    sql,
                    Permission.STAFF_CUSTOMERS_MANAGE,
                    accepted(link, place, "customer?id=" + place.getKey(), key),
                    now);
        }
    }

    private static Notification accepted(Open link, Map.Entry<UUID, String> place, String path, String key) {
        return new Notification(Notification.Kind.INVITATION_ACCEPTED, link.name(), place.getValue(), path, key);
    }

    /**
     * Sets a password without a link: for the demo, whose passwords are printed.
     *
     * @throws AccessDeniedException unless the system acts
     */
    public void setByTheSystem(UUID personId, String passwordHash) {
        if (!Actors.require().isSystem()) {
            throw new AccessDeniedException("system");
        }
        setPassword(personId, passwordHash);
        accounts.endSessions(personId);
        audit.record("person.password_set", "person", personId.toString(), Map.of("by", "system"));
    }

    private void setPassword(UUID personId, String passwordHash) {
        sql.update(SET_PASSWORD, personId, passwordHash);
        links.forget(personId);
    }

    private static Open opened(Row row) {
        return new Open(
                row.uuid("person_id"),
                Purpose.valueOf(row.text("purpose")),
                row.text("email"),
                row.text("name"),
                row.maybeUuid("invitation_id"));
    }
}
