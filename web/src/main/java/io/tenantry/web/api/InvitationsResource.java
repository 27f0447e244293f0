package io.tenantry.web.api;

import io.tenantry.people.identity.MemberInvitations;
import io.tenantry.people.identity.Members;
import io.tenantry.web.people.team.Team;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** The open invitations of an organization. */
@Path("/invitations")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@ResellerHost
public class InvitationsResource {
    @Inject
    Members members;

    @Inject
    MemberInvitations invitations;

    @Inject
    ActingOrganization organization;

    @GET
    public Paging.Page<TeamCalls.Invitation> list(@QueryParam("organization_id") @Nullable String named) {
        return calls(named).invitations();
    }

    @POST
    @Path("{id}/resend")
    public TeamCalls.Invitation sendAgain(
            @PathParam("id") String id, @QueryParam("organization_id") @Nullable String named) {
        return calls(named).sendAgain(id);
    }

    @DELETE
    @Path("{id}")
    public void withdraw(@PathParam("id") String id, @QueryParam("organization_id") @Nullable String named) {
        calls(named).withdraw(id);
    }

    private TeamCalls calls(@Nullable String named) {
        return new TeamCalls(new Team.OrganizationTeam(members, invitations, organization.of(named)));
    }
}
