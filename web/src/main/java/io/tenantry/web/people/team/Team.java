package io.tenantry.web.people.team;

import io.tenantry.people.identity.AccountLocks;
import io.tenantry.people.identity.InvitationOutcome;
import io.tenantry.people.identity.LinkSent;
import io.tenantry.people.identity.MemberInvitations;
import io.tenantry.people.identity.Members;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.OpenInvitation;
import io.tenantry.people.identity.PersonAccounts;
import io.tenantry.people.identity.Role;
import io.tenantry.people.identity.Staff;
import io.tenantry.people.identity.TeamChange;
import io.tenantry.people.identity.TeamMember;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A team and the actions on its members; each implementation calls the use cases that decide. */
public interface Team {
    /** Returns all members, by name. */
    List<TeamMember> list();

    /** Returns the roles that may be assigned. */
    List<Role> roles();

    /** Invites a person, known or new. */
    InvitationOutcome invite(String email, String name, String role);

    /** Sends a link to choose a password; empty if this member must request it on the sign-in page. */
    Optional<LinkSent> sendLink(UUID personId);

    /** Changes a member's role. */
    TeamChange changeRole(UUID personId, String role);

    /** Removes a member from the team. */
    TeamChange remove(UUID personId);

    /** Disables a member's account. */
    TeamChange disable(UUID personId);

    /** Enables a member's account again. */
    TeamChange enable(UUID personId);

    /** Signs a member out on all devices. */
    TeamChange endSessions(UUID personId);

    /** Revokes a member's API keys for this team. */
    TeamChange revokeKeys(UUID personId);

    /** Returns the open invitations; teams whose members join immediately have none. */
    default List<OpenInvitation> invitations() {
        return List.of();
    }

    /** Sends an invitation again; empty if the sender may not assign its role. */
    default Optional<LinkSent> sendAgain(UUID invitationId) {
        throw new NotFoundException("invitation", invitationId);
    }

    /** Withdraws an invitation. */
    default void withdraw(UUID invitationId) {
        throw new NotFoundException("invitation", invitationId);
    }

    /** Returns the use case that locks and unlocks accounts of this team; empty if the user may not. */
    default Optional<AccountLocks> locks() {
        return Optional.empty();
    }

    /** An organization's members, managed by one of them. */
    record OrganizationTeam(Members members, MemberInvitations open, UUID organizationId) implements Team {
        @Override
        public List<OpenInvitation> invitations() {
            return open.open(organizationId);
        }

        @Override
        public Optional<LinkSent> sendAgain(UUID invitationId) {
            return open.sendAgain(organizationId, invitationId);
        }

        @Override
        public void withdraw(UUID invitationId) {
            open.withdraw(organizationId, invitationId);
        }

        @Override
        public List<TeamMember> list() {
            return members.of(organizationId);
        }

        @Override
        public List<Role> roles() {
            return members.roles(organizationId);
        }

        @Override
        public InvitationOutcome invite(String email, String name, String role) {
            return members.invite(organizationId, email, name, role);
        }

        @Override
        public Optional<LinkSent> sendLink(UUID personId) {
            return members.inviteAgain(organizationId, personId);
        }

        @Override
        public TeamChange changeRole(UUID personId, String role) {
            return members.changeRole(organizationId, personId, role);
        }

        @Override
        public TeamChange remove(UUID personId) {
            return members.remove(organizationId, personId);
        }

        @Override
        public TeamChange disable(UUID personId) {
            return members.disable(organizationId, personId);
        }

        @Override
        public TeamChange enable(UUID personId) {
            return members.enable(organizationId, personId);
        }

        @Override
        public TeamChange endSessions(UUID personId) {
            return members.endSessions(organizationId, personId);
        }

        @Override
        public TeamChange revokeKeys(UUID personId) {
            return members.revokeKeys(organizationId, personId);
        }
    }

    /** The reseller's staff, or in the platform's scope its operators. */
    record StaffTeam(Staff staff, PersonAccounts personAccounts, AccountLocks accountLocks) implements Team {
        @Override
        public Optional<AccountLocks> locks() {
            return Optional.of(accountLocks);
        }

        @Override
        public List<TeamMember> list() {
            return staff.all();
        }

        @Override
        public List<Role> roles() {
            return staff.roles();
        }

        @Override
        public InvitationOutcome invite(String email, String name, String role) {
            return staff.invite(email, name, role);
        }

        @Override
        public Optional<LinkSent> sendLink(UUID personId) {
            return Optional.of(personAccounts.sendLink(personId));
        }

        @Override
        public TeamChange changeRole(UUID personId, String role) {
            return staff.changeRole(personId, role);
        }

        @Override
        public TeamChange remove(UUID personId) {
            return staff.remove(personId);
        }

        @Override
        public TeamChange disable(UUID personId) {
            return staff.disable(personId);
        }

        @Override
        public TeamChange enable(UUID personId) {
            return staff.enable(personId);
        }

        @Override
        public TeamChange endSessions(UUID personId) {
            return staff.endSessions(personId);
        }

        @Override
        public TeamChange revokeKeys(UUID personId) {
            return staff.revokeKeys(personId);
        }
    }
}
