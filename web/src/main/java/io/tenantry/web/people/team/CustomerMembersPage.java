package io.tenantry.web.people.team;

import io.tenantry.people.identity.AccountLocks;
import io.tenantry.people.identity.InvitationOutcome;
import io.tenantry.people.identity.LinkSent;
import io.tenantry.people.identity.MemberInvitations;
import io.tenantry.people.identity.Members;
import io.tenantry.people.identity.OpenInvitation;
import io.tenantry.people.identity.Organizations;
import io.tenantry.people.identity.PersonAccounts;
import io.tenantry.people.identity.Role;
import io.tenantry.people.identity.TeamChange;
import io.tenantry.people.identity.TeamMember;
import io.tenantry.web.layout.PageResult;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A customer's members, for staff who manage customers. */
@Named
@ViewScoped
public class CustomerMembersPage extends TeamPage {
    private static final long serialVersionUID = 1L;

    @Inject
    Members members;

    @Inject
    MemberInvitations invitations;

    @Inject
    PersonAccounts personAccounts;

    @Inject
    AccountLocks locks;

    @Inject
    Organizations organizations;

    private @Nullable String organization;
    private @Nullable UUID organizationId;
    private String organizationName = "";

    /** A team in which staff manage the accounts of a customer's people as a whole, across all their memberships. */
    private record CustomerTeam(Team members, PersonAccounts personAccounts, AccountLocks accountLocks)
            implements Team {
        @Override
        public Optional<AccountLocks> locks() {
            return Optional.of(accountLocks);
        }

        @Override
        public List<TeamMember> list() {
            return members.list();
        }

        @Override
        public List<OpenInvitation> invitations() {
            return members.invitations();
        }

        @Override
        public Optional<LinkSent> sendAgain(UUID invitationId) {
            return members.sendAgain(invitationId);
        }

        @Override
        public void withdraw(UUID invitationId) {
            members.withdraw(invitationId);
        }

        @Override
        public List<Role> roles() {
            return members.roles();
        }

        @Override
        public InvitationOutcome invite(String email, String name, String role) {
            return members.invite(email, name, role);
        }

        @Override
        public Optional<LinkSent> sendLink(UUID personId) {
            return Optional.of(personAccounts.sendLink(personId));
        }

        @Override
        public TeamChange changeRole(UUID personId, String role) {
            return members.changeRole(personId, role);
        }

        @Override
        public TeamChange remove(UUID personId) {
            return members.remove(personId);
        }

        @Override
        public TeamChange disable(UUID personId) {
            return personAccounts.disable(personId);
        }

        @Override
        public TeamChange enable(UUID personId) {
            return personAccounts.enable(personId);
        }

        @Override
        public TeamChange endSessions(UUID personId) {
            personAccounts.endSessions(personId);
            return TeamChange.DONE;
        }

        @Override
        public TeamChange revokeKeys(UUID personId) {
            return members.revokeKeys(personId);
        }
    }

    @Override
    protected void begin() {
        var id = PageResult.id("organization", organization);
        organizationName = organizations.one(id).name();
        organizationId = id;
    }

    @Override
    protected Team team() {
        return new CustomerTeam(new Team.OrganizationTeam(members, invitations, known()), personAccounts, locks);
    }

    @Override
    public String getPath() {
        return "/staff/customer-members?organization=" + known();
    }

    @Override
    public boolean isLinkForAll() {
        return true;
    }

    public @Nullable String getOrganization() {
        return organization;
    }

    public void setOrganization(@Nullable String organization) {
        this.organization = organization;
    }

    public UUID getOrganizationId() {
        return known();
    }

    public String getOrganizationName() {
        return organizationName;
    }

    private UUID known() {
        return Objects.requireNonNull(organizationId, "open() must be called first");
    }
}
