package io.tenantry.web.tenancy;

import io.tenantry.tenancy.Tenant;
import jakarta.servlet.ServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a request has arrived, by its host name. */
public sealed interface HostResolution {
    /** At the platform's own host. */
    record Platform() implements HostResolution {}

    /** At a host of an open tenant. */
    record AtTenant(Tenant tenant) implements HostResolution {}

    /** At a host of a tenant whose portal is closed for now. */
    record Closed(Tenant tenant) implements HostResolution {}

    /** At a host that leads nowhere. */
    record Misdirected() implements HostResolution {}

    /** At a path that is the same on every host and has no tenant: health. */
    record Anywhere() implements HostResolution {}

    /** At a time when the directory cannot be read, or when the tenant is on its way to another cell. */
    record TooEarly() implements HostResolution {}

    /** The arrival of a request that {@link TenantListener} has seen. */
    static HostResolution of(ServletRequest request) {
        return request.getAttribute(HostResolution.class.getName()) instanceof HostResolution hostResolution
                ? hostResolution
                : new Misdirected();
    }

    /** A host name as the directory knows it: lower case, without port and without the final dot of the root. */
    public static String host(@Nullable String name) {
        if (name == null) {
            return "";
        }
        var host = name.toLowerCase(Locale.ROOT);
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}
