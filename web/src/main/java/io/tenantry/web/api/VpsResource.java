package io.tenantry.web.api;

import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.Plan;
import io.tenantry.cloud.addon.AddonRefusedException;
import io.tenantry.cloud.addon.ServerOrders;
import io.tenantry.cloud.launch.StartupScripts;
import io.tenantry.cloud.provisioning.Images;
import io.tenantry.cloud.provisioning.LaunchConfig;
import io.tenantry.cloud.provisioning.OperationInProgress;
import io.tenantry.cloud.provisioning.Order;
import io.tenantry.cloud.provisioning.PendingPowerAction;
import io.tenantry.cloud.provisioning.ServerPower;
import io.tenantry.cloud.provisioning.ServiceOrders;
import io.tenantry.cloud.provisioning.Services;
import io.tenantry.cloud.provisioning.Terminations;
import io.tenantry.kernel.money.Money;
import io.tenantry.web.problem.Problem;
import io.tenantry.web.problem.ProblemException;
import io.tenantry.web.problem.ProblemType;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.transaction.Transactional;
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
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An organization's servers. */
@Path("/vps")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@ResellerHost
public class VpsResource {
    static final String WITHDRAWN = "this plan is not available in this region; see /vps/plans";

    @Inject
    Services services;

    @Inject
    Terminations terminations;

    @Inject
    ServerOrders orders;

    @Inject
    ServerPower serverPower;

    @Inject
    Catalog catalog;

    @Inject
    Images images;

    @Inject
    StartupScripts scripts;

    @Inject
    ActingOrganization organization;

    @Inject
    IdempotentRequests idempotentRequests;

    /**
     * A server.
     *
     * @param power {@code on} or {@code off}, as it was seen last; nothing without a server at a provider
     * @param pendingPowerAction {@code start}, {@code stop} or {@code restart} while that is under way
     * @param pendingOperation {@code resize}, {@code rebuild}, {@code rescue} or {@code leave_rescue} while that is under way
     * @param locked whether it cannot be ended until somebody unlocks it
     */
    public record Vps(
            UUID id,
            UUID organizationId,
            String name,
            String state,
            String address,
            String plan,
            Plan.Size size,
            String region,
            Money hourly,
            Money monthly,
            Money monthToDate,
            @Nullable String power,
            @Nullable String pendingPowerAction,
            @Nullable String pendingOperation,
            boolean locked,
            @Nullable Instant activatedAt,
            @Nullable Instant chargedThrough,
            @Nullable Instant endedAt) {
        static Vps of(Services.Summary one) {
            return new Vps(
                    one.id(),
                    one.organizationId(),
                    one.name(),
                    one.state().name().toLowerCase(Locale.ROOT),
                    one.address(),
                    one.plan(),
                    one.size(),
                    one.region(),
                    one.hourly(),
                    one.monthly(),
                    one.thisMonth(),
                    one.hasServer() ? (one.isOn() ? "on" : "off") : null,
                    one.switching().map(PendingPowerAction::word).orElse(null),
                    one.changing().map(OperationInProgress::word).orElse(null),
                    one.locked(),
                    one.activatedAt().orElse(null),
                    one.chargedUntil().orElse(null),
                    one.endedAt().orElse(null));
        }
    }

    /** A plan as it can be ordered in a region. */
    public record Offer(UUID planId, String name, Plan.Size size, String region, Money monthly, Money hourly) {}

    /** A system that a server can begin with. */
    public record Image(
            String name,
            String family,
            @JsonbProperty("default") boolean isDefault,
            boolean deprecated) {}

    /** A start-up script and its fields. */
    public record Script(UUID id, String name, List<ScriptField> fields) {}

    /** A field of a start-up script. */
    public record ScriptField(
            String name,
            String label,
            boolean required,
            @Nullable String defaultValue) {}

    /**
     * An order for a server.
     *
     * @param backups a policy of {@code /vps/addons}; nothing for none
     * @param volumeGib the size of a further disk; nothing for none
     * @param additionalAddresses how many further addresses; nothing for none
     */
    public record NewVps(
            @Nullable String organizationId,
            @Nullable String name,
            @Nullable String planId,
            @Nullable String region,
            @Nullable String image,
            @Nullable List<String> sshKeyIds,
            @Nullable String scriptId,
            @Nullable Map<String, String> scriptAnswers,
            @Nullable String backups,
            @Nullable Integer volumeGib,
            @Nullable Integer additionalAddresses) {}

    /** The power action for a server: {@code start}, {@code stop} or {@code restart}. */
    public record PowerRequest(@Nullable String action) {}

    /** Lists the servers that are not deleted; with {@code all=true} the others too. {@code after} counts rows. */
    @GET
    public Paging.Page<Vps> list(
            @QueryParam("organization_id") @Nullable String named,
            @QueryParam("all") boolean all,
            @QueryParam("search") @Nullable String search,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit) {
        var rows = Paging.limit(limit);
        var first = (int) Math.max(0, Math.min(Integer.MAX_VALUE, Paging.cursor(after, 0)));
        var filter = new Services.Filter(
                Optional.of(organization.of(named)), !all, Objects.requireNonNullElse(search, ""), first, rows);
        var found = services.list(filter).stream().map(Vps::of).toList();
        return new Paging.Page<>(found, found.size() < rows ? null : String.valueOf(first + rows));
    }

    @GET
    @Path("{id}")
    public Vps one(@PathParam("id") String id) {
        return Vps.of(services.one(ActingOrganization.id("id", id)));
    }

    /** Lists the plans that can be ordered now, at prices in the organization's currency. */
    @GET
    @Path("plans")
    public Paging.Page<Offer> plans(@QueryParam("organization_id") @Nullable String named) {
        var offers = catalog.shelves(organization.currency(named)).stream()
                .flatMap(catalogGroup -> catalogGroup.offers().stream()
                        .map(offer -> new Offer(
                                offer.planId(),
                                offer.planName(),
                                offer.size(),
                                catalogGroup.region().code(),
                                offer.monthly(),
                                offer.hourly())))
                .toList();
        return new Paging.Page<>(offers, null);
    }

    /** Lists the images for a server of a plan in a region; empty if there is no choice. */
    @GET
    @Path("images")
    public Paging.Page<Image> images(
            @QueryParam("plan_id") @Nullable String planId,
            @QueryParam("region") @Nullable String region,
            @QueryParam("organization_id") @Nullable String named) {
        var plan = ActingOrganization.id("plan_id", Objects.requireNonNullElse(planId, ""));
        var offer = catalog.offer(plan, Objects.requireNonNullElse(region, ""), organization.currency(named))
                .orElseThrow(() -> new ProblemException(ProblemType.OFFER_WITHDRAWN, WITHDRAWN));
        var found = images.offered(plan, offer.size(), Objects.requireNonNullElse(region, "")).systems().stream()
                .map(one -> new Image(one.name(), one.family(), one.isDefault(), one.deprecated()))
                .toList();
        return new Paging.Page<>(found, null);
    }

    /** Returns the organization's start-up scripts. */
    @GET
    @Path("scripts")
    public Paging.Page<Script> scripts(@QueryParam("organization_id") @Nullable String named) {
        var found = scripts.of(organization.of(named)).stream()
                .map(one -> new Script(
                        one.id(),
                        one.name(),
                        one.fields().stream()
                                .map(field -> new ScriptField(
                                        field.name(),
                                        field.label(),
                                        field.isRequired(),
                                        field.byDefault().orElse(null)))
                                .toList()))
                .toList();
        return new Paging.Page<>(found, null);
    }

    @POST
    @Transactional
    public Response order(@HeaderParam(IdempotentRequests.HEADER) @Nullable String key, @Nullable NewVps request) {
        if (request == null) {
            throw new ProblemException(ProblemType.UNREADABLE, "the body is missing");
        }
        return idempotentRequests.once(key, "POST /vps", request, () -> order(request));
    }

    /** Has a server switched. It is not done yet when this answers: {@code pending_power_action} tells when it is. */
    @POST
    @Path("{id}/power")
    public Response power(@PathParam("id") String id, @Nullable PowerRequest request) {
        if (request == null) {
            throw new ProblemException(ProblemType.UNREADABLE, "the body is missing");
        }
        var service = ActingOrganization.id("id", id);
        var outcome = serverPower.want(service, switching(Objects.requireNonNullElse(request.action(), "")));
        if (outcome instanceof ServerPower.Outcome.Busy busy) {
            throw new ProblemException(
                    ProblemType.INVALID_STATE,
                    "another action is in progress: " + busy.meanwhile().word());
        }
        if (outcome instanceof ServerPower.Outcome.Occupied occupied) {
            throw new ProblemException(
                    ProblemType.INVALID_STATE,
                    "another action is in progress: " + occupied.meanwhile().word());
        }
        if (outcome instanceof ServerPower.Outcome.NoServer) {
            throw new ProblemException(ProblemType.INVALID_STATE, "the service has no server");
        }
        return Response.accepted(Vps.of(services.one(service))).build();
    }

    private static PendingPowerAction switching(String action) {
        return Arrays.stream(PendingPowerAction.values())
                .filter(one -> one.word().equals(action))
                .findFirst()
                .orElseThrow(
                        () -> ProblemException.field("action", action.isEmpty() ? "missing" : "malformed", action));
    }

    @DELETE
    @Path("{id}")
    public void end(@PathParam("id") String id) {
        terminations.end(ActingOrganization.id("id", id));
    }

    private Vps order(NewVps request) {
        var name = Objects.requireNonNullElse(request.name(), "").strip();
        var region = Objects.requireNonNullElse(request.region(), "");
        if (request.planId() == null) {
            throw ProblemException.field("plan_id", "missing", "");
        }
        var plan = ActingOrganization.id("plan_id", request.planId());
        var order = new Order(organization.of(request.organizationId()), name, plan, region, beginning(request));
        ServiceOrders.Outcome outcome;
        try {
            outcome = orders.order(order, VpsAddonsResource.extras(request));
        } catch (AddonRefusedException refused) {
            throw VpsAddonsResource.refusal(refused, request);
        }
        if (outcome instanceof ServiceOrders.Outcome.Done done) {
            return Vps.of(services.one(done.serviceId()));
        }
        throw refusal(outcome, request, name);
    }

    /** Returns the launch configuration of the order. */
    static LaunchConfig beginning(NewVps request) {
        var answers = new HashMap<String, String>();
        Objects.requireNonNullElse(request.scriptAnswers(), Map.<String, String>of())
                .forEach((field, answer) -> answers.put(field, Objects.requireNonNullElse(answer, "")));
        return new LaunchConfig(
                Objects.requireNonNullElse(request.image(), ""),
                Objects.requireNonNullElse(request.sshKeyIds(), List.<String>of()).stream()
                        .map(id -> ActingOrganization.id("ssh_key_ids", Objects.requireNonNullElse(id, "")))
                        .toList(),
                Optional.ofNullable(request.scriptId()).map(id -> ActingOrganization.id("script_id", id)),
                answers);
    }

    /** Returns the problem for an order that was rejected. */
    static ProblemException refusal(ServiceOrders.Outcome outcome, NewVps request, String name) {
        if (outcome instanceof ServiceOrders.Outcome.InvalidName) {
            return ProblemException.field("name", name.isEmpty() ? "missing" : "malformed", name);
        }
        if (outcome instanceof ServiceOrders.Outcome.ImageNotFound) {
            return ProblemException.field("image", "unknown", Objects.requireNonNullElse(request.image(), ""));
        }
        if (outcome instanceof ServiceOrders.Outcome.SshKeyNotFound) {
            return ProblemException.field("ssh_key_ids", "unknown", "");
        }
        if (outcome instanceof ServiceOrders.Outcome.ScriptNotFound
                || outcome instanceof ServiceOrders.Outcome.ScriptsUnsupported) {
            return ProblemException.field("script_id", "unknown", Objects.requireNonNullElse(request.scriptId(), ""));
        }
        if (outcome instanceof ServiceOrders.Outcome.MissingAnswers missingAnswers) {
            return ProblemException.fields(missingAnswers.fields().stream()
                    .map(field -> new Problem.FieldError("script_answers." + field, "missing", ""))
                    .toList());
        }
        if (outcome instanceof ServiceOrders.Outcome.ScriptTooLong) {
            return ProblemException.field("script_answers", "malformed", "");
        }
        if (outcome instanceof ServiceOrders.Outcome.NoWallet none) {
            return new ProblemException(ProblemType.NO_WALLET, "no active wallet in " + none.currency());
        }
        if (outcome instanceof ServiceOrders.Outcome.QuotaExceeded reached) {
            return new ProblemException(ProblemType.LIMIT_REACHED, "server limit reached: " + reached.limit());
        }
        if (outcome instanceof ServiceOrders.Outcome.SalesSuspended) {
            return new ProblemException(
                    ProblemType.ORDERS_PAUSED, "new orders are paused; existing servers keep running");
        }
        if (outcome instanceof ServiceOrders.Outcome.InsufficientFunds lacking) {
            return new ProblemException(
                    ProblemType.INSUFFICIENT_FUNDS,
                    "the balance is " + lacking.missing() + " short for the first hours");
        }
        return new ProblemException(ProblemType.OFFER_WITHDRAWN, WITHDRAWN);
    }
}
