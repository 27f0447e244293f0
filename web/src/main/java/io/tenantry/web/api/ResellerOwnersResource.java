package io.tenantry.web.api;

import io.tenantry.admin.platform.TenantOwners;
import io.tenantry.admin.platform.Tenants;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantId;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Owners of a reseller, for operators' programs: a stolen account is stopped, also the last owner's. */
@Path("/reseller/tenants/{slug}/owners")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@PlatformHost
public class ResellerOwnersResource {
    @Inject
    Tenants tenants;

    @Inject
    TenantOwners owners;

    @GET
    public Paging.Page<TeamCalls.Member> all(@PathParam("slug") String slug) {
        return new Paging.Page<>(
                owners.list(tenant(slug)).stream().map(TeamCalls.Member::of).toList(), null);
    }

    @POST
    @Path("{id}/lock")
    public void lock(
            @PathParam("slug") String slug,
            @PathParam("id") String id,
            PeopleResource.@Nullable AccountLockRequest request) {
        if (request == null) {
            throw new ProblemException(ProblemType.UNREADABLE, "the body is missing");
        }
        TeamCalls.refuse(owners.lock(
                tenant(slug), ActingOrganization.id("id", id), Objects.requireNonNullElse(request.reason(), "")));
    }

    @POST
    @Path("{id}/unlock")
    public void unlock(@PathParam("slug") String slug, @PathParam("id") String id) {
        TeamCalls.refuse(owners.unlock(tenant(slug), ActingOrganization.id("id", id)));
    }

    private TenantId tenant(String slug) {
        return tenants.all().stream()
                .filter(tenant -> tenant.id().value().equals(slug) && tenant.isThere())
                .findFirst()
                .map(Tenant::id)
                .orElseThrow(() -> new NotFoundException("reseller", slug));
    }
}
