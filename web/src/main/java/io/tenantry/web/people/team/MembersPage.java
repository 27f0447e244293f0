package io.tenantry.web.people.team;

import io.tenantry.people.identity.MemberInvitations;
import io.tenantry.people.identity.Members;
import io.tenantry.web.portal.CurrentOrganization;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The members of an organization, for members who may manage them. */
@Named
@ViewScoped
public class MembersPage extends TeamPage {
    private static final long serialVersionUID = 1L;

    @Inject
    Members members;

    @Inject
    MemberInvitations invitations;

    @Inject
    CurrentOrganization organization;

    private @Nullable UUID organizationId;

    @Override
    protected void begin() {
        organizationId = organization.getId();
    }

    @Override
    protected Team team() {
        return new Team.OrganizationTeam(
                members, invitations, Objects.requireNonNull(organizationId, "open() must be called first"));
    }

    @Override
    public String getPath() {
        return "/portal/members";
    }

    @Override
    public boolean isLinkForAll() {
        return false;
    }
}
