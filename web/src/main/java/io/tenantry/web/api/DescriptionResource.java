package io.tenantry.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The API's description (OpenAPI 3.1), for everybody. Written by hand; a test holds it to the resources of this package. */
@Path("/openapi.json")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class DescriptionResource {
    private static final String FILE = "openapi.json";

    @GET
    public Response description() throws IOException {
        try (var text = Objects.requireNonNull(DescriptionResource.class.getResourceAsStream(FILE), FILE)) {
            return Response.ok(new String(text.readAllBytes(), StandardCharsets.UTF_8))
                    .header("Cache-Control", "public, max-age=300")
                    .build();
        }
    }
}
