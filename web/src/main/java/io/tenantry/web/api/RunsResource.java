package io.tenantry.web.api;

import io.tenantry.billing.charging.RunAdministration;
import io.tenantry.billing.charging.RunQuery;
import io.tenantry.kernel.money.Money;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Charging runs, for operators' programs. */
@Path("/admin/billing/runs")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@PlatformHost
public class RunsResource {
    @Inject
    RunAdministration runs;

    /** One tenant charged up to one instant. */
    public record Run(
            long id,
            String tenant,
            Instant chargedThrough,
            String state,
            int progressPercent,
            int services,
            long hours,
            List<Money> charged,
            long durationMs,
            String nodes,
            @Nullable String error,
            @Nullable Instant retryAt) {}

    /** Lists the runs, the latest hour first; {@code after} counts rows, because several runs share an hour. */
    @GET
    public Paging.Page<Run> all(
            @QueryParam("tenant") @Nullable String tenant,
            @QueryParam("unfinished") boolean unfinished,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit) {
        var rows = Paging.limit(limit);
        var first = Paging.first(after);
        var found = runs.list(new RunQuery.Filter(tenant(tenant), unfinished, first, rows)).stream()
                .map(this::run)
                .toList();
        return new Paging.Page<>(found, found.size() < rows ? null : String.valueOf(first + rows));
    }

    /** Charges all hours that are due. Repeated requests charge nothing twice, so no idempotency key is needed. */
    @POST
    public Response chargeNow() {
        runs.chargeNow();
        return Response.accepted().build();
    }

    /** Retries a failed run immediately. */
    @POST
    @Path("{id}/retry")
    public Response retry(@PathParam("id") long id) {
        if (!runs.retry(id)) {
            throw new ProblemException(ProblemType.INVALID_STATE, "charging run " + id + " has not failed");
        }
        return Response.accepted().build();
    }

    private static @Nullable TenantId tenant(@Nullable String slug) {
        if (slug == null || slug.isBlank()) {
            return null;
        }
        if (!TenantId.isSlug(slug)) {
            throw ProblemException.field("tenant", "malformed", slug);
        }
        return new TenantId(slug);
    }

    private Run run(RunQuery.RunSummary runSummary) {
        return new Run(
                runSummary.id(),
                runSummary.tenant().value(),
                runSummary.until(),
                runSummary.state().toLowerCase(Locale.ROOT),
                runSummary.progressPercent(),
                runSummary.services(),
                runSummary.hours(),
                runSummary.amounts(),
                runSummary.took().toMillis(),
                runSummary.nodes(),
                runSummary.error().orElse(null),
                runSummary.retryAt().orElse(null));
    }
}
