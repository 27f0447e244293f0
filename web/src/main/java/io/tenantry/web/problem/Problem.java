package io.tenantry.web.problem;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the API says when a request is not done (RFC 9457).
 *
 * @param type where the kind of problem is described, from the root of the host; {@code about:blank} if the status says all
 * @param title the kind of problem in words; the same for each occurrence
 * @param status the HTTP status
 * @param detail what happened this time
 * @param instance the incident id, for questions
 * @param code the kind of problem for programs; stable
 * @param errors field by field what is wrong with the request; absent for problems of another kind
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

    /** The type of a problem that is nothing more than its HTTP status (RFC 9457, 4.2.1). */
    private static final String OF_STATUS = "about:blank";

    /**
     * What is wrong with a field of the request.
     *
     * @param field as the request calls it
     * @param why {@code malformed}, {@code missing}, {@code taken}, {@code reserved}, {@code unknown}, {@code character} (one that no text may
     *     contain) or {@code too_long}
     * @param found the value that was found
     */
    public record FieldError(String field, String why, String found) {}

    /** A problem of that kind. */
    public static Problem of(Kind kind, String detail, String incident) {
        return new Problem(
                kind.type(), kind.getTitle(), kind.getStatus(), detail, instance(incident), kind.getCode(), null);
    }

    /** A problem that its HTTP status says all about. */
    static Problem ofStatus(int status, String reason, String detail, String incident) {
        return new Problem(OF_STATUS, reason, status, detail, instance(incident), "http_" + status, null);
    }

    /** The same, with what is wrong field by field. */
    Problem with(List<FieldError> wrong) {
        return new Problem(type, title, status, detail, instance, code, wrong);
    }

    /** The same with its title in that language; what is no more than its HTTP status stays as it is. */
    Problem in(Locale locale) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.getCode().equals(code))
                .findFirst()
                .map(kind -> new Problem(type, kind.title(locale), status, detail, instance, code, errors))
                .orElse(this);
    }

    /** The occurrence of a problem, by the request's id; it names no platform, since customers of brands read it. */
    public static String instance(String incident) {
        return "urn:incident:" + incident;
    }

    /** The answer that carries it. */
    public Response response() {
        return Response.status(status)
                .type(MediaType.valueOf(MEDIA_TYPE))
                .entity(this)
                .build();
    }
}
