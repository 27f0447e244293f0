package io.tenantry.web.api;

import io.tenantry.people.identity.AccountLocks;
import io.tenantry.people.identity.PersonAccounts;
import io.tenantry.people.identity.Staff;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** The reseller's staff on its hosts, and the platform's operators on the platform's host. */
@Path("/team")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class TeamResource {
    @Inject
    Staff staff;

    @Inject
    PersonAccounts personAccounts;

    @Inject
    AccountLocks locks;

    @Inject
    IdempotentRequests idempotentRequests;

    /** Someone to invite to the team; new people get a link to choose a password by mail, operators by whom they are handed it. */
    public record NewTeamMember(
            @Nullable String name,
            @Nullable String email,
            @Nullable String role) {}

    @GET
    public Paging.Page<TeamCalls.Member> list() {
        return calls().list();
    }

    @GET
    @Path("{id}")
    public TeamCalls.Member one(@PathParam("id") String id) {
        return calls().one(id);
    }

    @POST
    @Transactional
    public Response invite(
            @HeaderParam(IdempotentRequests.HEADER) @Nullable String key, @Nullable NewTeamMember request) {
        if (request == null) {
            throw new ProblemException(ProblemType.UNREADABLE, "the body is missing");
        }
        return idempotentRequests.once(
                key, "POST /team", request, () -> calls().invite(request.email(), request.name(), request.role()));
    }

    @POST
    @Path("{id}/role")
    public TeamCalls.Member changeRole(@PathParam("id") String id, TeamCalls.@Nullable RoleRequest request) {
        return calls().changeRole(id, request);
    }

    @POST
    @Path("{id}/send-link")
    public TeamCalls.SentLink sendLink(@PathParam("id") String id) {
        return calls().sendLink(id);
    }

    @POST
    @Path("{id}/disable")
    public TeamCalls.Member disable(@PathParam("id") String id) {
        return calls().disable(id);
    }

    @POST
    @Path("{id}/enable")
    public TeamCalls.Member enable(@PathParam("id") String id) {
        return calls().enable(id);
    }

    @POST
    @Path("{id}/end-sessions")
    public TeamCalls.Member endSessions(@PathParam("id") String id) {
        return calls().endSessions(id);
    }

    @POST
    @Path("{id}/revoke-keys")
    public TeamCalls.Member revokeKeys(@PathParam("id") String id) {
        return calls().revokeKeys(id);
    }

    @DELETE
    @Path("{id}")
    public void remove(@PathParam("id") String id) {
        calls().remove(id);
    }

    private TeamCalls calls() {
        return new TeamCalls(new Team.StaffTeam(staff, personAccounts, locks));
    }
}
