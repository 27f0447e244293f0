package io.tenantry.people.identity;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.InvitationOutcome.AlreadyThere;
import io.tenantry.people.identity.InvitationOutcome.Invalid;
import io.tenantry.people.identity.InvitationOutcome.RoleNotYours;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The staff of the reseller and, in the platform's own scope, its operators. */
@Stateless
public class Staff {
    private static final String ALL = """
            select p.id, p.email, p.name, p.state, p.locked_reason, s.role, s.joined_at,
                   exists (select from credential c where c.person_id = p.id) as has_password,
                   (select count(*)::int
                      from api_key k
                     where k.person_id = p.id
                       and k.organization_id is null
                       and k.revoked_at is null
                       and (k.expires_at is null or k.expires_at > now())) as keys
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
    PersonRegistration personRegistration;

    @Inject
    Invitations invitations;

    @Inject
    Roles roles;

    @Inject
    OneTimeTokens links;

    @Inject
    Owners owners;

    @Inject
    Accounts accounts;

    /** Returns all staff (or operators), by name. */
    public List<TeamMember> all() {
        access.require(Owners.managingStaff());
        return sql.query(ALL, TeamMember::of);
    }

    /** Returns the roles that the current actor may assign, the strongest first. */
    public List<Role> roles() {
        access.require(Owners.managingStaff());
        return roles.of(kind()).stream()
                .filter(role -> isMineToGive(role.code()))
                .toList();
    }

    /**
     * Makes a person, known or new, a member of staff (in the platform's scope, an operator). Also used by the system: for a new reseller's
     * first person, {@code staff_owner}, and for the platform's first operator, {@code operator_owner}.
     */
    public InvitationOutcome invite(String email, String name, String role) {
        access.require(Owners.managingStaff());
        var address = EmailAddress.of(email);
        var invalid = Invalid.of(address.isPresent(), PersonAccounts.isName(name.strip()), isMineToGive(role));
        if (invalid.isPresent()) {
            return invalid.get();
        }
        if (!isMineToGive(role)) {
            return new RoleNotYours(role);
        }
        invitations.count(null);
        var person = personRegistration.person(address.get(), name.strip());
        int joined = sql.update(
                """
                insert into staff_member (person_id, role, role_kind, joined_at, invited_by, invited_with)
                values (?, ?, ?, ?, cast(? as uuid), cast(? as uuid))
                on conflict (person_id) do nothing
                """, person, role, kind(), clock.instant(), Actors.require().personId(), CurrentApiKey.idInUse());
        if (joined == 0) {
            return new AlreadyThere(person);
        }
        // A customer's open session must not turn into one of staff: the person signs in again.
        Sessions.endAll(sql, person);
        var registeredPerson = personRegistration.arrived(person, name.strip());
        record("staff.invited", person, role);
        return registeredPerson.invited();
    }

    /** Changes the role of a member of staff, effective at once; open consoles that it does not allow are closed. */
    public TeamChange changeRole(UUID personId, String role) {
        var before = managed(personId);
        if (!isMineToGive(role) || !isMineToGive(before)) {
            return TeamChange.ROLE_NOT_ALLOWED;
        }
        if (owners.isLastOfStaff(personId) && !roles.allows(kind(), role, Owners.managingStaff())) {
            return TeamChange.LAST_OWNER;
        }
        sql.update("update staff_member set role = ? where person_id = ?", role, personId);
        accounts.changedRole(personId);
        record("staff.role_changed", personId, role);
        return TeamChange.DONE;
    }

    /** Removes a person from the staff, effective at once: signed out everywhere, API keys of the staff revoked. The person remains. */
    public TeamChange remove(UUID personId) {
        var before = managed(personId);
        if (!isMineToGive(before)) {
            return TeamChange.ROLE_NOT_ALLOWED;
        }
        if (owners.isLastOfStaff(personId)) {
            return TeamChange.LAST_OWNER;
        }
        sql.update("delete from staff_member where person_id = ?", personId);
        accounts.lostPlace(personId, null, false);
        record("staff.removed", personId, before);
        return TeamChange.DONE;
    }

    /** Disables the account of a member of staff: signed out everywhere at once, links and API keys revoked permanently. */
    public TeamChange disable(UUID personId) {
        var role = managed(personId);
        if (personId.equals(Actors.require().personId())) {
            return TeamChange.OWN_ACCOUNT;
        }
        if (!isMineToGive(role)) {
            return TeamChange.ROLE_NOT_ALLOWED;
        }
        if (owners.isLastAnywhere(personId)) {
            return TeamChange.LAST_OWNER;
        }
        if (accounts.isLocked(personId)) {
            return TeamChange.LOCKED;
        }
        accounts.disable(personId, null);
        record("staff.disabled", personId, role);
        return TeamChange.DONE;
    }

    /** Lets a member of staff sign in again, with a new session. */
    public TeamChange enable(UUID personId) {
        var role = managed(personId);
        if (!isMineToGive(role)) {
            return TeamChange.ROLE_NOT_ALLOWED;
        }
        if (accounts.isLocked(personId)) {
            return TeamChange.LOCKED;
        }
        accounts.enable(personId);
        record("staff.enabled", personId, role);
        return TeamChange.DONE;
    }

    /** Signs a member of staff out on all devices; their consoles close. */
    public TeamChange endSessions(UUID personId) {
        var role = managed(personId);
        if (!isMineToGive(role)) {
            return TeamChange.ROLE_NOT_ALLOWED;
        }
        accounts.endSessions(personId);
        record("staff.sessions_ended", personId, role);
        return TeamChange.DONE;
    }

    /** Revokes all API keys that a member of staff has created for the reseller (or an operator for the platform). */
    public TeamChange revokeKeys(UUID personId) {
        var role = managed(personId);
        if (!isMineToGive(role)) {
            return TeamChange.ROLE_NOT_ALLOWED;
        }
        if (accounts.revokeKeys(personId, null) > 0) {
            record("staff.keys_revoked", personId, role);
        }
        return TeamChange.DONE;
    }

    /** Returns the role of the person, whom the current actor may manage. */
    private String managed(UUID personId) {
        SelfOnly.require("team");
        access.require(Owners.managingStaff());
        return sql.first("select role from staff_member where person_id = ?", row -> row.text("role"), personId)
                .orElseThrow(() -> new NotFoundException("person", personId));
    }

    /**
     * Creates a one-time link for a member of staff (or an operator) who has no other access; older ones stop working.
     *
     * @return empty if no person with that address may sign in
     * @throws AccessDeniedException unless the system acts: no person may see another's link
     */
    public Optional<IssuedLink> recoveryLink(String email) {
        if (!Actors.require().isSystem()) {
            throw new AccessDeniedException("system");
        }
        var spellings = EmailAddress.spellings(email).toArray(String[]::new);
        return sql.first(RECOVERABLE, row -> row.uuid("id"), spellings, spellings)
                .map(person -> {
                    var purpose =
                            accounts.hasPassword(person) ? PasswordLinks.Purpose.RESET : PasswordLinks.Purpose.INVITE;
                    var link = links.issue(person, purpose);
                    audit.record("person.link_issued", "person", person.toString(), Map.of("purpose", purpose));
                    return link;
                });
    }

    private boolean isMineToGive(String role) {
        var held = Actors.require().isSystem() ? everything() : access.permissions();
        return roles.isWithin(kind(), role, held);
    }

    private static Set<String> everything() {
        return Set.copyOf(kind() == Role.Kind.OPERATOR ? Permission.OF_OPERATORS : Permission.OF_STAFF);
    }

    private void record(String action, UUID personId, String role) {
        audit.record(action, "person", personId.toString(), Map.of("role", role));
    }

    private static Role.Kind kind() {
        return Tenancy.scope().equals(Scope.PLATFORM) ? Role.Kind.OPERATOR : Role.Kind.STAFF;
    }
}
