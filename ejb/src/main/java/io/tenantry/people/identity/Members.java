package io.tenantry.people.identity;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.InvitationOutcome.AlreadyInvited;
import io.tenantry.people.identity.InvitationOutcome.AlreadyThere;
import io.tenantry.people.identity.InvitationOutcome.Invalid;
import io.tenantry.people.identity.InvitationOutcome.Pending;
import io.tenantry.people.identity.InvitationOutcome.RoleNotYours;
import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.Notifications;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The members of an organization and their roles. An organization always keeps an owner.
 *
 * <p>Has eleven collaborators: invited, pending and present members are of one list, and must not be changed under different locks.
 */
@Stateless
public class Members {
    /** Staff see the person; members do not see one who was known elsewhere and has not signed in since. */
    private static final String OF = """
            select id, email, role, joined_at, keys,
                   case when is_unseen then invited_name else name end as name,
                   case when is_unseen then 'ACTIVE' else state end as state,
                   has_password and not is_unseen as has_password,
                   locked_reason
              from (select p.id, p.email, p.name, p.state, m.role, m.joined_at, m.invited_name,
                           not ?
                               and m.invited_at is not null
                               and not exists (select from web_session w
                                                where w.person_id = p.id
                                                  and w.last_seen_at > m.invited_at) as is_unseen,
                           exists (select from credential c where c.person_id = p.id) as has_password,
                           case when ? then p.locked_reason end as locked_reason,
                           (select count(*)::int
                              from api_key k
                             where k.person_id = p.id
                               and k.organization_id = m.organization_id
                               and k.revoked_at is null
                               and (k.expires_at is null or k.expires_at > now())) as keys
                      from membership m
                      join person p on p.id = m.person_id
                     where m.organization_id = ?) member
             order by lower(case when is_unseen then invited_name else name end), id
            """;

    /** The most that staff may assign to a customer's members: nothing that they may not do while impersonating the customer. */
    private static final Set<String> GIVEN_BY_STAFF = Permission.OF_ORGANIZATIONS.stream()
            .filter(permission -> !Permission.OF_OWNERS_ALONE.contains(permission))
            .collect(Collectors.toUnmodifiableSet());

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
    PendingMembers pending;

    @Inject
    Roles roles;

    @Inject
    Owners owners;

    @Inject
    Accounts accounts;

    @Inject
    OneTimeTokens links;

    /** Returns the members of the organization, by name. */
    public List<TeamMember> of(UUID organizationId) {
        access.requireIn(organizationId, Permission.MEMBERS_MANAGE);
        return sql.query(OF, TeamMember::of, isByStaff(), isByStaff(), organizationId);
    }

    /** Returns the roles that the current actor may assign there, the strongest first. */
    public List<Role> roles(UUID organizationId) {
        access.requireIn(organizationId, Permission.MEMBERS_MANAGE);
        var within = given(organizationId);
        var isOwnerless = isFoundingOwners(organizationId);
        return roles.of(Role.Kind.ORGANIZATION).stream()
                .filter(role -> within.containsAll(role.permissions()) || (isOwnerless && Owners.isOwner(role.code())))
                .toList();
    }

    /**
     * Invites a person, who becomes a member by accepting. The inviter gets the same result whether or not the person is known here. The system
     * creates members at once.
     *
     * @throws TooManyLinksException if too many were invited in the last hour
     */
    public InvitationOutcome invite(UUID organizationId, String email, String name, String role) {
        access.requireIn(organizationId, Permission.MEMBERS_MANAGE);
        var address = EmailAddress.of(email);
        var invalid = Invalid.of(
                address.isPresent(), PersonAccounts.isName(name.strip()), isMineToGive(organizationId, role));
        if (invalid.isPresent()) {
            return invalid.get();
        }
        owners.lock(organizationId);
        if (!isMineToGive(organizationId, role)) {
            return new RoleNotYours(role);
        }
        invitations.count(organizationId);
        if (Actors.require().isSystem()) {
            return join(organizationId, personRegistration.person(address.get(), name.strip()), name.strip(), role);
        }
        var person = personRegistration.person(address.get(), name.strip());
        if (pending.isMember(organizationId, person)) {
            return new AlreadyThere(person);
        }
        var made = pending.make(organizationId, person, address.get(), name.strip(), role);
        if (made.isEmpty()) {
            return new AlreadyInvited();
        }
        notifyOthers(organizationId, name.strip(), address.get(), made.get());
        audit.record(
                "member.invited",
                "organization",
                organizationId.toString(),
                Map.of("invitation", made.get(), "role", role));
        return new Pending(made.get());
    }

    private InvitationOutcome join(UUID organizationId, UUID personId, String name, String role) {
        int joined = sql.update("""
                insert into membership (organization_id, person_id, role, joined_at)
                values (?, ?, ?, ?)
                on conflict (organization_id, person_id) do nothing
                """, organizationId, personId, role, clock.instant());
        if (joined == 0) {
            return new AlreadyThere(personId);
        }
        var registeredPerson = personRegistration.arrived(personId, name);
        notifyOthers(organizationId, name, registeredPerson.email(), personId);
        accounts.checkOpen(personId);
        record("member.invited", organizationId, personId, role);
        return registeredPerson.invited();
    }

    private void notifyOthers(UUID organizationId, String name, String email, UUID about) {
        var now = clock.instant();
        var notification =
                new Notification(Notification.Kind.MEMBER_ADDED, name, email, "", "member:" + about + ":" + now);
        Notifications.notifyMembers(sql, organizationId, Permission.MEMBERS_MANAGE, notification, now);
    }

    /**
     * Mails a new link to a member who lost the invitation; earlier links stop working.
     *
     * @return empty for a member who has a password and can request a new one on the sign-in page
     */
    public Optional<LinkSent> inviteAgain(UUID organizationId, UUID personId) {
        access.requireIn(organizationId, Permission.MEMBERS_MANAGE);
        var role = lock(organizationId, personId);
        if (accounts.hasPassword(personId)) {
            return Optional.empty();
        }
        invitations.count(organizationId);
        var sent = links.send(personId, PasswordLinks.Purpose.INVITE);
        record("member.invited_again", organizationId, personId, role);
        return Optional.of(sent);
    }

    /** Changes a member's role, effective at once; open consoles that it does not allow are closed. */
    public TeamChange changeRole(UUID organizationId, UUID personId, String role) {
        access.requireIn(organizationId, Permission.MEMBERS_MANAGE);
        var before = lock(organizationId, personId);
        if (!isMineToGive(organizationId, role) || !isMineToTake(organizationId, before)) {
            return TeamChange.ROLE_NOT_ALLOWED;
        }
        if (!Owners.isOwner(role) && owners.isLast(organizationId, personId)) {
            return TeamChange.LAST_OWNER;
        }
        sql.update(
                "update membership set role = ? where organization_id = ? and person_id = ?",
                role,
                organizationId,
                personId);
        accounts.changedRole(personId);
        record("member.role_changed", organizationId, personId, role);
        return TeamChange.DONE;
    }

    /**
     * Ends a membership, effective at once: the member's API keys for the organization are revoked, and a person without another role is signed
     * out. The person remains.
     */
    public TeamChange remove(UUID organizationId, UUID personId) {
        access.requireIn(organizationId, Permission.MEMBERS_MANAGE);
        var before = lock(organizationId, personId);
        if (!isMineToTake(organizationId, before)) {
            return TeamChange.ROLE_NOT_ALLOWED;
        }
        if (owners.isLast(organizationId, personId)) {
            return TeamChange.LAST_OWNER;
        }
        var isElsewhere = accounts.belongsElsewhere(personId, organizationId);
        sql.update("delete from membership where organization_id = ? and person_id = ?", organizationId, personId);
        accounts.lostPlace(personId, organizationId, isElsewhere);
        record("member.removed", organizationId, personId, before);
        return TeamChange.DONE;
    }

    /** Disables the account of a member who belongs to this organization only: signed out everywhere at once, API keys revoked. */
    public TeamChange disable(UUID organizationId, UUID personId) {
        access.requireIn(organizationId, Permission.MEMBERS_MANAGE);
        var role = lock(organizationId, personId);
        if (personId.equals(Actors.require().personId())) {
            return TeamChange.OWN_ACCOUNT;
        }
        if (!isMineToTake(organizationId, role)) {
            return TeamChange.ROLE_NOT_ALLOWED;
        }
        if (accounts.belongsElsewhere(personId, organizationId)) {
            return TeamChange.OTHER_ORGANIZATION;
        }
        if (owners.isLast(organizationId, personId)) {
            return TeamChange.LAST_OWNER;
        }
        if (accounts.isLocked(personId)) {
            return TeamChange.LOCKED;
        }
        if (accounts.isActive(personId)) {
            accounts.disable(personId, organizationId);
            record("member.disabled", organizationId, personId, role);
        }
        return TeamChange.DONE;
    }

    /** Lets a member who was disabled by this organization sign in again. */
    public TeamChange enable(UUID organizationId, UUID personId) {
        access.requireIn(organizationId, Permission.MEMBERS_MANAGE);
        var role = lock(organizationId, personId);
        if (!isMineToTake(organizationId, role)) {
            return TeamChange.ROLE_NOT_ALLOWED;
        }
        if (accounts.isActive(personId)) {
            return TeamChange.DONE;
        }
        if (accounts.isLocked(personId)) {
            return TeamChange.LOCKED;
        }
        if (!accounts.wasDisabledIn(personId, organizationId)) {
            return TeamChange.OTHER_ORGANIZATION;
        }
        accounts.enable(personId);
        record("member.enabled", organizationId, personId, role);
        return TeamChange.DONE;
    }

    /** Signs a member who belongs to this organization only out on all devices; their consoles close. */
    public TeamChange endSessions(UUID organizationId, UUID personId) {
        access.requireIn(organizationId, Permission.MEMBERS_MANAGE);
        var role = lock(organizationId, personId);
        if (!isMineToTake(organizationId, role)) {
            return TeamChange.ROLE_NOT_ALLOWED;
        }
        if (accounts.belongsElsewhere(personId, organizationId)) {
            accounts.checkOpen(
                    personId); // Open pages of this organization are checked, but remain open for its members.
            return TeamChange.OTHER_ORGANIZATION;
        }
        accounts.endSessions(personId);
        record("member.sessions_ended", organizationId, personId, role);
        return TeamChange.DONE;
    }

    /** Revokes all API keys that a member has created for the organization. */
    public TeamChange revokeKeys(UUID organizationId, UUID personId) {
        access.requireIn(organizationId, Permission.MEMBERS_MANAGE);
        var role = lock(organizationId, personId);
        if (!isMineToTake(organizationId, role)) {
            return TeamChange.ROLE_NOT_ALLOWED;
        }
        if (accounts.revokeKeys(personId, organizationId) > 0) {
            record("member.keys_revoked", organizationId, personId, role);
        }
        return TeamChange.DONE;
    }

    /**
     * Members assign the permissions they hold themselves. Staff assign what their role and key let them do for the customer, and appoint an
     * owner only where the organization has none: otherwise they could get into a customer's account by inviting themselves.
     */
    private boolean isMineToGive(UUID organizationId, String role) {
        return roles.isWithin(Role.Kind.ORGANIZATION, role, given(organizationId))
                || (Owners.isOwner(role) && isFoundingOwners(organizationId));
    }

    /** Not with a key: an owner has more permissions than any key of the staff. */
    private boolean isFoundingOwners(UUID organizationId) {
        return CurrentApiKey.current().isEmpty() && isByStaff() && !owners.hasOwner(organizationId);
    }

    /** Members remove roles with permissions they hold themselves; staff remove any role, since that grants no access. */
    private boolean isMineToTake(UUID organizationId, String role) {
        return isByStaff() || isMineToGive(organizationId, role);
    }

    /** Returns the permissions of roles that the current actor may assign. */
    private Set<String> given(UUID organizationId) {
        if (Actors.require().isSystem()) {
            return Set.copyOf(Permission.OF_ORGANIZATIONS);
        }
        if (isByStaff()) {
            var own = access.allowedIn(organizationId);
            return GIVEN_BY_STAFF.stream().filter(own::contains).collect(Collectors.toUnmodifiableSet());
        }
        return access.places().stream()
                .filter(membership -> membership.organizationId().equals(organizationId))
                .findFirst()
                .map(Access.Membership::permissions)
                .orElse(Set.of());
    }

    private boolean isByStaff() {
        return access.allows(Permission.STAFF_CUSTOMERS_MANAGE);
    }

    /** Returns the member's role; the organization's team is locked, so that two owners cannot remove each other at once. */
    private String lock(UUID organizationId, UUID personId) {
        owners.lock(organizationId);
        return sql.first(
                        "select role from membership where organization_id = ? and person_id = ?",
                        row -> row.text("role"),
                        organizationId,
                        personId)
                .orElseThrow(() -> new NotFoundException("member", personId));
    }

    private void record(String action, UUID organizationId, UUID personId, String role) {
        audit.record(action, "organization", organizationId.toString(), Map.of("person", personId, "role", role));
    }
}
