package io.tenantry.web.team;

import io.tenantry.identity.AccountLocks;
import io.tenantry.identity.InvitationOutcome;
import io.tenantry.identity.LinkSent;
import io.tenantry.identity.MemberInvitations;
import io.tenantry.identity.Members;
import io.tenantry.identity.OpenInvitation;
import io.tenantry.identity.Organizations;
import io.tenantry.identity.People;
import io.tenantry.identity.Role;
import io.tenantry.identity.TeamChange;
import io.tenantry.identity.TeamMember;
import io.tenantry.web.shell.Visit;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A customer's members, for staff who look after customers. */
@Named
@ViewScoped
public class CustomerMembersPage extends TeamPage {
    private static final long serialVersionUID = 1L;

    @Inject
    Members members;

    @Inject
    MemberInvitations invitations;

    @Inject
    People people;

    @Inject
    AccountLocks locks;

    @Inject
    Organizations organizations;

    private @Nullable String organization;
    private @Nullable UUID organizationId;
    private String organizationName = "";

    /** Staff look after the accounts of customers' people as a whole, wherever they belong. */
    private record OfCustomer(Team members, People people, AccountLocks accountLocks) implements Team {
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
            return Optional.of(people.sendLink(personId));
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
            return people.disable(personId);
        }

        @Override
        public TeamChange enable(UUID personId) {
            return people.enable(personId);
        }

        @Override
        public TeamChange endSessions(UUID personId) {
            people.endSessions(personId);
            return TeamChange.DONE;
        }

        @Override
        public TeamChange revokeKeys(UUID personId) {
            return members.revokeKeys(personId);
        }
    }

    @Override
    protected void begin() {
        var id = Visit.id("organization", organization);
        organizationName = organizations.one(id).name();
        organizationId = id;
    }

    @Override
    protected Team team() {
        return new OfCustomer(new Team.OfOrganization(members, invitations, known()), people, locks);
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
        return Objects.requireNonNull(organizationId, "open() comes first");
    }
}
