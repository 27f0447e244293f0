package io.tenantry.web.api;

import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.web.brand.BrandView;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Objects;

/** The API's description (OpenAPI 3.1), accessible to all. Written by hand; a test compares it with the resources of this package. */
@Path("/openapi.json")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class OpenApiResource {
    private static final String FILE = "openapi.json";

    @Inject
    BrandView brand;

    @GET
    public Response description() throws IOException {
        var isPlatform = Tenancy.current().filter(Scope.PLATFORM::equals).isPresent();
        return Response.ok(
                        OpenApiDocument.of(whole(), brand.getName(), isPlatform).toString())
                .header("Cache-Control", "public, max-age=300")
                .build();
    }

    /** Returns the description as written, for the platform's host and those of brands together. */
    static JsonObject whole() throws IOException {
        try (var text = Objects.requireNonNull(OpenApiResource.class.getResourceAsStream(FILE), FILE);
                var reader = Json.createReader(text)) {
            return reader.readObject();
        }
    }
}
