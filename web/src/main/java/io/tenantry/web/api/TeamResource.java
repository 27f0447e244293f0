package io.tenantry.web.api;

import io.tenantry.identity.AccountLocks;
import io.tenantry.identity.People;
import io.tenantry.identity.Staff;
import io.tenantry.web.problem.Kind;
import io.tenantry.web.problem.Refused;
import io.tenantry.web.team.Team;
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

/** Who works for the reseller on its hosts, and who operates the platform on the platform's host. */
@Path("/team")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class TeamResource {
    @Inject
    Staff staff;

    @Inject
    People people;

    @Inject
    AccountLocks locks;

    @Inject
    Repeatable repeatable;

    /** Someone to invite to the team; new people get a link to choose a password by mail, operators by whom they are handed it. */
    public record NewColleague(
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
    public Response invite(@HeaderParam(Repeatable.HEADER) @Nullable String key, @Nullable NewColleague wish) {
        if (wish == null) {
            throw new Refused(Kind.UNREADABLE, "the body is missing");
        }
        return repeatable.once(key, "POST /team", wish, () -> calls().invite(wish.email(), wish.name(), wish.role()));
    }

    @POST
    @Path("{id}/role")
    public TeamCalls.Member changeRole(@PathParam("id") String id, TeamCalls.@Nullable RoleWish wish) {
        return calls().changeRole(id, wish);
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
        return new TeamCalls(new Team.OfStaff(staff, people, locks));
    }
}
