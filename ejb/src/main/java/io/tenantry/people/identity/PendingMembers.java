package io.tenantry.people.identity;

import io.tenantry.kernel.time.Ids;
import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.Notifications;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Open invitations. They are valid as long as the inviter could still make them, which is checked on acceptance. That alone would make them
 * valid again once an account is unlocked or a right is restored: {@link InvitationWithdrawals}. Checks no permission: part of use cases that do. Times
 * are the database's.
 */
@Dependent
class PendingMembers {
    /** The maker of an invitation {@code i} is active and may assign its role. */
    static final String MAKER_MAY = """
            exists (select from person q
                         where q.id = i.invited_by
                           and q.state = 'ACTIVE'
                           and (exists (select from membership m
                                          join role held on held.code = m.role
                                          join role given on given.code = i.role
                                         where m.person_id = q.id
                                           and m.organization_id = i.organization_id
                                           and 'members_manage' = any (held.permissions)
                                           and held.permissions @> given.permissions)
                                or exists (select from staff_member s
                                             join role held on held.code = s.role
                                            where s.person_id = q.id
                                              and 'staff_customers_manage' = any (held.permissions))))
            """;

    /** The person of an invitation {@code i} may accept it now. */
    static final String HOLDS = """
            i.state = 'OPEN'
            and i.expires_at > now()
            and exists (select from organization o where o.id = i.organization_id and o.state <> 'CLOSED')
            and ${maker}
            """.replace("${maker}", MAKER_MAY);

    private static final String MAKE = """
            insert into membership_invitation
                   (id, organization_id, person_id, email, name, role, invited_by, created_with, invited_at, sent_at,
                    expires_at)
            values (?, ?, ?, ?, ?, ?, ?, cast(? as uuid), now(), now(), now() + cast(? as interval))
            on conflict (organization_id, person_id) where state = 'OPEN' do nothing
            """;

    private static final String FORGET_EXPIRED = """
            update membership_invitation
               set state = 'WITHDRAWN', decided_at = now()
             where organization_id = ?
               and person_id = ?
               and state = 'OPEN'
               and expires_at <= now()
            """;

    private static final String ACCEPT = """
            update membership_invitation i
               set state = 'ACCEPTED', decided_at = now()
             where i.id = ?
               and ${holds}
            returning i.role
            """.replace("${holds}", HOLDS);

    private static final String JOIN = """
            insert into membership (organization_id, person_id, role, joined_at)
            values (?, ?, ?, ?)
            on conflict (organization_id, person_id) do nothing
            """;

    /** The inviter is a member of staff, and not a member who could assign the role of an owner. */
    private static final String IS_BY_STAFF = """
            select exists (select from staff_member s where s.person_id = i.invited_by) as is_so, i.role
              from membership_invitation i
             where i.id = ?
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Owners owners;

    @Inject
    Accounts accounts;

    @Inject
    OneTimeTokens links;

    @Inject
    Event<SecurityMailRequested> securityMails;

    /**
     * Invites a person to an organization, whose team is locked.
     *
     * @return the invitation; empty if one is open already
     */
    Optional<UUID> make(UUID organizationId, UUID personId, String email, String name, String role) {
        sql.update(FORGET_EXPIRED, organizationId, personId);
        var id = Ids.next(clock);
        int made = sql.update(
                MAKE,
                id,
                organizationId,
                personId,
                email,
                name,
                role,
                Actors.require().personId(),
                CurrentApiKey.idInUse(),
                seconds(PasswordLinks.Purpose.INVITE.life()));
        if (made == 0) {
            return Optional.empty();
        }
        var unused = deliver(id, organizationId, personId);
        return Optional.of(id);
    }

    /**
     * Sends the email: a link for a person without a password, otherwise a notice of the invitation. Staff do not become members and get none.
     */
    Optional<IssuedLink> deliver(UUID id, UUID organizationId, UUID personId) {
        var isStaff = sql.one(
                "select exists (select from staff_member where person_id = ?) as is_so",
                row -> row.flag("is_so"),
                personId);
        if (isStaff || !accounts.isActive(personId)) {
            return Optional.empty();
        }
        if (!accounts.hasPassword(personId)) {
            return Optional.of(links.issueFor(personId, id));
        }
        var organization =
                sql.one("select name from organization where id = ?", row -> row.text("name"), organizationId);
        var now = clock.instant();
        Notifications.notifyPerson(
                sql,
                personId,
                new Notification(
                        Notification.Kind.INVITED, organization, "", "invitations", "invited:" + id + ":" + now),
                now);
        securityMails.fire(new SecurityMailRequested.InvitationReceived(personId, organization));
        return Optional.empty();
    }

    /**
     * Makes the invited person a member, once, if the invitation is still valid. The organization's team and then the person are locked.
     *
     * @return false if it is no longer valid
     */
    boolean accept(UUID id, UUID organizationId, UUID personId) {
        var isStaffsOwner = sql.one(IS_BY_STAFF, row -> row.flag("is_so") && Owners.isOwner(row.text("role")), id);
        if (isStaffsOwner && owners.hasOwnerWithout(organizationId, id)) {
            return false; // Staff appoint an owner only where there is none; one has come back meanwhile.
        }
        var role = sql.first(ACCEPT, row -> row.text("role"), id);
        role.ifPresent(given -> {
            sql.update(JOIN, organizationId, personId, given, clock.instant());
            accounts.checkOpen(personId);
        });
        return role.isPresent();
    }

    /** Whether the person is a member there. */
    boolean isMember(UUID organizationId, UUID personId) {
        return sql.one(
                "select exists (select from membership where organization_id = ? and person_id = ?) as is_so",
                row -> row.flag("is_so"),
                organizationId,
                personId);
    }

    /** Notifies the other managers of members that a person joined. */
    void notifyOfJoining(UUID id, UUID organizationId, UUID personId) {
        var now = clock.instant();
        var name = sql.one("select name from person where id = ?", row -> row.text("name"), personId);
        var place = sql.one("select name from organization where id = ?", row -> row.text("name"), organizationId);
        var key = "accepted:" + id;
        Notifications.notifyMembers(
                sql,
                organizationId,
                Permission.MEMBERS_MANAGE,
                new Notification(Notification.Kind.INVITATION_ACCEPTED, name, place, "members", key),
                now);
        Notifications.notifyStaff(
                sql,
                Permission.STAFF_CUSTOMERS_MANAGE,
                new Notification(
                        Notification.Kind.INVITATION_ACCEPTED, name, place, "customer?id=" + organizationId, key),
                now);
    }

    static String seconds(Duration life) {
        return life.toSeconds() + " seconds";
    }
}
