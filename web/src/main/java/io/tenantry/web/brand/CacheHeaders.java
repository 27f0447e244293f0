package io.tenantry.web.brand;

import jakarta.servlet.http.HttpServletResponse;

/** How long browsers may keep what has its version in its address. */
final class CacheHeaders {
    private CacheHeaders() {}

    /** What has no version in its address: some minutes, so that a change is soon seen everywhere. */
    static void forMinutes(HttpServletResponse response) {
        response.setHeader("Cache-Control", "private, max-age=300");
    }

    /** A year, by this browser alone: the same address looks different on another host. */
    static void forAYear(HttpServletResponse response) {
        response.setHeader("Cache-Control", "private, max-age=31536000, immutable");
    }
}
