package io.tenantry.tenancy;

/** Somebody asked for data without having entered a tenant (or the platform). A fault of ours, never of a user. */
public final class NoTenantException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    NoTenantException() {
        super("no tenant is entered on this thread");
    }
}
