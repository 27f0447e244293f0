package io.tenantry.web.api;

import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Keeps {@link PlatformHost} resources off other hosts. */
@Provider
@PlatformHost
public class PlatformHostOnly implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        if (!Tenancy.scope().equals(Scope.PLATFORM)) {
            throw new NotFoundException("not found");
        }
    }
}
