package io.tenantry.web.api;

import io.tenantry.kernel.idempotency.IdempotencyKeys;
import io.tenantry.kernel.idempotency.IdempotencyKeys.Claim;
import io.tenantry.kernel.idempotency.RequestKey;
import io.tenantry.kernel.idempotency.SlowRequests;
import io.tenantry.people.identity.CurrentApiKey;
import io.tenantry.web.problem.ProblemException;
import io.tenantry.web.problem.ProblemType;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A guard that executes a POST only once, however often it is sent: a repetition of the same request under the same {@code Idempotency-Key}
 * receives the first response again ({@code Idempotency-Replayed: true}), and a different request a 409. A key is valid within the organization
 * that the request acts for, and for the API key that used it first: another key of the same person may have fewer permissions, and receives a
 * 409. Work that uses only the database shares a transaction with its response ({@link #once}, {@link #accepted});
 * long-running work is done without one ({@link #slow}), and a repetition during that time receives a different 409.
 */
@RequestScoped
public class IdempotentRequests {
    /** The header that carries the key. */
    public static final String HEADER = "Idempotency-Key";

    private static final int KEY_MAX = 200;

    @Inject
    IdempotencyKeys keys;

    @Inject
    SlowRequests slowRequests;

    @Inject
    ActingOrganization organization;

    /** Long-running work. */
    @FunctionalInterface
    public interface SlowWork {
        /**
         * Does the work.
         *
         * @param answer to be called with the response in the transaction that makes the work visible
         */
        void run(Consumer<Object> answer);
    }

    /** Executes an action that creates something, or replays the first response. Must be called in a transaction, which the action shares. */
    public Response once(@Nullable String key, String operation, Object request, Supplier<Object> action) {
        return once(Response.Status.CREATED, key, operation, request, action);
    }

    /** Starts something that is completed later, or replays the first response. Must be called in a transaction, which the action shares. */
    public Response accepted(@Nullable String key, String operation, Object request, Supplier<Object> action) {
        return once(Response.Status.ACCEPTED, key, operation, request, action);
    }

    /**
     * Does long-running work that creates something, or replays the first response. Must be called without a transaction. An exception from the
     * work releases the key for another attempt.
     */
    public Response slow(@Nullable String key, String operation, Object request, SlowWork work) {
        var claim = slowRequests.begin(requestKey(key), content(operation, JsonSettings.JSONB.toJson(request)));
        if (claim instanceof SlowRequests.Claim.Repeated repeated) {
            return repeated(Response.Status.CREATED, repeated.answer());
        }
        if (claim instanceof SlowRequests.Claim.InProgress progress) {
            throw inProgress(progress.retryAfter());
        }
        if (!(claim instanceof SlowRequests.Claim.Fresh fresh)) {
            throw taken();
        }
        var kept = new AtomicReference<@Nullable String>();
        try {
            work.run(answer -> {
                var json = JsonSettings.JSONB.toJson(answer);
                slowRequests.finish(fresh.lease(), json);
                kept.set(json);
            });
        } catch (RuntimeException failure) {
            release(fresh.lease(), failure);
            throw failure;
        }
        var answer = Objects.requireNonNull(kept.get(), "successful work must have a response");
        return answer(Response.Status.CREATED, answer).build();
    }

    /** Returns the problem that the same request, or one for the same resource, is still in progress. */
    static ProblemException inProgress(Duration retryAfter) {
        return new ProblemException(
                        ProblemType.IDEMPOTENCY_KEY_IN_PROGRESS,
                        "this request is still being processed; retry with the same Idempotency-Key")
                .after(retryAfter);
    }

    private void release(SlowRequests.Lease lease, RuntimeException failure) {
        try {
            slowRequests.release(lease);
        } catch (RuntimeException again) {
            failure.addSuppressed(again); // The lease expires.
        }
    }

    private Response once(
            Response.Status status, @Nullable String key, String operation, Object request, Supplier<Object> action) {
        var named = requestKey(key);
        var claim = keys.claim(named, content(operation, JsonSettings.JSONB.toJson(request)));
        if (claim instanceof Claim.Repeated repeated) {
            return repeated(status, repeated.answer());
        }
        if (claim instanceof Claim.Taken) {
            throw taken();
        }
        var answer = JsonSettings.JSONB.toJson(action.get());
        keys.answer(named, answer);
        return answer(status, answer).build();
    }

    private RequestKey requestKey(@Nullable String key) {
        if (key == null || key.isBlank() || key.length() > KEY_MAX) {
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_KEY_MISSING,
                    "send an Idempotency-Key header of 1 to " + KEY_MAX
                            + " characters, a new one for each new request");
        }
        return new RequestKey(organization.unnamed(), key);
    }

    /** Returns everything that must be the same for a repetition. */
    static String content(String operation, String json) {
        var apiKey = CurrentApiKey.current().map(key -> key.id().toString()).orElse("");
        return apiKey + "\n" + operation + "\n" + json;
    }

    private static ProblemException taken() {
        return new ProblemException(
                ProblemType.IDEMPOTENCY_KEY_TAKEN,
                "this Idempotency-Key was used for a different request, or with a different API key");
    }

    private static Response repeated(Response.Status status, String answer) {
        return answer(status, answer).header("Idempotency-Replayed", "true").build();
    }

    private static Response.ResponseBuilder answer(Response.Status status, String json) {
        return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(json);
    }
}
