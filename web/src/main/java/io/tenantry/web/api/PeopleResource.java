package io.tenantry.web.api;

import io.tenantry.people.identity.AccountLocks;
import io.tenantry.web.problem.ProblemException;
import io.tenantry.web.problem.ProblemType;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Accounts of people, for staff who manage customers or the team, and on the platform's host for operators. */
@Path("/people")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class PeopleResource {
    @Inject
    AccountLocks locks;

    /** The reason for locking an account. */
    public record AccountLockRequest(@Nullable String reason) {}

    @POST
    @Path("{id}/lock")
    public void lock(@PathParam("id") String id, @Nullable AccountLockRequest request) {
        if (request == null) {
            throw new ProblemException(ProblemType.UNREADABLE, "the body is missing");
        }
        TeamCalls.refuse(locks.lock(ActingOrganization.id("id", id), Objects.requireNonNullElse(request.reason(), "")));
    }

    @POST
    @Path("{id}/unlock")
    public void unlock(@PathParam("id") String id) {
        TeamCalls.refuse(locks.unlock(ActingOrganization.id("id", id)));
    }
}
