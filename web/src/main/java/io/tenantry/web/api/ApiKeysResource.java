package io.tenantry.web.api;

import io.tenantry.people.identity.ApiKeys;
import io.tenantry.people.identity.CurrentApiKey;
import io.tenantry.people.identity.KeyRefusedException;
import io.tenantry.web.problem.Problem.FieldError;
import io.tenantry.web.problem.ProblemException;
import io.tenantry.web.problem.ProblemType;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an organization, or those of the staff or operators that the key in use acts for. The text of a new key is in the first response
 * only, which is stored nowhere: a repeated request creates another key.
 */
@Path("/api-keys")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class ApiKeysResource {
    private static final int NAME_MAX = 80;
    private static final int DAYS_MAX = 3_650;

    @Inject
    ApiKeys keys;

    @Inject
    ActingOrganization organization;

    @Inject
    CurrentPerson me;

    @Inject
    Clock clock;

    /** A valid key. */
    public record ApiKey(
            UUID id,
            String prefix,
            String name,
            String createdBy,
            List<String> scopes,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt) {
        static ApiKey of(ApiKeys.ListedKey one) {
            return new ApiKey(
                    one.id(),
                    one.prefix(),
                    one.name(),
                    one.personName(),
                    List.copyOf(new TreeSet<>(one.scopes())),
                    one.createdAt(),
                    one.expiresAt().orElse(null),
                    one.lastUsedAt().orElse(null));
        }
    }

    /**
     * A key to create.
     *
     * @param days how many days it is valid; if absent, until it is revoked, or as long as the key with which it is created
     */
    public record NewApiKey(
            @Nullable String organizationId,
            @Nullable String name,
            @Nullable List<String> scopes,
            @Nullable Integer days) {}

    /** A key just made, with its text. */
    public record CreatedApiKey(UUID id, String key) {}

    /** Lists the valid keys, the newest first. */
    @GET
    public Paging.Page<ApiKey> list(@QueryParam("organization_id") @Nullable String named) {
        return new Paging.Page<>(keys.of(owner(named)).stream().map(ApiKey::of).toList(), null);
    }

    @POST
    public Response create(@Nullable NewApiKey request) {
        if (request == null) {
            throw new ProblemException(ProblemType.UNREADABLE, "the body is missing");
        }
        var owner = owner(request.organizationId());
        var name = Objects.requireNonNullElse(request.name(), "").strip();
        var scopes = Set.copyOf(Objects.requireNonNullElse(request.scopes(), List.of()));
        refuse(name, scopes, keys.scopes(owner), request.days());
        var until = Optional.ofNullable(request.days())
                .map(days -> clock.instant().plus(Duration.ofDays(days)))
                .orElse(null);
        var made = made(name, owner, scopes, until);
        return Response.status(Response.Status.CREATED)
                .entity(new CreatedApiKey(made.id(), made.text()))
                .build();
    }

    private ApiKeys.Created made(String name, @Nullable UUID owner, Set<String> scopes, @Nullable Instant until) {
        try {
            return keys.create(name, owner, scopes, until);
        } catch (KeyRefusedException refused) {
            throw switch (refused.reason()) {
                case TOO_MANY ->
                    new ProblemException(ProblemType.LIMIT_REACHED, "API key limit reached: " + ApiKeys.LIVE_MAX);
                case OUTLIVES ->
                    ProblemException.field("days", "reserved", "longer than the key used for this request");
            };
        }
    }

    @DELETE
    @Path("{id}")
    public void revoke(@PathParam("id") String id, @QueryParam("organization_id") @Nullable String named) {
        keys.revoke(owner(named), ActingOrganization.id("id", id));
    }

    private static void refuse(String name, Set<String> scopes, List<String> known, @Nullable Integer days) {
        var errors = new ArrayList<FieldError>();
        if (name.isEmpty()) {
            errors.add(new FieldError("name", "missing", ""));
        } else if (name.length() > NAME_MAX) {
            errors.add(new FieldError("name", "too_long", ""));
        }
        if (scopes.isEmpty()) {
            errors.add(new FieldError("scopes", "missing", ""));
        }
        scopes.stream()
                .filter(scope -> !known.contains(scope))
                .sorted()
                .findFirst()
                .ifPresent(foreign -> errors.add(new FieldError("scopes", "unknown", foreign)));
        if (days != null && (days < 1 || days > DAYS_MAX)) {
            errors.add(new FieldError("days", "malformed", days.toString()));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.fields(errors);
        }
    }

    /** Returns the named organization, that of the key or the member's only one; null for staff and operators who name none. */
    private @Nullable UUID owner(@Nullable String named) {
        var isNamed = named != null && !named.isBlank();
        var isOfOne = CurrentApiKey.current().map(CurrentApiKey::organizationId).isPresent();
        return isNamed || isOfOne || me.isMember() ? organization.of(named) : null;
    }
}
