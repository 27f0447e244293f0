package io.tenantry.web.tenancy;

import io.tenantry.tenancy.Tenant;
import jakarta.servlet.ServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The resolution of a request's host name. */
public sealed interface HostResolution {
    /** The platform's own host. */
    record Platform() implements HostResolution {}

    /** A host of an active tenant. */
    record TenantHost(Tenant tenant) implements HostResolution {}

    /** A host of a tenant whose portal is currently closed. */
    record Closed(Tenant tenant) implements HostResolution {}

    /** An unknown host. */
    record Misdirected() implements HostResolution {}

    /** A path that is the same on every host and has no tenant: health. */
    record AnyHost() implements HostResolution {}

    /** The directory cannot be read, or the tenant is being moved to another cell. */
    record Unavailable() implements HostResolution {}

    /** Returns the resolution of a request that {@link TenantListener} has processed. */
    static HostResolution of(ServletRequest request) {
        return request.getAttribute(HostResolution.class.getName()) instanceof HostResolution hostResolution
                ? hostResolution
                : new Misdirected();
    }

    /** Returns a host name as the directory stores it: lower case, without port and without the final dot of the root. */
    public static String host(@Nullable String name) {
        if (name == null) {
            return "";
        }
        var host = name.toLowerCase(Locale.ROOT);
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}
