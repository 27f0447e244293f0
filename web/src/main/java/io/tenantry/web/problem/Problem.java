package io.tenantry.web.problem;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the API says when a request is not done (RFC 9457).
 *
 * @param type where the kind of problem is described
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

    private static final String TYPES = "/docs/problems#";

    /**
     * What is wrong with a field of the request.
     *
     * @param field as the request calls it
     * @param why {@code malformed}, {@code missing}, {@code taken}, {@code reserved} or {@code unknown}
     * @param found the value that was found
     */
    public record FieldError(String field, String why, String found) {}

    /** A problem of that kind. */
    public static Problem of(int status, String code, String title, String detail, String incident) {
        return new Problem(TYPES + code, title, status, detail, "urn:tenantry:incident:" + incident, code, null);
    }

    /** The same, with what is wrong field by field. */
    Problem with(List<FieldError> wrong) {
        return new Problem(type, title, status, detail, instance, code, wrong);
    }

    /** The answer that carries it. */
    public Response response() {
        return Response.status(status)
                .type(MediaType.valueOf(MEDIA_TYPE))
                .entity(this)
                .build();
    }
}
