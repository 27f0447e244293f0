package io.tenantry.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OpenApiDocumentTest {
    @Test
    void showsBrandNameAndNoPlatformPathsToTenants() throws IOException {
        var told = OpenApiDocument.of(OpenApiResource.whole(), "Aurora & Söhne", false);
        assertThat(told.getJsonObject("info").getString("title")).isEqualTo("Aurora & Söhne");
        assertThat(told.getJsonObject("paths").keySet())
                .contains("/vps/{id}", "/billing/balance")
                .noneMatch(path -> path.startsWith("/reseller") || path.startsWith("/admin"));
        assertThat(told.toString())
                .doesNotContainPattern(Pattern.compile("tenant|platform|reseller", Pattern.CASE_INSENSITIVE));
    }

    @Test
    void keepsOnlyReferencedSchemas() throws IOException {
        var told = OpenApiDocument.of(OpenApiResource.whole(), "Aurora", false);
        var schemas = told.getJsonObject("components").getJsonObject("schemas");
        assertThat(schemas.keySet())
                .contains("Money", "Size", "FieldError", "VpsPage")
                .doesNotContain("Run", "CreatedReseller");
        assertThat(Pattern.compile("#/components/schemas/(\\w+)")
                        .matcher(told.toString())
                        .results())
                .allMatch(found -> schemas.containsKey(found.group(1)));
    }

    @Test
    void showsOperatorsWholeDocument() throws IOException {
        var whole = OpenApiResource.whole();
        var told = OpenApiDocument.of(whole, "Platform", true);
        assertThat(told.getJsonObject("paths")).isEqualTo(whole.getJsonObject("paths"));
        assertThat(told.getJsonObject("components")).isEqualTo(whole.getJsonObject("components"));
    }
}
