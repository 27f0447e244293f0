package io.tenantry.cloud.provider;

import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.kernel.http.HttpAnswer;
import io.tenantry.kernel.http.HttpCall;
import io.tenantry.kernel.http.HttpFailure;
import io.tenantry.kernel.http.HttpGateway;
import io.tenantry.text.InputText;
import io.tenantry.text.JsonText;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A client of a provider's HTTP API: JSON in both directions, bounded waits, and safe repetition.
 *
 * <ul>
 *   <li>A request that certainly was not processed (no connection), or that the provider deferred (429), is repeated, with any method.
 *   <li>A request that may have been processed (no response, 5xx) is repeated only if it is idempotent: reading, replacing, deleting.
 *   <li>There are at most three attempts and no pause above {@link #PATIENCE}: longer ones are left to the caller, whose work item retries.
 *   <li>Once the provider has reported that an account's rate limit is reached, no request is sent until requests are allowed again.
 * </ul>
 */
public final class ProviderHttp {
    /** The longest pause between two attempts. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int TRIES_MAX = 3;
    private static final Duration PAUSE_FIRST = Duration.ofMillis(400);
    private static final int WORDS_MAX = 500;
    private static final String JSON_TYPE = "application/json";
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int LOCKED = 423;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private final HttpGateway httpGateway;
    private final Credentials credentials;
    private final ProviderProtocol providerProtocol;
    private final Clock clock;
    private final Backoff backoff;
    private volatile Instant quietUntil = Instant.MIN;

    /** Creates the client of one account. */
    public ProviderHttp(
            HttpGateway httpGateway,
            Credentials credentials,
            ProviderProtocol providerProtocol,
            Clock clock,
            Backoff backoff) {
        this.httpGateway = httpGateway;
        this.credentials = credentials;
        this.providerProtocol = providerProtocol;
        this.clock = clock;
        this.backoff = backoff;
    }

    /**
     * Sends a GET request.
     *
     * @param query alternating names and values
     */
    public JsonObject get(String path, String... query) {
        return json(send("GET", path + query(query), Map.of(), Optional.empty(), true));
    }

    /** Sends a GET request with additional headers. */
    public JsonObject get(String path, Map<String, String> headers, String... query) {
        return json(send("GET", path + query(query), headers, Optional.empty(), true));
    }

    /** Reads a resource that may not exist. */
    public Optional<JsonFields> find(String path, String... query) {
        try {
            return Optional.of(new JsonFields(get(path, query)));
        } catch (ProviderFailure failure) {
            if (failure.reason() != Reason.NOT_FOUND) {
                throw failure;
            }
            return Optional.empty();
        }
    }

    /** Sends a POST request that must not be repeated. */
    public JsonObject post(String path, JsonObject body) {
        return json(send("POST", path, Map.of(), Optional.of(body), false));
    }

    /** Sends a POST request without a body that must not be repeated. */
    public JsonObject post(String path) {
        return json(send("POST", path, Map.of(), Optional.empty(), false));
    }

    /** Sends a POST request that may be repeated. */
    public JsonObject postAgain(String path, JsonObject body) {
        return json(send("POST", path, Map.of(), Optional.of(body), true));
    }

    /** Sends a PUT request. */
    public JsonObject put(String path, JsonObject body) {
        return json(send("PUT", path, Map.of(), Optional.of(body), true));
    }

    /** Sends a PUT request without a body. */
    public JsonObject put(String path) {
        return json(send("PUT", path, Map.of(), Optional.empty(), true));
    }

    /** Sends a DELETE request; a missing resource is no failure. */
    public void delete(String path) {
        delete(path, Optional.empty());
    }

    /** Sends a DELETE request with a body; a missing resource is no failure. */
    public void delete(String path, JsonObject body) {
        delete(path, Optional.of(body));
    }

    private void delete(String path, Optional<JsonObject> body) {
        try {
            send("DELETE", path, Map.of(), body, true);
        } catch (ProviderFailure failure) {
            if (failure.reason() != Reason.NOT_FOUND) {
                throw failure;
            }
        }
    }

    /** Returns the usual failure for a status; the message comes from the caller, who has read the body. */
    public static ProviderFailure defaultFailure(HttpAnswer httpAnswer, String words) {
        var reason = switch (httpAnswer.status()) {
            case UNAUTHORIZED -> Reason.CREDENTIALS;
            case FORBIDDEN -> Reason.FORBIDDEN;
            case NOT_FOUND -> Reason.NOT_FOUND;
            case CONFLICT, LOCKED -> Reason.BUSY;
            case TOO_MANY -> Reason.RATE_LIMITED;
            default -> httpAnswer.status() >= SERVER_ERROR ? Reason.PROVIDER_ERROR : Reason.INVALID;
        };
        var message = words.isBlank() ? "status " + httpAnswer.status() : httpAnswer.status() + ": " + words.strip();
        return new ProviderFailure(reason, InputText.cut(message, WORDS_MAX), retryAfter(httpAnswer), null);
    }

    /** Returns the body of a refusal, or an empty object if it cannot be parsed. */
    public static JsonObject lenient(HttpAnswer httpAnswer) {
        try {
            return parse(httpAnswer.body());
        } catch (JsonException noJson) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
    }

    private HttpAnswer send(
            String method, String path, Map<String, String> more, Optional<JsonObject> body, boolean repeatable) {
        var headers = new HashMap<>(providerProtocol.headers(credentials));
        headers.put("Accept", JSON_TYPE);
        headers.putAll(more);
        var httpCall = new HttpCall(
                method,
                URI.create(credentials.base() + path),
                headers,
                body.map(
                        object -> new HttpCall.Body(JSON_TYPE, object.toString().getBytes(StandardCharsets.UTF_8))));
        for (var tried = 1; ; tried++) {
            try {
                return once(httpCall);
            } catch (ProviderFailure failure) {
                var wait = failure.comeAgainIn().orElse(pauseAfter(tried));
                var again = failure.isPassing()
                        && failure.reason() != Reason.BUSY
                        && failure.reason() != Reason.NO_CAPACITY
                        && (repeatable || !failure.maybeDone());
                if (!again || tried == TRIES_MAX || wait.compareTo(PATIENCE) > 0) {
                    throw failure;
                }
                backoff.pause(wait);
            }
        }
    }

    private HttpAnswer once(HttpCall httpCall) {
        awaitQuiet();
        HttpAnswer httpAnswer;
        try {
            httpAnswer = httpGateway.send(httpCall);
        } catch (HttpFailure failure) {
            throw new ProviderFailure(
                    failure.maybeDone() ? Reason.NO_RESPONSE : Reason.UNREACHABLE,
                    String.valueOf(failure.getMessage()),
                    Optional.empty(),
                    failure);
        }
        providerProtocol
                .quietUntil(httpAnswer, clock.instant())
                .ifPresent(until -> quietUntil = max(quietUntil, until));
        if (httpAnswer.isFine()) {
            return httpAnswer;
        }
        throw providerProtocol.refusal(httpAnswer);
    }

    private void awaitQuiet() {
        var now = clock.instant();
        var wait = Duration.between(now, max(quietUntil, now));
        if (wait.compareTo(PATIENCE) > 0) {
            throw new ProviderFailure(
                    Reason.RATE_LIMITED, "the account's rate limit is exhausted for " + wait, Optional.of(wait), null);
        }
        if (!wait.isZero()) {
            backoff.pause(wait);
        }
    }

    private static Instant max(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Duration pauseAfter(int tried) {
        var millis = PAUSE_FIRST.toMillis() << (2 * (tried - 1));
        return Duration.ofMillis(millis / 2 + RandomGenerator.getDefault().nextLong(millis));
    }

    private static Optional<Duration> retryAfter(HttpAnswer httpAnswer) {
        return httpAnswer
                .header("retry-after")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    private static JsonObject json(HttpAnswer httpAnswer) {
        if (httpAnswer.body().length == 0) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        try {
            return parse(httpAnswer.body());
        } catch (JsonException noJson) {
            throw new ProviderFailure(
                    Reason.INVALID_RESPONSE, httpAnswer.status() + " without a JSON object", Optional.empty(), noJson);
        }
    }

    private static JsonObject parse(byte[] body) {
        return JsonText.object(body);
    }

    private static String query(String... namesAndValues) {
        var query = new StringBuilder();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            query.append(i == 0 ? '?' : '&')
                    .append(encode(namesAndValues[i]))
                    .append('=')
                    .append(encode(namesAndValues[i + 1]));
        }
        return query.toString();
    }

    /** Parses a numeric ID of the provider, which is a string in our model. */
    public static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException noNumber) {
            throw new ProviderFailure(Reason.INVALID, "not a provider ID: " + id);
        }
    }

    /** Encodes a text as a part of a path or a query. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
