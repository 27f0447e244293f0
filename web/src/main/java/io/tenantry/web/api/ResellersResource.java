package io.tenantry.web.api;

import io.tenantry.admin.offboarding.Obstacle;
import io.tenantry.admin.offboarding.TenantDeletion;
import io.tenantry.admin.platform.TenantDraft;
import io.tenantry.admin.platform.Tenants;
import io.tenantry.brand.ImageDecoder;
import io.tenantry.brand.ImageUpload;
import io.tenantry.people.identity.IssuedLink;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantId;
import io.tenantry.web.problem.Problem;
import io.tenantry.web.problem.ProblemException;
import io.tenantry.web.problem.ProblemType;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Resellers, for operators' programs. */
@Path("/reseller/tenants")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@PlatformHost
public class ResellersResource {
    private static final Duration BUSY_RETRY = Duration.ofSeconds(5);

    @Inject
    Tenants tenants;

    @Inject
    TenantDeletion deletion;

    @Inject
    IdempotentRequests idempotentRequests;

    @Inject
    ImageDecoder images;

    /** A reseller. */
    public record Reseller(
            String slug,
            String name,
            String state,
            List<String> hosts,
            String currency,
            String timeZone,
            String locale,
            Instant createdAt) {
        static Reseller of(Tenant tenant) {
            return new Reseller(
                    tenant.id().value(),
                    tenant.name(),
                    tenant.state().name().toLowerCase(Locale.ROOT),
                    tenant.hosts(),
                    tenant.currency().getCurrencyCode(),
                    tenant.zone().getId(),
                    tenant.locale().toLanguageTag(),
                    tenant.createdAt());
        }
    }

    /**
     * A reseller to create.
     *
     * @param logo PNG or JPEG in Base64
     */
    public record NewReseller(
            @Nullable String slug,
            @Nullable String name,
            @Nullable List<String> hosts,
            @Nullable String currency,
            @Nullable String timeZone,
            @Nullable String locale,
            @Nullable String primary,
            @Nullable String secondary,
            @Nullable String accent,
            @Nullable String logo,
            @Nullable String staffName,
            @Nullable String staffEmail) {}

    /** A reseller that was just created; the link is for its first member of staff and is shown nowhere else. */
    public record CreatedReseller(
            String slug,
            String signInUrl,
            @Nullable String invitationUrl,
            @Nullable Instant invitationExpiresAt) {}

    @GET
    public Paging.Page<Reseller> all() {
        return new Paging.Page<>(tenants.all().stream().map(Reseller::of).toList(), null);
    }

    @GET
    @Path("{slug}")
    public Reseller one(@PathParam("slug") String slug) {
        return Reseller.of(existing(slug));
    }

    /** Creates a reseller. No transaction is open while its schema is created; the response is stored when its portal opens. */
    @POST
    public Response create(
            @HeaderParam(IdempotentRequests.HEADER) @Nullable String key, @Nullable NewReseller request) {
        if (request == null) {
            throw new ProblemException(ProblemType.UNREADABLE, "the body is missing");
        }
        return idempotentRequests.slow(key, "POST /reseller/tenants", request, answer -> create(request, answer));
    }

    @POST
    @Path("{slug}/suspend")
    public Reseller suspend(@PathParam("slug") String slug) {
        return moved(slug, tenants.suspend(existing(slug).id()));
    }

    @POST
    @Path("{slug}/resume")
    public Reseller resume(@PathParam("slug") String slug) {
        return moved(slug, tenants.resume(existing(slug).id()));
    }

    /** Deletes a reseller; the removal of its data takes some seconds longer. */
    @DELETE
    @Path("{slug}")
    public Response delete(@PathParam("slug") String slug, @QueryParam("confirm") @Nullable String confirm) {
        var outcome = deletion.delete(existing(slug).id(), given(confirm));
        if (outcome instanceof TenantDeletion.Outcome.Unconfirmed) {
            throw ProblemException.field(
                    "confirm", confirm == null ? "missing" : "mismatch", "repeat the slug to confirm");
        }
        if (outcome instanceof TenantDeletion.Outcome.Refused refused) {
            throw new ProblemException(
                    ProblemType.INVALID_STATE,
                    "reseller " + slug + " cannot be deleted: "
                            + refused.obstacles().stream()
                                    .map(ResellersResource::text)
                                    .collect(Collectors.joining("; ")));
        }
        return Response.accepted(one(slug)).build();
    }

    private static String text(Obstacle obstacle) {
        var kind = obstacle.kind().name().toLowerCase(Locale.ROOT);
        return obstacle.names().isEmpty()
                ? kind
                : kind + " " + obstacle.count() + " (" + String.join(", ", obstacle.names()) + ")";
    }

    private void create(NewReseller request, Consumer<Object> answer) {
        var errors = new ArrayList<Problem.FieldError>();
        var draft = draft(request, errors);
        if (!errors.isEmpty()) {
            tenants.faults(draft).stream().map(ResellersResource::error).forEach(errors::add);
            throw ProblemException.fields(errors);
        }
        var outcome = tenants.create(draft, created -> answer.accept(made(created)));
        if (outcome instanceof Tenants.Outcome.Invalid invalid) {
            throw ProblemException.fields(
                    invalid.faults().stream().map(ResellersResource::error).toList());
        }
        if (outcome instanceof Tenants.Outcome.InProgress) {
            throw IdempotentRequests.inProgress(BUSY_RETRY);
        }
    }

    private static CreatedReseller made(Tenants.Outcome.Created created) {
        return new CreatedReseller(
                created.tenant().value(),
                created.signInUrl(),
                created.link().map(IssuedLink::url).orElse(null),
                created.link().map(IssuedLink::expiresAt).orElse(null));
    }

    private TenantDraft draft(NewReseller request, List<Problem.FieldError> errors) {
        return new TenantDraft(
                given(request.slug()),
                given(request.name()),
                Objects.requireNonNullElse(request.hosts(), List.of()),
                given(request.currency()),
                given(request.timeZone()),
                given(request.locale()),
                given(request.primary()),
                given(request.secondary()),
                given(request.accent()),
                logo(request.logo(), errors),
                given(request.staffName()),
                given(request.staffEmail()));
    }

    /** Returns the logo; none, and an error, if it cannot be read. */
    private Optional<byte[]> logo(@Nullable String base64, List<Problem.FieldError> errors) {
        if (base64 == null || base64.isBlank()) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            errors.add(new Problem.FieldError("logo", "malformed", "not Base64"));
            return Optional.empty();
        }
        var outcome = images.rasterOf(ImageUpload.Kind.LOGO, bytes);
        if (outcome instanceof ImageUpload.Outcome.Refused busy && busy.reason() == ImageUpload.Reason.BUSY) {
            throw new ProblemException(ProblemType.RATE_LIMITED, "other images are being processed; try again")
                    .after(BUSY_RETRY);
        }
        if (outcome instanceof ImageUpload.Outcome.Refused refused) {
            errors.add(new Problem.FieldError(
                    "logo",
                    "malformed",
                    "not a PNG or JPEG of at most 1 MB and 4096 pixels a side: "
                            + refused.reason().name().toLowerCase(Locale.ROOT)));
            return Optional.empty();
        }
        return Optional.of(((ImageUpload.Outcome.Accepted) outcome).content());
    }

    private static Problem.FieldError error(TenantDraft.Fault fault) {
        return new Problem.FieldError(
                fault.field().name().toLowerCase(Locale.ROOT),
                fault.why().name().toLowerCase(Locale.ROOT),
                fault.found());
    }

    private static String given(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }

    private Reseller moved(String slug, boolean isDone) {
        var reseller = one(slug);
        if (!isDone) {
            throw new ProblemException(ProblemType.INVALID_STATE, "reseller " + slug + " is " + reseller.state());
        }
        return reseller;
    }

    private Tenant existing(String slug) {
        return tenants.all().stream()
                .filter(tenant -> TenantId.isSlug(slug) && tenant.id().value().equals(slug))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("reseller", slug));
    }
}
