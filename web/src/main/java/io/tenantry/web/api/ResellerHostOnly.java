package io.tenantry.web.api;

import io.tenantry.tenancy.Tenancy;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Keeps {@link ResellerHost} resources off the platform's host. */
@Provider
@ResellerHost
public class ResellerHostOnly implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        if (Tenancy.scope().tenant().isEmpty()) {
            throw new NotFoundException("not found");
        }
    }
}
