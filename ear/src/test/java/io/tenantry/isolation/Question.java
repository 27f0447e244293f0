package io.tenantry.isolation;

import java.util.List;
import java.util.Random;

/**
 * A request to a tenant's host and its expected response.
 *
 * @param header credentials as a header line, or empty
 * @param status expected status
 * @param isNamed whether the response must contain the tenant's canary
 */
record Question(String path, String header, int status, boolean isNamed) {
    private static final String NOBODY = "01900000-0000-7000-8003-00000000ffff";
    private static final List<String> PAGES =
            List.of("/portal/", "/portal/services", "/portal/wallet", "/portal/service?id=");
    private static final List<String> OPEN = List.of("/brand.css", "/sign-in", "/");

    /** Returns a random request of the tenant's people and API clients, or of an outsider. */
    static Question random(Random random, CanaryTenant canaryTenant, CanaryTenant other, int pagesOneIn) {
        return random.nextInt(pagesOneIn) == 0 ? page(random, canaryTenant, other) : api(random, canaryTenant, other);
    }

    private static Question api(Random random, CanaryTenant canaryTenant, CanaryTenant other) {
        var member = "Authorization: Bearer " + canaryTenant.memberKey();
        return switch (random.nextInt(10)) {
            case 0 -> new Question("/api/v1/me", member, 200, true);
            case 1 -> new Question("/api/v1/billing/balance", member, 200, false);
            case 2 -> new Question("/api/v1/transactions?limit=50", member, 200, true);
            case 3 -> new Question("/api/v1/vps", member, 200, true);
            case 4 -> new Question("/api/v1/vps/plans", member, 200, true);
            case 5 -> new Question("/api/v1/vps/" + NOBODY, member, 404, false);
            case 6 -> new Question("/api/v1/me", "X-API-Key: " + canaryTenant.staffKey(), 200, true);
            case 7 ->
                new Question(
                        "/api/v1/vps?organization_id=" + canaryTenant.organization(),
                        "Authorization: Bearer " + other.memberKey(),
                        other.equals(canaryTenant) ? 200 : 401,
                        other.equals(canaryTenant));
            default -> new Question("/api/v1/vps/" + canaryTenant.service(), member, 200, true);
        };
    }

    private static Question page(Random random, CanaryTenant canaryTenant, CanaryTenant other) {
        var page = PAGES.get(random.nextInt(PAGES.size()));
        var address = page.endsWith("=") ? page + canaryTenant.service() : page;
        return switch (random.nextInt(8)) {
            case 0 -> new Question(OPEN.get(random.nextInt(2)), "", 200, false);
            case 1 ->
                other.equals(canaryTenant)
                        ? new Question("/brand.css", "", 200, false)
                        : new Question(address, "Cookie: session=" + tampered(other.cookie()), 302, false);
            default -> new Question(address, "Cookie: session=" + canaryTenant.cookie(), 200, true);
        };
    }

    /** Tampers with another tenant's cookie instead of using it: a session used elsewhere is ended, and its owner still needs it. */
    private static String tampered(String cookie) {
        return new StringBuilder(cookie).reverse().toString();
    }

    String text(String host) {
        return "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + (header.isEmpty() ? "" : header + "\r\n")
                + "\r\n";
    }
}
