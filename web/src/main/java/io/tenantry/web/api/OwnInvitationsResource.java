package io.tenantry.web.api;

import io.tenantry.people.identity.MemberInvitations;
import io.tenantry.people.identity.OwnInvitation;
import io.tenantry.web.problem.ProblemException;
import io.tenantry.web.problem.ProblemType;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The invitations of the person that the key acts for. */
@Path("/me/invitations")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@ResellerHost
public class OwnInvitationsResource {
    @Inject
    MemberInvitations invitations;

    /**
     * An invitation to act for an organization.
     *
     * @param invitedBy the name of the member who invited; absent if the provider did
     */
    public record ReceivedInvitation(
            UUID id,
            String organization,
            String role,
            @Nullable String invitedBy,
            Instant invitedAt,
            Instant expiresAt) {
        static ReceivedInvitation of(OwnInvitation one) {
            return new ReceivedInvitation(
                    one.id(),
                    one.organization(),
                    one.role(),
                    one.invitedBy().orElse(null),
                    one.invitedAt(),
                    one.expiresAt());
        }
    }

    @GET
    public Paging.Page<ReceivedInvitation> list() {
        return new Paging.Page<>(
                invitations.mine().stream().map(ReceivedInvitation::of).toList(), null);
    }

    @POST
    @Path("{id}/accept")
    public void accept(@PathParam("id") String id) {
        if (!invitations.accept(ActingOrganization.id("id", id))) {
            throw new ProblemException(ProblemType.INVALID_STATE, "this invitation is no longer valid");
        }
    }

    @POST
    @Path("{id}/decline")
    public void decline(@PathParam("id") String id) {
        invitations.decline(ActingOrganization.id("id", id));
    }
}
