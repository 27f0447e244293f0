package io.tenantry.identity;

import io.tenantry.audit.AuditTrail;
import io.tenantry.identity.InvitationOutcome.AlreadyThere;
import io.tenantry.identity.InvitationOutcome.Field;
import io.tenantry.identity.InvitationOutcome.Invalid;
import io.tenantry.identity.InvitationOutcome.Invited;
import io.tenantry.identity.InvitationOutcome.RoleNotYours;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Who works for the reseller, and in the platform's own scope, who operates it. */
@Stateless
public class Staff {
    private static final String ALL = """
            select p.id, p.email, p.name, p.state, s.role, s.joined_at,
                   exists (select from credential c where c.person_id = p.id) as has_password
              from staff_member s
              join person p on p.id = s.person_id
             order by lower(p.name), p.id
            """;

    private static final String RECOVERABLE = """
            select p.id
              from staff_member s
              join person p on p.id = s.person_id and p.state = 'ACTIVE'
             where p.email = any (?)
             order by array_position(?, p.email)
             limit 1
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

    @Inject
    OneTimeLinks links;

    /** A staff member or operator as a list shows it. */
    public record Row(
            UUID personId,
            String email,
            String name,
            String state,
            String role,
            Instant joinedAt,
            boolean hasPassword) {}

    /** All staff (or operators), by name. */
    public List<Row> all() {
        access.require(managing());
        return sql.query(
                ALL,
                row -> new Row(
                        row.uuid("id"),
                        row.text("email"),
                        row.text("name"),
                        row.text("state"),
                        row.text("role"),
                        row.instant("joined_at"),
                        row.flag("has_password")));
    }

    /** The roles that staff (or operators) can have. */
    public List<Role> roles() {
        return roles.of(kind());
    }

    /**
     * Makes a person, known or new, a staff member (in the platform's scope, an operator). The system may: a new reseller's
     * first person, {@code staff_owner}, and the platform's first operator, {@code operator_owner}, come in this way.
     */
    public InvitationOutcome invite(String email, String name, String role) {
        access.require(managing());
        var address = EmailAddress.of(email);
        if (address.isEmpty()) {
            return new Invalid(Field.EMAIL);
        }
        if (!Organizations.isName(name.strip())) {
            return new Invalid(Field.NAME);
        }
        if (!isMineToGive(role)) {
            return new RoleNotYours(role);
        }
        var arrival = newcomers.arrive(address.get(), name.strip());
        int joined = sql.update("""
                insert into staff_member (person_id, role, role_kind, joined_at)
                values (?, ?, ?, ?)
                on conflict (person_id) do nothing
                """, arrival.personId(), role, kind(), clock.instant());
        if (joined == 0) {
            return new AlreadyThere(arrival.personId());
        }
        audit.record("staff.invited", "person", arrival.personId().toString(), Map.of("role", role));
        return new Invited(arrival.personId(), arrival.link());
    }

    /**
     * A one-time link for somebody of the staff (or an operator) who has no other way in; older ones stop working.
     *
     * @return empty if nobody who may sign in has that address
     * @throws AccessDenied unless the system acts: no person gets to see a link of another
     */
    public Optional<IssuedLink> recoveryLink(String email) {
        if (!Actors.require().isSystem()) {
            throw new AccessDenied("system");
        }
        var spellings = EmailAddress.spellings(email).toArray(String[]::new);
        return sql.first(RECOVERABLE, row -> row.uuid("id"), spellings, spellings)
                .map(person -> {
                    var link = links.issue(person, Links.Purpose.RESET);
                    audit.record(
                            "person.link_issued", "person", person.toString(), Map.of("purpose", Links.Purpose.RESET));
                    return link;
                });
    }

    private boolean isMineToGive(String role) {
        if (Actors.require().isSystem()) {
            return roles.of(kind()).stream().anyMatch(known -> known.code().equals(role));
        }
        return roles.isWithin(kind(), role, access.permissions());
    }

    private static Role.Kind kind() {
        return Tenancy.scope().equals(Scope.PLATFORM) ? Role.Kind.OPERATOR : Role.Kind.STAFF;
    }

    private static String managing() {
        return kind() == Role.Kind.OPERATOR ? Permission.PLATFORM_OPERATORS_MANAGE : Permission.STAFF_MEMBERS_MANAGE;
    }
}
