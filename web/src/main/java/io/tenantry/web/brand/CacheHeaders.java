package io.tenantry.web.brand;

import jakarta.servlet.http.HttpServletResponse;

/** The browser cache durations of resources with and without a version in their address. */
final class CacheHeaders {
    private CacheHeaders() {}

    /** Sets some minutes for resources without a version in their address, so that a change is soon visible everywhere. */
    static void forMinutes(HttpServletResponse response) {
        response.setHeader("Cache-Control", "private, max-age=300");
    }

    /** Sets a year, for this browser alone: the same address shows different content on another host. */
    static void forAYear(HttpServletResponse response) {
        response.setHeader("Cache-Control", "private, max-age=31536000, immutable");
    }
}
