package io.tenantry.web.problem;

import io.tenantry.web.shell.Language;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.Locale;

/** Gives problems their title in the first language of {@code Accept-Language} that there are texts in; in English for all others. */
@Provider
public class ProblemLanguage implements ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof Problem problem) {
            var locale = request.getAcceptableLanguages().stream()
                    .filter(one -> Language.isOffered(one.getLanguage()))
                    .findFirst()
                    .orElse(Locale.ENGLISH);
            response.setEntity(problem.in(locale), null, response.getMediaType());
            response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        }
    }
}
