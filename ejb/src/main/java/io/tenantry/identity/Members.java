package io.tenantry.identity;

import io.tenantry.audit.AuditTrail;
import io.tenantry.identity.InvitationOutcome.AlreadyThere;
import io.tenantry.identity.InvitationOutcome.Field;
import io.tenantry.identity.InvitationOutcome.Invalid;
import io.tenantry.identity.InvitationOutcome.Invited;
import io.tenantry.identity.InvitationOutcome.RoleNotYours;
import io.tenantry.notice.Note;
import io.tenantry.notice.Notices;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Who acts for an organization, and as what. An organization always keeps an owner. */
@Stateless
public class Members {
    private static final String OF = """
            select p.id, p.email, p.name, p.state, m.role, m.joined_at,
                   exists (select from credential c where c.person_id = p.id) as has_password
              from membership m
              join person p on p.id = m.person_id
             where m.organization_id = ?
             order by lower(p.name), p.id
            """;

    private static final String OTHER_OWNERS = """
            select count(*)::int as n
              from membership m
              join person p on p.id = m.person_id and p.state = 'ACTIVE'
             where m.organization_id = ?
               and m.person_id <> ?
               and m.role = 'owner'
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    Newcomers newcomers;

    @Inject
    Roles roles;

    /** A member as a list shows it. */
    public record Row(
            UUID personId,
            String email,
            String name,
            String state,
            String role,
            Instant joinedAt,
            boolean hasPassword) {}

    /** How giving another role, or taking it away, ended. */
    public enum Change {
        DONE,
        /** The role is unknown, or allows more than the one who acts may do. */
        ROLE_NOT_YOURS,
        /** The organization would be left without an owner. */
        LAST_OWNER
    }

    /** The members of the organization, by name. */
    public List<Row> of(UUID organizationId) {
        access.requireIn(organizationId, Permission.MEMBERS_MANAGE);
        return sql.query(
                OF,
                row -> new Row(
                        row.uuid("id"),
                        row.text("email"),
                        row.text("name"),
                        row.text("state"),
                        row.text("role"),
                        row.instant("joined_at"),
                        row.flag("has_password")),
                organizationId);
    }

    /** The roles that members can have. */
    public List<Role> roles() {
        return roles.of(Role.Kind.ORGANIZATION);
    }

    /** Makes a person, known or new, a member. */
    public InvitationOutcome invite(UUID organizationId, String email, String name, String role) {
        access.requireIn(organizationId, Permission.MEMBERS_MANAGE);
        var address = EmailAddress.of(email);
        if (address.isEmpty()) {
            return new Invalid(Field.EMAIL);
        }
        if (!Organizations.isName(name.strip())) {
            return new Invalid(Field.NAME);
        }
        if (!isMineToGive(organizationId, role)) {
            return new RoleNotYours(role);
        }
        var arrival = newcomers.arrive(address.get(), name.strip());
        int joined = sql.update("""
                insert into membership (organization_id, person_id, role, joined_at)
                values (?, ?, ?, ?)
                on conflict (organization_id, person_id) do nothing
                """, organizationId, arrival.personId(), role, clock.instant());
        if (joined == 0) {
            return new AlreadyThere(arrival.personId());
        }
        var added = new Note(
                Note.Kind.MEMBER_ADDED,
                name.strip(),
                address.get(),
                "",
                "member:" + arrival.personId() + ":" + clock.instant());
        Notices.tellMembers(sql, organizationId, Permission.MEMBERS_MANAGE, added, clock.instant());
        record("member.invited", organizationId, arrival.personId(), role);
        return new Invited(arrival.personId(), arrival.link());
    }

    /** Gives a member another role, effective at the member's next click. */
    public Change changeRole(UUID organizationId, UUID personId, String role) {
        access.requireIn(organizationId, Permission.MEMBERS_MANAGE);
        var before = lock(organizationId, personId);
        if (!isMineToGive(organizationId, role) || !isMineToGive(organizationId, before)) {
            return Change.ROLE_NOT_YOURS;
        }
        if (!role.equals("owner") && isLastOwner(organizationId, personId, before)) {
            return Change.LAST_OWNER;
        }
        sql.update(
                "update membership set role = ? where organization_id = ? and person_id = ?",
                role,
                organizationId,
                personId);
        record("member.role_changed", organizationId, personId, role);
        return Change.DONE;
    }

    /** Ends a membership, effective at the member's next click. The person stays. */
    public Change remove(UUID organizationId, UUID personId) {
        access.requireIn(organizationId, Permission.MEMBERS_MANAGE);
        var before = lock(organizationId, personId);
        if (!isMineToGive(organizationId, before)) {
            return Change.ROLE_NOT_YOURS;
        }
        if (isLastOwner(organizationId, personId, before)) {
            return Change.LAST_OWNER;
        }
        sql.update("delete from membership where organization_id = ? and person_id = ?", organizationId, personId);
        record("member.removed", organizationId, personId, before);
        return Change.DONE;
    }

    /** Staff who manage customers may give every role; members only what they hold themselves. */
    private boolean isMineToGive(UUID organizationId, String role) {
        if (access.allows(Permission.STAFF_CUSTOMERS_MANAGE)) {
            return roles.of(Role.Kind.ORGANIZATION).stream()
                    .anyMatch(known -> known.code().equals(role));
        }
        var held = access.places().stream()
                .filter(place -> place.organizationId().equals(organizationId))
                .findFirst();
        return held.isPresent()
                && roles.isWithin(Role.Kind.ORGANIZATION, role, held.get().permissions());
    }

    /** The member's role; the organization's row is locked, so that two owners cannot remove each other at once. */
    private String lock(UUID organizationId, UUID personId) {
        sql.one("select id from organization where id = ? for update", row -> row.uuid("id"), organizationId);
        return sql.first(
                        "select role from membership where organization_id = ? and person_id = ?",
                        row -> row.text("role"),
                        organizationId,
                        personId)
                .orElseThrow(() -> new NotVisible("member", personId));
    }

    private boolean isLastOwner(UUID organizationId, UUID personId, String role) {
        return role.equals("owner") && sql.one(OTHER_OWNERS, row -> row.whole("n"), organizationId, personId) == 0;
    }

    private void record(String action, UUID organizationId, UUID personId, String role) {
        audit.record(action, "organization", organizationId.toString(), Map.of("person", personId, "role", role));
    }
}
