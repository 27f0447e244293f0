package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.isolation.RawConnection;
import io.tenantry.it.Deployments;
import io.tenantry.it.RunningServer;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers and cookies of all responses: pages, downloads, and responses of the server itself. */
@RunAsClient
class EdgeIT extends Deployments {
    private static final String BRAND = "edge";
    private static final String HOST = BRAND + ".localhost";
    private static final int FIRST_ERROR = 400;
    private static final Pattern RESOURCE = Pattern.compile("\"(/jakarta[^\"#]+world\\.svg[^\"#]*)");

    @BeforeAll
    static void makeBrand() {
        BrowserTestSetup.brand(BRAND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/home", "/plans", "/regions", "/faq", "/status", "/contact", "/register"})
    void storefrontStartsNoSession(String path) {
        try (var stranger = new Reader(HOST, "en")) {
            var answer = stranger.get(path);
            assertThat(answer.status()).isLessThan(FIRST_ERROR);
            assertThat(answer.header("set-cookie")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/nowhere", "/portal/nowhere", "/admin/tenants", "/legal?text=nothing", "/brand/nothing.png"})
    void errorPagesStartNoSession(String path) {
        try (var stranger = new Reader(HOST, "en")) {
            assertThat(stranger.get(path).header("set-cookie")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sign-in", "/forgot", "/link", "/plans", "/status", "/contact", "/healthz", "/nowhere"})
    void anonymousPagesAreNotCached(String path) {
        try (var stranger = new Reader(HOST, "en")) {
            assertThat(stranger.get(path).header("cache-control")).containsExactly("no-store");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/portal/services",
                "/portal/me",
                "/portal/invoices",
                "/portal/wallet",
                "/plans",
                "/sign-in",
                "/preferences",
                "/portal/nowhere"
            })
    void signedInPagesAreNotCached(String path) {
        try (var olga = new Reader(HOST, "en")) {
            olga.signIn("olga@kiosk.example", BrowserTestSetup.PASSWORD);
            assertThat(String.join(", ", olga.get(path).header("cache-control")))
                    .contains("no-store");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/WEB-INF/web.xml",
                "/META-INF/MANIFEST.MF",
                "/WEB-INF/",
                "/%c0%af",
                "/a%00b",
                "/..%2fetc",
                "/jakarta.faces.resource/%2e%2e/x"
            })
    void containerErrorsHaveSecurityHeaders(String path) {
        try (var stranger = new Reader(HOST, "en")) {
            isProtected(stranger.get(path));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "PURGE"})
    void pagesRejectOtherMethods(String method) {
        try (var stranger = new Reader(HOST, "en")) {
            for (var path : List.of("/sign-in", "/plans", "/brand.css", "/healthz")) {
                var answer = stranger.send(method, path, "", "");
                assertThat(answer.status()).as(path).isEqualTo(405);
                isProtected(answer);
            }
            var unknown = stranger.send(method, "/nowhere", "", "");
            assertThat(unknown.status()).isEqualTo(404);
            isProtected(unknown);
        }
    }

    @Test
    void imagesDeclareTheirCharset() {
        try (var stranger = new Reader(HOST, "en")) {
            var drawing = RESOURCE.matcher(stranger.get("/regions").body());
            assertThat(drawing.find()).isTrue();
            assertThat(stranger.get(drawing.group(1).replace("&amp;", "&")).header("content-type"))
                    .singleElement()
                    .asString()
                    .matches("(?i)image/svg\\+xml; ?charset=utf-8");
        }
    }

    /** The server refuses these before a header can be added, so the response must contain nothing that a header protects. */
    @Test
    void answersUnreadableRequestsWithoutBody() {
        try (var stranger = new Reader(HOST, "en")) {
            for (var answer : List.of(stranger.get("/%zz"), stranger.send("TRACE", "/sign-in", "", ""))) {
                assertThat(answer.status()).isBetween(400, 499);
                assertThat(answer.body()).isEmpty();
            }
        }
    }

    /** The container redirects to folders of the archive before any filter runs, with whatever host a client sent. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/portal",
                "/staff",
                "/admin",
                "/docs",
                "/resources",
                "/resources/js",
                "//portal",
                "/portal;x=1",
                "/%70ortal",
                "/portal/../staff",
                "/portal?x=1"
            })
    void unknownHostIsNotRedirected(String path) {
        try (var stranger = new Reader("evil.example", "en")) {
            for (var answer : List.of(stranger.get(path), stranger.send("POST", path, "Content-Length: 0\r\n", ""))) {
                assertThat(answer.status()).isBetween(FIRST_ERROR, 499);
                assertThat(answer.header("location")).isEmpty();
                assertThat(answer.header("cache-control")).containsExactly("no-store");
            }
            assertThat(stranger.get("/portal").status()).isEqualTo(421);
            assertThat(stranger.get("/WEB-INF").status()).isEqualTo(404);
            assertThat(stranger.get("/WEB-INF").header("location")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: \r\n", "Host: " + HOST + "\r\nHost: evil.example\r\n"})
    void folderIsNotRedirectedForMissingOrDuplicateHost(String hosts) throws IOException {
        try (var wire = new RawConnection(Integer.getInteger(RunningServer.HTTP_PORT))) {
            var answer = wire.sendAlone("GET /portal HTTP/1.1\r\n" + hosts + "\r\n");
            assertThat(answer.status()).isBetween(FIRST_ERROR, 499);
            assertThat(answer.header("location")).isEmpty();
        }
    }

    @Test
    void folderIsFoundWithoutTrailingSlash() {
        try (var olga = new Reader(HOST, "en")) {
            var unknown = olga.get("/portal");
            assertThat(unknown.header("location"))
                    .as("without the host that the client sent")
                    .singleElement()
                    .asString()
                    .startsWith("/sign-in");
            assertThat(unknown.header("cache-control")).containsExactly("no-store");
            assertThat(unknown.header("cross-origin-resource-policy")).containsExactly("same-origin");
            assertThat(olga.get("/docs").status()).isEqualTo(404);
            olga.signIn("olga@kiosk.example", BrowserTestSetup.PASSWORD);
            var answer = olga.get("/portal?organization=1&x=%C3%A4");
            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.header("location")).containsExactly("/portal/?organization=1&x=%C3%A4");
            assertThat(String.join(", ", answer.header("cache-control"))).contains("no-store");
            assertThat(olga.get("/portal/").status()).isEqualTo(200);
        }
    }

    /** The container would drop the parameter and log what the client sent. */
    @Test
    void aFormThatCannotBeDecodedIsRefused() {
        try (var stranger = new Reader(HOST, "en")) {
            var many = "x".repeat(300_000);
            for (var body : List.of(
                    "a=%zz",
                    "%zz=a",
                    "a=%",
                    "a=%4&b=c",
                    "a=b&c=%u00e4",
                    "a=%ff",
                    "a=" + many + "&b=%zz",
                    "a=" + many + "&b=%ff")) {
                var answer = stranger.post("/sign-in", "Content-Type: application/x-www-form-urlencoded\r\n", body);
                assertThat(answer.status())
                        .as(body.substring(0, Math.min(10, body.length())))
                        .isEqualTo(400);
                isProtected(answer);
            }
            assertThat(stranger.get("/plans?x=%zz").status()).isEqualTo(400);
        }
    }

    @Test
    void stalledBodyIsTimedOut() throws IOException {
        try (var rawConnection = new RawConnection(Integer.getInteger(RunningServer.HTTP_PORT))) {
            var answer = rawConnection.sendAlone(
                    "POST /sign-in HTTP/1.1\r\nHost: " + HOST + "\r\nSec-Fetch-Site: same-origin\r\n"
                            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\na=b");
            assertThat(answer.status()).isEqualTo(408);
        }
    }

    private static void isProtected(RawConnection.Answer answer) {
        assertThat(answer.status()).isGreaterThanOrEqualTo(FIRST_ERROR);
        assertThat(answer.header("content-security-policy"))
                .singleElement()
                .satisfies(policy -> assertThat(policy).contains("default-src '", "frame-ancestors 'none'"));
        assertThat(answer.header("x-content-type-options")).containsExactly("nosniff");
        assertThat(answer.header("x-frame-options")).containsExactly("DENY");
        assertThat(answer.header("referrer-policy")).hasSize(1);
    }
}
