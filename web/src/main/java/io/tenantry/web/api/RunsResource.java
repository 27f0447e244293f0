package io.tenantry.web.api;

import io.tenantry.charging.ChargingRuns;
import io.tenantry.charging.RunsConsole;
import io.tenantry.money.Money;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.web.problem.Kind;
import io.tenantry.web.problem.Refused;
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
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Charging runs, for operators' programs. */
@Path("/admin/billing/runs")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@PlatformHost
public class RunsResource {
    @Inject
    RunsConsole runs;

    @Inject
    TenantDirectory directory;

    /** One tenant charged up to one instant. */
    public record Run(
            long id,
            String tenant,
            Instant until,
            String state,
            int progressPercent,
            int services,
            long hours,
            @Nullable Money charged,
            long tookMillis,
            String nodes,
            @Nullable String error,
            @Nullable Instant retryAt) {}

    /** Runs, the latest hour first; {@code after} counts rows, because several runs share an hour. */
    @GET
    public Paging.Page<Run> all(
            @QueryParam("tenant") @Nullable String tenant,
            @QueryParam("unfinished") boolean unfinished,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit) {
        var rows = Paging.limit(limit);
        var first = Paging.first(after);
        var found = runs.list(new ChargingRuns.Filter(tenant(tenant), unfinished, first, rows)).stream()
                .map(this::run)
                .toList();
        return new Paging.Page<>(found, found.size() < rows ? null : String.valueOf(first + rows));
    }

    /** Charges now whatever is due. Asking twice charges nothing twice, so no idempotency key is needed. */
    @POST
    public Response chargeNow() {
        runs.chargeNow();
        return Response.accepted().build();
    }

    /** Tries a failed run again at once. */
    @POST
    @Path("{id}/retry")
    public Response retry(@PathParam("id") long id) {
        if (!runs.retry(id)) {
            throw new Refused(Kind.WRONG_STATE, "charging run " + id + " has not failed");
        }
        return Response.accepted().build();
    }

    private static @Nullable TenantId tenant(@Nullable String slug) {
        if (slug == null || slug.isBlank()) {
            return null;
        }
        if (!TenantId.isSlug(slug)) {
            throw Refused.field("tenant", "malformed", slug);
        }
        return new TenantId(slug);
    }

    private Run run(ChargingRuns.View view) {
        return new Run(
                view.id(),
                view.tenant().value(),
                view.until(),
                view.state().toLowerCase(Locale.ROOT),
                view.progressPercent(),
                view.services(),
                view.hours(),
                directory
                        .byId(view.tenant())
                        .map(known -> new Money(view.amount(), known.currency()))
                        .orElse(null),
                view.took().toMillis(),
                view.nodes(),
                view.error().orElse(null),
                view.retryAt().orElse(null));
    }
}
