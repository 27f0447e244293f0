package io.tenantry.web.api;

import io.tenantry.cloud.launch.SshKeys;
import io.tenantry.web.problem.ProblemException;
import io.tenantry.web.problem.ProblemType;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
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
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An organization's public SSH keys. */
@Path("/ssh-keys")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@ResellerHost
public class SshKeysResource {
    @Inject
    SshKeys keys;

    @Inject
    ActingOrganization organization;

    @Inject
    IdempotentRequests idempotentRequests;

    /** A key. */
    public record SshKey(
            UUID id, UUID organizationId, String name, String publicKey, String fingerprint, Instant addedAt) {
        static SshKey of(SshKeys.Key one) {
            return new SshKey(one.id(), one.organizationId(), one.name(), one.line(), one.fingerprint(), one.addedAt());
        }
    }

    /** A key to add. */
    public record NewSshKey(
            @Nullable String organizationId,
            @Nullable String name,
            @Nullable String publicKey) {}

    /** Lists all keys by name; there are at most fifty. */
    @GET
    public Paging.Page<SshKey> list(@QueryParam("organization_id") @Nullable String named) {
        return new Paging.Page<>(
                keys.of(organization.of(named)).stream().map(SshKey::of).toList(), null);
    }

    @POST
    @Transactional
    public Response add(@HeaderParam(IdempotentRequests.HEADER) @Nullable String key, @Nullable NewSshKey request) {
        if (request == null) {
            throw new ProblemException(ProblemType.UNREADABLE, "the body is missing");
        }
        return idempotentRequests.once(key, "POST /ssh-keys", request, () -> add(request));
    }

    @DELETE
    @Path("{id}")
    public void delete(@PathParam("id") String id) {
        keys.delete(ActingOrganization.id("id", id));
    }

    /** Adds a key. Error messages do not repeat the submitted text: it may have been a private key. */
    private SshKey add(NewSshKey request) {
        var outcome = keys.add(
                organization.of(request.organizationId()),
                Objects.requireNonNullElse(request.name(), ""),
                Objects.requireNonNullElse(request.publicKey(), ""));
        if (outcome instanceof SshKeys.Outcome.Added added) {
            return SshKey.of(added.key());
        }
        if (outcome instanceof SshKeys.Outcome.Refused refused) {
            throw ProblemException.field("public_key", refused.fault().name().toLowerCase(Locale.ROOT), "");
        }
        if (outcome instanceof SshKeys.Outcome.Duplicate duplicate) {
            throw ProblemException.field("public_key", "taken", duplicate.name());
        }
        throw outcome instanceof SshKeys.Outcome.TooMany
                ? ProblemException.field("public_key", "too_many", "")
                : ProblemException.field("name", "malformed", "");
    }
}
