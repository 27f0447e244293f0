package io.tenantry.web.api;

import io.tenantry.people.identity.MemberInvitations;
import io.tenantry.people.identity.Members;
import io.tenantry.web.people.team.Team;
import io.tenantry.web.problem.ProblemException;
import io.tenantry.web.problem.ProblemType;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** The members of an organization. */
@Path("/members")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@ResellerHost
public class MembersResource {
    @Inject
    Members members;

    @Inject
    MemberInvitations invitations;

    @Inject
    ActingOrganization organization;

    @Inject
    IdempotentRequests idempotentRequests;

    /** A person to invite, who becomes a member by accepting. */
    public record NewMember(
            @Nullable String organizationId,
            @Nullable String name,
            @Nullable String email,
            @Nullable String role) {}

    @GET
    public Paging.Page<TeamCalls.Member> list(@QueryParam("organization_id") @Nullable String named) {
        return calls(named).list();
    }

    @GET
    @Path("{id}")
    public TeamCalls.Member one(@PathParam("id") String id, @QueryParam("organization_id") @Nullable String named) {
        return calls(named).one(id);
    }

    @POST
    @Transactional
    public Response invite(@HeaderParam(IdempotentRequests.HEADER) @Nullable String key, @Nullable NewMember request) {
        if (request == null) {
            throw new ProblemException(ProblemType.UNREADABLE, "the body is missing");
        }
        return idempotentRequests.once(
                key,
                "POST /members",
                request,
                () -> calls(request.organizationId()).ask(request.email(), request.name(), request.role()));
    }

    @POST
    @Path("{id}/role")
    public TeamCalls.Member changeRole(
            @PathParam("id") String id,
            @QueryParam("organization_id") @Nullable String named,
            TeamCalls.@Nullable RoleRequest request) {
        return calls(named).changeRole(id, request);
    }

    @POST
    @Path("{id}/send-link")
    public TeamCalls.SentLink sendLink(
            @PathParam("id") String id, @QueryParam("organization_id") @Nullable String named) {
        return calls(named).sendLink(id);
    }

    @POST
    @Path("{id}/disable")
    public TeamCalls.Member disable(@PathParam("id") String id, @QueryParam("organization_id") @Nullable String named) {
        return calls(named).disable(id);
    }

    @POST
    @Path("{id}/enable")
    public TeamCalls.Member enable(@PathParam("id") String id, @QueryParam("organization_id") @Nullable String named) {
        return calls(named).enable(id);
    }

    @POST
    @Path("{id}/end-sessions")
    public TeamCalls.Member endSessions(
            @PathParam("id") String id, @QueryParam("organization_id") @Nullable String named) {
        return calls(named).endSessions(id);
    }

    @POST
    @Path("{id}/revoke-keys")
    public TeamCalls.Member revokeKeys(
            @PathParam("id") String id, @QueryParam("organization_id") @Nullable String named) {
        return calls(named).revokeKeys(id);
    }

    @DELETE
    @Path("{id}")
    public void remove(@PathParam("id") String id, @QueryParam("organization_id") @Nullable String named) {
        calls(named).remove(id);
    }

    private TeamCalls calls(@Nullable String named) {
        return new TeamCalls(new Team.OrganizationTeam(members, invitations, organization.of(named)));
    }
}
