package io.tenantry.web.api;

import io.tenantry.cloud.provisioning.Rebuilds;
import io.tenantry.cloud.provisioning.Resizes;
import io.tenantry.cloud.provisioning.ServiceSettings;
import io.tenantry.cloud.provisioning.Services;
import io.tenantry.web.api.VpsResource.NewVps;
import io.tenantry.web.api.VpsResource.Vps;
import io.tenantry.web.problem.ProblemException;
import io.tenantry.web.problem.ProblemType;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes to an organization's existing servers. */
@Path("/vps")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@ResellerHost
public class VpsChangesResource {
    @Inject
    Services services;

    @Inject
    Resizes resizes;

    @Inject
    Rebuilds rebuilds;

    @Inject
    ServiceSettings serviceSettings;

    @Inject
    IdempotentRequests idempotentRequests;

    /** The plan to which a server is resized. */
    public record ResizeRequest(@Nullable String planId) {}

    /**
     * The configuration for a rebuild.
     *
     * @param name the server's name, which protects against rebuilding the wrong server
     */
    public record RebuildRequest(
            @Nullable String name,
            @Nullable String image,
            @Nullable List<String> sshKeyIds,
            @Nullable String scriptId,
            @Nullable Map<String, String> scriptAnswers) {}

    /** Whether a server is protected against deletion. */
    public record LockRequest(@Nullable Boolean locked) {}

    /** Has a server resized. If it is at a provider, it is not done yet when this answers: {@code pending_operation} tells when it is. */
    @POST
    @Path("{id}/resize")
    @Transactional
    public Response resize(
            @PathParam("id") String id,
            @HeaderParam(IdempotentRequests.HEADER) @Nullable String key,
            @Nullable ResizeRequest request) {
        if (request == null) {
            throw new ProblemException(ProblemType.UNREADABLE, "the body is missing");
        }
        var service = ActingOrganization.id("id", id);
        return idempotentRequests.accepted(
                key, "POST /vps/" + service + "/resize", request, () -> resize(service, request));
    }

    /** Requests a rebuild of a server. All data on it is lost. Returns before the rebuild is done. */
    @POST
    @Path("{id}/rebuild")
    @Transactional
    public Response rebuild(
            @PathParam("id") String id,
            @HeaderParam(IdempotentRequests.HEADER) @Nullable String key,
            @Nullable RebuildRequest request) {
        if (request == null) {
            throw new ProblemException(ProblemType.UNREADABLE, "the body is missing");
        }
        var service = ActingOrganization.id("id", id);
        return idempotentRequests.accepted(
                key, "POST /vps/" + service + "/rebuild", request, () -> rebuild(service, request));
    }

    /** Enables or disables the protection of a server against deletion. */
    @POST
    @Path("{id}/lock")
    public Vps lock(@PathParam("id") String id, @Nullable LockRequest request) {
        if (request == null) {
            throw new ProblemException(ProblemType.UNREADABLE, "the body is missing");
        }
        if (request.locked() == null) {
            throw ProblemException.field("locked", "missing", "");
        }
        var service = ActingOrganization.id("id", id);
        var unused = serviceSettings.lock(service, request.locked());
        return Vps.of(services.one(service));
    }

    private Vps resize(UUID service, ResizeRequest request) {
        var plan = Objects.requireNonNullElse(request.planId(), "");
        if (plan.isEmpty()) {
            throw ProblemException.field("plan_id", "missing", "");
        }
        var outcome = resizes.want(service, ActingOrganization.id("plan_id", plan));
        if (outcome instanceof Resizes.Outcome.Busy busy) {
            throw busy(busy.meanwhile());
        }
        if (outcome instanceof Resizes.Outcome.NoWallet none) {
            throw new ProblemException(
                    ProblemType.NO_WALLET, "the wallet in " + none.currency() + " cannot be used at the moment");
        }
        if (outcome instanceof Resizes.Outcome.InsufficientFunds lacking) {
            throw new ProblemException(
                    ProblemType.INSUFFICIENT_FUNDS,
                    "the balance is " + lacking.missing() + " short for the first hours");
        }
        if (outcome instanceof Resizes.Outcome.Refused refused) {
            throw refusal(refused.why(), plan);
        }
        return Vps.of(services.one(service));
    }

    private static ProblemException refusal(Resizes.Refusal why, String plan) {
        return switch (why) {
            case CURRENT, DISK -> ProblemException.field("plan_id", why.name().toLowerCase(Locale.ROOT), plan);
            case WITHDRAWN -> new ProblemException(ProblemType.OFFER_WITHDRAWN, VpsResource.WITHDRAWN);
            case UNAVAILABLE ->
                new ProblemException(ProblemType.UNSUPPORTED, "the plan is not available in the server's location");
            case UNSUPPORTED -> new ProblemException(ProblemType.UNSUPPORTED, "this server cannot be resized");
        };
    }

    private Vps rebuild(UUID service, RebuildRequest request) {
        var name = Objects.requireNonNullElse(request.name(), "");
        var like = new NewVps(
                null,
                name,
                null,
                null,
                request.image(),
                request.sshKeyIds(),
                request.scriptId(),
                request.scriptAnswers(),
                null,
                null,
                null);
        var outcome = rebuilds.want(service, VpsResource.beginning(like), name);
        if (outcome instanceof Rebuilds.Outcome.Unconfirmed) {
            throw ProblemException.field("name", name.isEmpty() ? "missing" : "other", name);
        }
        if (outcome instanceof Rebuilds.Outcome.Busy busy) {
            throw busy(busy.meanwhile());
        }
        if (outcome instanceof Rebuilds.Outcome.Impossible) {
            throw new ProblemException(ProblemType.UNSUPPORTED, "this server cannot be rebuilt");
        }
        if (outcome instanceof Rebuilds.Outcome.Refused refused) {
            throw VpsResource.refusal(refused.why(), like, name);
        }
        return Vps.of(services.one(service));
    }

    private static ProblemException busy(String meanwhile) {
        return new ProblemException(ProblemType.INVALID_STATE, "another action is in progress: " + meanwhile);
    }
}
