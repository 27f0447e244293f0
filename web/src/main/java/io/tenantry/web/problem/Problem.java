package io.tenantry.web.problem;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The API's description of a failed request (RFC 9457).
 *
 * @param type the address of the problem type's description, from the root of the host; {@code about:blank} if the status is sufficient
 * @param title the name of the problem type; the same for each occurrence
 * @param status the HTTP status
 * @param detail the explanation of this occurrence
 * @param instance the incident id, for support requests
 * @param code the stable identifier of the problem type for programs
 * @param errors the invalid fields of the request; absent for problems of another kind
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String code,
        @Nullable List<FieldError> errors) {
    /** The media type of problems. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** The type of a problem that is fully described by its HTTP status (RFC 9457, 4.2.1). */
    private static final String OF_STATUS = "about:blank";

    /**
     * An error of a field of the request.
     *
     * @param field as the request calls it
     * @param reason {@code malformed}, {@code missing}, {@code taken}, {@code reserved}, {@code unknown}, {@code character} (one that no text may
     *     contain), {@code too_long} or {@code type} (of another JSON type)
     * @param rejectedValue the rejected value; for {@code type} its JSON type
     */
    public record FieldError(String field, String reason, String rejectedValue) {}

    /** Returns a problem of a type. */
    public static Problem of(ProblemType problemType, String detail, String incident) {
        return new Problem(
                problemType.type(),
                problemType.getTitle(),
                problemType.getStatus(),
                detail,
                instance(incident),
                problemType.getCode(),
                null);
    }

    /** Returns a problem that is fully described by its HTTP status. */
    public static Problem ofStatus(int status, String incident) {
        return ofStatus(status, detail(status), incident);
    }

    /** Returns a problem like {@link #ofStatus(int, String)}, with a more specific detail. */
    public static Problem ofStatus(int status, String detail, String incident) {
        var known = Response.Status.fromStatusCode(status);
        return new Problem(
                OF_STATUS,
                known == null ? "HTTP " + status : known.getReasonPhrase(),
                status,
                detail,
                instance(incident),
                "http_" + status,
                null);
    }

    private static String detail(int status) {
        return switch (status) {
            case 400 -> "the request cannot be read";
            case 401 -> "send an API key as Authorization: Bearer";
            case 403 -> "you do not have permission for this";
            case 404 -> "no resource at this URL; see /api/v1/openapi.json";
            case 405 -> "method not allowed; see the Allow header";
            case 406 -> "the response is not available in the media types of the Accept header; use application/json";
            case 413 -> "the body is too large";
            case 415 -> "send the body as Content-Type: application/json";
            case 421 -> "unknown host name";
            case 503 -> "currently unavailable; contact your provider";
            default -> "the request failed";
        };
    }

    /** Returns the same problem with the errors of its fields. */
    Problem with(List<FieldError> wrong) {
        return new Problem(type, title, status, detail, instance, code, wrong);
    }

    /** Returns the same problem with its title in a language; one that is fully described by its HTTP status stays unchanged. */
    Problem in(Locale locale) {
        return Arrays.stream(ProblemType.values())
                .filter(problemType -> problemType.getCode().equals(code))
                .findFirst()
                .map(problemType ->
                        new Problem(type, problemType.title(locale), status, detail, instance, code, errors))
                .orElse(this);
    }

    /** Returns the identifier of the occurrence, from the request's id; it names no platform, since customers of brands read it. */
    public static String instance(String incident) {
        return "urn:incident:" + incident;
    }

    /** Returns the response that carries the problem. */
    public Response response() {
        return Response.status(status)
                .type(MediaType.valueOf(MEDIA_TYPE))
                .entity(this)
                .build();
    }
}
