package io.tenantry.tenancy;

/** Thrown if data is accessed without entering a tenant or the platform. Always a programming error, never a user's. */
public final class NoTenantException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    NoTenantException() {
        super("no tenant is entered on this thread");
    }
}
