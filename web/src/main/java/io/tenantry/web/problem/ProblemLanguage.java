package io.tenantry.web.problem;

import io.tenantry.web.layout.Language;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A filter that sets the title of problems in the first language of {@code Accept-Language} that is supported; in English otherwise. */
@Provider
public class ProblemLanguage implements ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof Problem problem) {
            var locale = preferred(request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
            response.setEntity(problem.in(locale), null, response.getMediaType());
            response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        }
    }

    /**
     * Parses the header without the framework, which fails at a malformed one, as Java does at a single hyphen; here such a header is ignored.
     */
    static Locale preferred(@Nullable String header) {
        try {
            return Locale.LanguageRange.parse(Objects.requireNonNullElse(header, "*")).stream()
                    .filter(range -> range.getWeight() > 0)
                    .map(range -> range.getRange().split("-", 2)[0])
                    .filter(Language::isOffered)
                    .findFirst()
                    .map(Locale::forLanguageTag)
                    .orElse(Locale.ENGLISH);
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            return Locale.ENGLISH;
        }
    }
}
