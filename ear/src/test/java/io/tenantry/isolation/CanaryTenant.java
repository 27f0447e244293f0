package io.tenantry.isolation;

import io.tenantry.bench.Driver;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A tenant whose slug is its canary and occurs in all of its texts. Its identifiers equal those of every other tenant.
 *
 * @param memberKey key of an organization's owner
 * @param staffKey key of the tenant's staff
 * @param cookie session of the organization's owner
 */
public record CanaryTenant(
        String slug, String memberKey, String staffKey, String organization, String service, String cookie) {
    /** Prefix of every canary, and of no other text. */
    private static final String MARK = "cnry";

    private static final int LENGTH = 12;
    private static final String PASSWORD = "orbit-teapot-nine";
    private static final Pattern VIEW_STATE =
            Pattern.compile("name=\"jakarta.faces.ViewState\"[^>]*value=\"([^\"]*)\"");
    private static final Pattern SESSION = Pattern.compile("session=([^;]+)");

    static String slug(int number) {
        return String.format(Locale.ROOT, "%s%08x", MARK, number * 0x9e3779b1);
    }

    /** Creates a tenant and signs its customer in. */
    static CanaryTenant make(Driver driver, int port, int number) throws IOException {
        var slug = slug(number);
        driver.createUniformTenant(slug, 3, 2, "7.30", "1000");
        var made = driver.plantCanaries(slug);
        return new CanaryTenant(slug, made.get(0), made.get(1), made.get(2), made.get(4), signIn(port, slug));
    }

    String host() {
        return slug + ".localhost";
    }

    /** Returns the first occurrence of another tenant's canary in the text, or empty. */
    String foreignIn(String text) {
        for (var at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, at + MARK.length())) {
            if (!text.startsWith(slug, at)) {
                return text.substring(Math.max(0, at - 80), Math.min(text.length(), at + LENGTH + 40));
            }
        }
        return "";
    }

    /** Signs in the customer of a tenant with canaries; returns the session. */
    public static String signIn(int port, String slug) throws IOException {
        return signIn(port, slug + ".localhost", "member@" + slug + ".example");
    }

    /** Signs in a person with the shared password; returns the session. */
    public static String signIn(int port, String name, String email) throws IOException {
        try (var rawConnection = new RawConnection(port)) {
            var host = "Host: " + name + ":" + port + "\r\n";
            var page = rawConnection.send("GET /sign-in HTTP/1.1\r\n" + host + "\r\n");
            var state = VIEW_STATE.matcher(page.body());
            if (!state.find()) {
                throw new IllegalStateException("no form at the door of " + name + ": " + page);
            }
            var form = form(List.of(
                    "door",
                    "door",
                    "door:enter",
                    "",
                    "door:email",
                    email,
                    "door:password",
                    PASSWORD,
                    "jakarta.faces.ViewState",
                    state.group(1)));
            var answer = rawConnection.send("POST /sign-in HTTP/1.1\r\n" + host + "Cookie: session=" + session(page)
                    + "\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                    + form.length() + "\r\n\r\n" + form);
            if (answer.status() != 302) {
                throw new IllegalStateException(email + " did not come in at " + name + ": " + answer);
            }
            return session(answer);
        }
    }

    private static String session(RawConnection.Answer answer) {
        return answer.header("set-cookie").stream()
                .map(SESSION::matcher)
                .filter(java.util.regex.Matcher::find)
                .map(cookie -> cookie.group(1))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no session came with " + answer));
    }

    private static String form(List<String> fields) {
        var form = new StringBuilder();
        for (var i = 0; i < fields.size(); i += 2) {
            form.append(form.isEmpty() ? "" : "&")
                    .append(URLEncoder.encode(fields.get(i), StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(fields.get(i + 1), StandardCharsets.UTF_8));
        }
        return form.toString();
    }
}
