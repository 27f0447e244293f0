package io.tenantry.web.portal;

import io.tenantry.web.layout.QueryParameters;
import java.util.Optional;
import java.util.UUID;

/**
 * A plan at the price that was shown with it, as forms submit it: {@code plan/price version}. A price that is published before the form is
 * submitted must not be charged unseen.
 */
record SeenPlan(UUID planId, UUID priceVersionId) {
    private static final String SEPARATOR = "/";

    /** Returns the submitted plan; empty if none was chosen. */
    static Optional<SeenPlan> of(String submitted) {
        var parts = submitted.split(SEPARATOR, -1);
        if (parts.length != 2) {
            return Optional.empty();
        }
        return QueryParameters.id(parts[0])
                .flatMap(plan -> QueryParameters.id(parts[1]).map(price -> new SeenPlan(plan, price)));
    }
}
