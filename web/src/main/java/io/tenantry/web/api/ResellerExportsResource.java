package io.tenantry.web.api;

import io.tenantry.admin.offboarding.Export;
import io.tenantry.admin.offboarding.TenantExports;
import io.tenantry.admin.offboarding.TenantExports.Download;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.TenantId;
import io.tenantry.web.problem.ProblemException;
import io.tenantry.web.problem.ProblemType;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Exports of a reseller's data, for operators' programs. */
@Path("/reseller/tenants/{slug}/exports")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@PlatformHost
public class ResellerExportsResource {
    private static final String ZIP = "application/zip";

    @Inject
    TenantExports exports;

    /** An export of a reseller's data. */
    public record ResellerExport(
            UUID id,
            String state,
            Instant requestedAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Instant expiresAt,
            int tables,
            int tablesDone,
            long rows,
            @Nullable String node,
            @Nullable String file,
            long bytes,
            @Nullable String sha256,
            @Nullable String error) {
        static ResellerExport of(Export export) {
            return new ResellerExport(
                    export.id(),
                    export.state().name().toLowerCase(Locale.ROOT),
                    export.requestedAt(),
                    export.startedAt().orElse(null),
                    export.endedAt().orElse(null),
                    export.keptUntil().orElse(null),
                    export.tables(),
                    export.done(),
                    export.rows(),
                    export.node().orElse(null),
                    export.file().orElse(null),
                    export.bytes(),
                    export.sha256().orElse(null),
                    export.error().orElse(null));
        }
    }

    @GET
    public Paging.Page<ResellerExport> all(@PathParam("slug") String slug) {
        return new Paging.Page<>(
                exports.list(tenant(slug)).stream().map(ResellerExport::of).toList(), null);
    }

    @GET
    @Path("{id}")
    public ResellerExport one(@PathParam("slug") String slug, @PathParam("id") UUID id) {
        return ResellerExport.of(exports.one(tenant(slug), id));
    }

    /** Requests an export. A repeated request during an export returns that export. */
    @POST
    public Response export(@PathParam("slug") String slug) {
        var export = exports.request(tenant(slug))
                .orElseThrow(() ->
                        new ProblemException(ProblemType.INVALID_STATE, "reseller " + slug + " is not suspended"));
        return Response.accepted(ResellerExport.of(export)).build();
    }

    @GET
    @Path("{id}/file")
    @Produces({ZIP, MediaType.APPLICATION_JSON})
    public Response file(@PathParam("slug") String slug, @PathParam("id") UUID id) {
        var found = exports.download(tenant(slug), id);
        if (found instanceof Download.OnOtherNode onOtherNode) {
            throw new ProblemException(
                    ProblemType.INVALID_STATE,
                    "the file is on node " + onOtherNode.node() + "; this node cannot access it");
        }
        if (!(found instanceof Download.Ready ready)) {
            throw new ProblemException(ProblemType.INVALID_STATE, "export " + id + " has no file");
        }
        StreamingOutput content = out -> Files.copy(ready.path(), out);
        return Response.ok(content, ZIP)
                .header(HttpHeaders.CONTENT_LENGTH, ready.bytes())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + ready.name() + "\"")
                .build();
    }

    @DELETE
    @Path("{id}")
    public void remove(@PathParam("slug") String slug, @PathParam("id") UUID id) {
        if (!exports.remove(tenant(slug), id)) {
            throw new ProblemException(ProblemType.INVALID_STATE, "export " + id + " has no file");
        }
    }

    private static TenantId tenant(String slug) {
        if (!TenantId.isSlug(slug)) {
            throw new NotFoundException("reseller", slug);
        }
        return new TenantId(slug);
    }
}
