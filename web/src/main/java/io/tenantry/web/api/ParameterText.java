package io.tenantry.web.api;

import io.tenantry.text.InputText;
import io.tenantry.web.problem.Problem.FieldError;
import io.tenantry.web.problem.ProblemException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A filter that rejects parameters of paths, queries and headers that contain characters that no text may contain, before a resource reads
 * them.
 */
@Provider
public class ParameterText implements ContainerRequestFilter {
    private static final int LENGTH_MAX = 1_000;

    @Override
    public void filter(ContainerRequestContext request) {
        var errors = new ArrayList<FieldError>();
        check(request.getUriInfo().getQueryParameters(), errors);
        check(request.getUriInfo().getPathParameters(), errors);
        var key = request.getHeaderString(IdempotentRequests.HEADER);
        if (key != null) {
            check(Map.of(IdempotentRequests.HEADER, List.of(key)), errors);
        }
        if (!errors.isEmpty()) {
            throw ProblemException.fields(errors);
        }
    }

    private static void check(Map<String, List<String>> parameters, List<FieldError> errors) {
        parameters.forEach((name, values) -> {
            var called = InputText.searchTerm(name);
            if (!InputText.isStorable(name) || values.stream().anyMatch(value -> !InputText.isStorable(value))) {
                errors.add(new FieldError(called, "character", ""));
            } else if (values.stream().anyMatch(value -> value.length() > LENGTH_MAX)) {
                errors.add(new FieldError(called, "too_long", ""));
            }
        });
    }
}
