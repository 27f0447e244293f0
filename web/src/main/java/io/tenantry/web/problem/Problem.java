package io.tenantry.web.problem;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * What the API says when a request is not done (RFC 9457).
 *
 * @param type where the kind of problem is described
 * @param title the kind of problem in words; the same for each occurrence
 * @param status the HTTP status
 * @param detail what happened this time
 * @param instance the incident id, for questions
 * @param code the kind of problem for programs; stable
 */
public record Problem(String type, String title, int status, String detail, String instance, String code) {
    /** The media type of problems. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPES = "/docs/problems#";

    /** A problem of that kind. */
    public static Problem of(int status, String code, String title, String detail, String incident) {
        return new Problem(TYPES + code, title, status, detail, "urn:tenantry:incident:" + incident, code);
    }

    /** The answer that carries it. */
    public Response response() {
        return Response.status(status)
                .type(MediaType.valueOf(MEDIA_TYPE))
                .entity(this)
                .build();
    }
}
