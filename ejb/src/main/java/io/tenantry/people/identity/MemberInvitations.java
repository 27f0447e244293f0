package io.tenantry.people.identity;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Invitations to act for an organization: managers of its members see open ones, send them again and withdraw them; the invited person accepts
 * or declines. {@link Members#invite} creates them.
 */
@Stateless
public class MemberInvitations {
    private static final String OPEN = """
            select id, email, name, role, invited_at, expires_at, expires_at <= now() as is_expired
              from membership_invitation
             where organization_id = ?
               and state = 'OPEN'
               and expires_at > now() - interval '30 days'
             order by lower(name), id
            """;

    private static final String MINE = """
            select i.id, o.name as organization, i.role, i.invited_at, i.expires_at,
                   case when exists (select from membership m
                                      where m.person_id = i.invited_by and m.organization_id = i.organization_id)
                        then q.name end as invited_by
              from membership_invitation i
              join organization o on o.id = i.organization_id
              join person q on q.id = i.invited_by
             where i.person_id = ?
               and i.organization_id = coalesce(cast(? as uuid), i.organization_id)
               and ${holds}
             order by i.invited_at desc, i.id
            """.replace("${holds}", PendingMembers.HOLDS);

    private static final String WAIT = """
            select ceil(extract(epoch from sent_at + interval '5 minutes' - now()))::int as seconds
              from membership_invitation
             where id = ?
               and sent_at > now() - interval '5 minutes'
            """;

    private static final String SEND = """
            update membership_invitation
               set sent_at = now(), expires_at = now() + cast(? as interval), invited_by = ?,
                   created_with = cast(? as uuid)
             where id = ?
            """;

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    Members members;

    @Inject
    Owners owners;

    @Inject
    Accounts accounts;

    @Inject
    OneTimeTokens links;

    @Inject
    Invitations invitations;

    @Inject
    PendingMembers pending;

    private record InvitationRow(UUID organizationId, UUID personId, String email, String role, String state) {}

    /** Returns the open invitations, by name. */
    public List<OpenInvitation> open(UUID organizationId) {
        access.requireIn(organizationId, Permission.MEMBERS_MANAGE);
        return sql.query(
                OPEN,
                row -> new OpenInvitation(
                        row.uuid("id"),
                        row.text("email"),
                        row.text("name"),
                        row.text("role"),
                        row.instant("invited_at"),
                        row.instant("expires_at"),
                        row.flag("is_expired")),
                organizationId);
    }

    /**
     * Sends an open invitation again, in the name of the current actor; its full validity starts again.
     *
     * @return how it was sent, the same whether or not the person is known; empty if the actor may not assign the role
     * @throws TooManyLinksException if it was sent a moment ago
     */
    public Optional<LinkSent> sendAgain(UUID organizationId, UUID id) {
        var invitationRow = managed(organizationId, id);
        if (members.roles(organizationId).stream().noneMatch(role -> role.code().equals(invitationRow.role()))) {
            return Optional.empty();
        }
        var sender = Actors.require().personId();
        if (!Actors.require().isSystem()) {
            sql.first(WAIT, row -> row.whole("seconds"), id).ifPresent(seconds -> {
                throw new TooManyLinksException(TooManyLinksException.Limit.PERSON, Duration.ofSeconds(seconds));
            });
            invitations.count(organizationId);
            sql.update(
                    SEND,
                    PendingMembers.seconds(PasswordLinks.Purpose.INVITE.life()),
                    sender,
                    CurrentApiKey.idInUse(),
                    id);
        }
        var link = pending.deliver(id, organizationId, invitationRow.personId());
        record("member.invited_again", organizationId, id, invitationRow.role());
        var expiresAt = sql.one(
                "select expires_at from membership_invitation where id = ?", row -> row.instant("expires_at"), id);
        return Optional.of(new LinkSent(
                Optional.of(invitationRow.email()),
                links.isKept(),
                expiresAt,
                link.filter(made -> links.mayBeShown())));
    }

    /** Withdraws an open invitation: it cannot be accepted from now on, and its link does not work. */
    public void withdraw(UUID organizationId, UUID id) {
        var invitationRow = managed(organizationId, id);
        close(id, "WITHDRAWN");
        links.forgetOf(id);
        record("member.invitation_withdrawn", organizationId, id, invitationRow.role());
    }

    /** Returns the invitations that the current person may accept, the latest first; with a key of an organization only those to it. */
    public List<OwnInvitation> mine() {
        return sql.query(
                MINE,
                row -> new OwnInvitation(
                        row.uuid("id"),
                        row.text("organization"),
                        row.text("role"),
                        row.maybeText("invited_by"),
                        row.instant("invited_at"),
                        row.instant("expires_at")),
                myself(),
                CurrentApiKey.current().map(CurrentApiKey::organizationId).orElse(null));
    }

    /**
     * Makes the current person a member. Idempotent.
     *
     * @return false if the invitation is no longer valid: withdrawn, expired, declined, or its inviter has lost the right
     * @throws NotFoundException if it is for another person, or not to the organization of the key in use
     */
    public boolean accept(UUID id) {
        var invitationRow = own(id);
        if (invitationRow.state().equals("ACCEPTED")
                && pending.isMember(invitationRow.organizationId(), invitationRow.personId())) {
            return true;
        }
        if (!pending.accept(id, invitationRow.organizationId(), invitationRow.personId())) {
            return false;
        }
        links.forgetOf(id);
        pending.notifyOfJoining(id, invitationRow.organizationId(), invitationRow.personId());
        record("member.joined", invitationRow.organizationId(), id, invitationRow.role());
        return true;
    }

    /**
     * Declines an invitation.
     *
     * @throws NotFoundException if it is for another person, or not to the organization of the key in use
     */
    public void decline(UUID id) {
        var invitationRow = own(id);
        if (invitationRow.state().equals("OPEN")) {
            close(id, "DECLINED");
            links.forgetOf(id);
            record("member.invitation_declined", invitationRow.organizationId(), id, invitationRow.role());
        }
    }

    private void close(UUID id, String state) {
        sql.update("update membership_invitation set state = ?, decided_at = now() where id = ?", state, id);
    }

    /** Returns an open invitation of the organization, whose team is locked, for an actor who manages its members. */
    private InvitationRow managed(UUID organizationId, UUID id) {
        access.requireIn(organizationId, Permission.MEMBERS_MANAGE);
        owners.lock(organizationId);
        return find(id).filter(invitationRow -> invitationRow.organizationId().equals(organizationId)
                        && invitationRow.state().equals("OPEN"))
                .orElseThrow(() -> new NotFoundException("invitation", id));
    }

    /** Returns an invitation of the current person; the organization's team and the person are locked before it is read again. */
    private InvitationRow own(UUID id) {
        var person = myself();
        var seen = find(id).filter(invitationRow -> invitationRow.personId().equals(person))
                .filter(known -> isWithinKey(known.organizationId()))
                .orElseThrow(() -> new NotFoundException("invitation", id));
        owners.lock(seen.organizationId());
        accounts.lock(person);
        if (!accounts.isActive(person)) {
            throw new AccessDeniedException("an active account");
        }
        return find(id).orElseThrow();
    }

    /** A key of one organization is no way into another, nor does it tell of one. */
    private static boolean isWithinKey(UUID organizationId) {
        return CurrentApiKey.current()
                .map(CurrentApiKey::organizationId)
                .filter(only -> !only.equals(organizationId))
                .isEmpty();
    }

    private Optional<InvitationRow> find(UUID id) {
        return sql.first(
                "select organization_id, person_id, email, role, state from membership_invitation where id = ?",
                MemberInvitations::known,
                id);
    }

    private static InvitationRow known(Row row) {
        return new InvitationRow(
                row.uuid("organization_id"),
                row.uuid("person_id"),
                row.text("email"),
                row.text("role"),
                row.text("state"));
    }

    /** A member acts for themselves; a program only with a key that may manage members. */
    private static UUID myself() {
        SelfOnly.require("invitations");
        var actor = Actors.require();
        var id = actor.personId();
        if (actor.kind() != Actor.Kind.MEMBER
                || id == null
                || CurrentApiKey.current()
                        .filter(key -> !key.scopes().contains(Permission.MEMBERS_MANAGE))
                        .isPresent()) {
            throw new AccessDeniedException("invitations");
        }
        return id;
    }

    private void record(String action, UUID organizationId, UUID id, String role) {
        audit.record(action, "organization", organizationId.toString(), Map.of("invitation", id, "role", role));
    }
}
