package io.tenantry.web.api;

import io.tenantry.idempotency.IdempotencyKeys;
import io.tenantry.idempotency.IdempotencyKeys.Claim;
import io.tenantry.web.problem.Kind;
import io.tenantry.web.problem.Refused;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does what a POST asks for once, however often it is sent: under the same {@code Idempotency-Key} the same request gets the
 * first answer again ({@code Idempotency-Replayed: true}) and another request a 409. Call it in a transaction that the deed
 * shares.
 */
@RequestScoped
public class Repeatable {
    /** The header that names the request. */
    public static final String HEADER = "Idempotency-Key";

    private static final int KEY_MAX = 200;

    @Inject
    IdempotencyKeys keys;

    /** Does the deed, which makes something, or answers as before. */
    public Response once(@Nullable String key, String operation, Object request, Supplier<Object> deed) {
        return once(Response.Status.CREATED, key, operation, request, deed);
    }

    /** Has something begun that is done later, or answers as before. */
    public Response accepted(@Nullable String key, String operation, Object request, Supplier<Object> deed) {
        return once(Response.Status.ACCEPTED, key, operation, request, deed);
    }

    private Response once(
            Response.Status status, @Nullable String key, String operation, Object request, Supplier<Object> deed) {
        if (key == null || key.isBlank() || key.length() > KEY_MAX) {
            throw new Refused(
                    Kind.IDEMPOTENCY_KEY_MISSING,
                    "send an Idempotency-Key header of 1 to " + KEY_MAX
                            + " characters, a new one for each new request");
        }
        var claim = keys.claim(key, operation + "\n" + JsonSettings.JSONB.toJson(request));
        if (claim instanceof Claim.Repeated repeated) {
            return answer(status, repeated.answer())
                    .header("Idempotency-Replayed", "true")
                    .build();
        }
        if (claim instanceof Claim.Taken) {
            throw new Refused(Kind.IDEMPOTENCY_KEY_TAKEN, "this Idempotency-Key was used for another request");
        }
        var answer = JsonSettings.JSONB.toJson(deed.get());
        keys.answer(key, answer);
        return answer(status, answer).build();
    }

    private static Response.ResponseBuilder answer(Response.Status status, String json) {
        return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(json);
    }
}
