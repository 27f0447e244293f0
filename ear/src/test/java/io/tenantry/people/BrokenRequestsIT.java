package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.isolation.RawConnection;
import io.tenantry.it.Deployments;
import io.tenantry.it.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests that arrive broken at the application get a response about the error, never an internal failure. */
@RunAsClient
@Tag("full")
class BrokenRequestsIT extends Deployments {
    private static final String BRAND = "broken-a";
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
    private static final String KEYS = "/portal/ssh-keys";
    private static final Pattern STATE = Pattern.compile("name=\"jakarta.faces.ViewState\"[^>]*value=\"([^\"]*)\"");
    private static final Pattern NONCE = Pattern.compile("nonce=\"([^\"]+)\"");

    private static BrowserTestSetup.Made own;
    private static String key;

    @BeforeAll
    static void makeABrand() {
        own = BrowserTestSetup.billed(BRAND, BrowserTestSetup.brand(BRAND));
        key = BrowserTestSetup.key(BRAND, own);
    }

    @Test
    void rejectsMalformedBodies() {
        try (var olga = olga()) {
            for (var path : List.of("/contact", KEYS)) {
                for (var body : List.of(
                        "--b\r\n\r\n",
                        "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\u0000\"\r\nContent-Type: %%\r\n\r\nx\r\n--b")) {
                    refused(
                            path + " " + body,
                            olga.post(path, "Content-Type: multipart/form-data; boundary=b\r\n", body));
                }
                refused(path, olga.post(path, "Content-Type: multipart/form-data; boundary=\r\n", "x"));
            }
            // A servlet that accepts no files does not read the parts: the required parameter is missing.
            for (var boundary : List.of("b", "")) {
                var head = "Content-Type: multipart/form-data; boundary=" + boundary + "\r\n";
                assertThat(olga.post("/portal/organization", head, "--b\r\n\r\n")
                                .status())
                        .as(head)
                        .isEqualTo(404);
            }
        }
    }

    /** Replaced by U+FFFD, a text would be stored that nobody wrote. */
    @Test
    void refusesTextThatIsNotUtf8() {
        try (var olga = olga()) {
            for (var path : List.of("/api/v1/vps?limit=1&x=%ff", "/api/v1/invoices?q=%c3", "/api/v1/vps/%ff")) {
                var told = olga.get(path, bearer());
                refused(path, told);
                assertThat(told.header("content-type").toString()).as(path).contains("application/problem+json");
                assertThat(told.body()).contains("the URL or a header is malformed");
            }
            for (var path : List.of("/plans?group=%ff", "/portal/services?q=%e4", "/portal/%ff", "/brand.css?v=%ff")) {
                refused(path, olga.get(path));
            }
            assertThat(olga.get("/portal/services?q=%c3%a4%EF%BF%BD").status()).isEqualTo(200);
            refused("form", olga.post("/contact", FORM, "contact%3Aname=%ff"));
            var plain = "Content-Type: application/x-www-form-urlencoded; charset=\r\n";
            assertThat(olga.post("/contact", plain, "a=b").status()).isLessThan(500);
            var head = "Content-Type: multipart/form-data; boundary=b\r\n";
            var field = "--b\r\nContent-Disposition: form-data; name=\"f\"\r\nContent-Transfer-Encoding: ";
            refused("multipart", olga.post(KEYS, head, field + "base64\r\n\r\n/w==\r\n--b--\r\n"));
            refused("multipart", olga.post(KEYS, head, field + "8bit\r\n\r\n\u00e4\r\n--b--\r\n"));
            assertThat(olga.post(KEYS, head, field + "8bit\r\n\r\n\u00c3\u00a4\r\n--b--\r\n")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void ignoresMultipartPartsWithoutName() {
        try (var olga = olga()) {
            var part = "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--";
            assertThat(olga.post(KEYS, "Content-Type: multipart/form-data; boundary=b\r\n", part)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void rejectsPostWithoutViewState() {
        try (var olga = olga()) {
            for (var path : List.of("/contact", KEYS)) {
                refused(path, olga.post(path, FORM, "jakarta.faces.ViewState=stateless"));
                // The application's scripts send the nonce of their document.
                var script = olga.post(path, FORM + "Faces-Request: partial/ajax\r\n", "jakarta.faces.ViewState=1%3A2");
                assertThat(script.status()).as(path).isEqualTo(400);
            }
            var expired = olga.post("/contact", FORM, "jakarta.faces.ViewState=1%3A2");
            assertThat(expired.status()).isEqualTo(409);
            assertThat(expired.body()).contains("This page has expired");
        }
    }

    /** Any site can lead a browser to such a URL, and Faces would sign it in. */
    @Test
    void rejectsFormSubmissionByGet() {
        try (var stranger = new Reader(BRAND + ".localhost", "en")) {
            var form = "door=door&door%3Aenter=x&door%3Aemail=olga%40kiosk.example&door%3Apassword="
                    + BrowserTestSetup.PASSWORD;
            var fresh = stranger.get("/sign-in?" + form + "&jakarta.faces.ViewState=1%3A2");
            refused("fresh", fresh);
            assertThat(fresh.header("set-cookie")).isEmpty();
            var state = first(STATE, stranger.get("/sign-in").body());
            refused("own", stranger.get("/sign-in?" + form + "&jakarta.faces.ViewState=" + state));
            assertThat(stranger.get("/portal/me").status()).isEqualTo(302);
            assertThat(stranger.post("/sign-in", FORM, form + "&jakarta.faces.ViewState=" + state)
                            .status())
                    .isEqualTo(302);
            assertThat(stranger.get("/portal/me").status()).isEqualTo(200);
        }
    }

    @Test
    void rejectsOrIgnoresNonNumericWeights() {
        try (var reader = new Reader(BRAND + ".localhost", "en")) {
            for (var weight : List.of("", " ", "\"\"", "\"", "abc", "NaN")) {
                var accept = "Accept: application/json;q=" + weight + "\r\n";
                var told = reader.get("/api/v1/me", bearer() + accept);
                refused(accept, told);
                assertThat(told.header("content-type").toString()).contains("application/problem+json");
                assertThat(told.body()).contains("the Accept header is not a list of media types");
                assertThat(reader.get("/contact", accept).status()).as(accept).isEqualTo(200);
                assertThat(reader.get("/nothing/there", accept).status())
                        .as(accept)
                        .isEqualTo(404);
                var sent = reader.send(
                        "POST",
                        "/api/v1/ssh-keys",
                        bearer() + "Idempotency-Key: " + UUID.randomUUID() + "\r\nContent-Type: application/json;q="
                                + weight + "\r\n",
                        "{}");
                refused(weight, sent);
                assertThat(sent.body()).contains("the Content-Type header is not a media type");
            }
            for (var language : List.of("-", "--", "-de")) {
                var told = reader.get("/api/v1/nothing", bearer() + "Accept-Language: " + language + "\r\n");
                assertThat(told.status()).as(language).isEqualTo(404);
            }
        }
    }

    @Test
    void rejectsUrlsThatAreNoUris() {
        try (var program = new Reader(BRAND + ".localhost", "en")) {
            for (var path : List.of("/invoices/[]", "/invoices/[]/download", "/vps/a]?x=1", "/team/[", "/nothing/[]")) {
                var told = program.get("/api/v1" + path, bearer());
                refused(path, told);
                assertThat(told.header("content-type").toString()).as(path).contains("application/problem+json");
                assertThat(told.body()).contains("the URL or a header is malformed");
            }
            assertThat(program.get("/api/v1/vps?x=[]", bearer()).status()).isEqualTo(200);
            for (var path : List.of("/[", "/portal/[]", "/brand/[]", "/jakarta.faces.resource/[].xhtml")) {
                assertThat(program.get(path).status()).as(path).isLessThan(500);
            }
            // The server's parser answers these without a body, before any handler.
            for (var path : List.of("/invoices/%", "/invoices/%zz", "/invoices/{}", "/invoices/a|b", "/invoices?x=%")) {
                assertThat(program.get("/api/v1" + path, bearer()).status())
                        .as(path)
                        .isEqualTo(400);
            }
        }
    }

    @Test
    void rejectsMalformedCookies() {
        try (var wire = new Reader(BRAND + ".localhost", "\u00FF")) {
            for (var path : List.of("/", "/brand.css", "/api/v1/me", "/nothing")) {
                assertThat(wire.get(path).status()).as(path).isEqualTo(400);
            }
        }
    }

    @Test
    void ajaxRequestForRemovedObjectSaysSo() {
        try (var olga = olga()) {
            var page = olga.get("/portal/invoice?id=" + own.id("invoice")).body();
            var gone = olga.post(
                    "/portal/invoice?id=" + UUID.randomUUID(),
                    FORM + "Faces-Request: partial/ajax\r\n",
                    "jakarta.faces.partial.ajax=true&jakarta.faces.source=x&jakarta.faces.partial.execute=x"
                            + "&jakarta.faces.partial.render=%40all&jakarta.faces.ViewState=" + first(STATE, page)
                            + "&primefaces.nonce=" + first(NONCE, page));
            assertThat(gone.status()).isEqualTo(200);
            assertThat(gone.body())
                    .contains("<partial-response", "Page not found")
                    .doesNotContain("went wrong");
        }
    }

    @Test
    void reportsOverlongTextAtItsField() {
        try (var olga = olga()) {
            var page = olga.get(KEYS).body();
            var told = olga.post(
                    KEYS,
                    FORM,
                    "key=key&key%3Ado=x&key%3Aname=n&key%3Aline=" + "x".repeat(20_001) + "&jakarta.faces.ViewState="
                            + first(STATE, page));
            assertThat(told.status()).isEqualTo(200);
            assertThat(told.body()).contains("Enter at most 20,000 characters.");
        }
    }

    @Test
    void reportsExpiredViewState() {
        try (var sam = new Reader(BRAND + ".localhost", "en")) {
            sam.signIn("sam@" + BRAND + ".example", BrowserTestSetup.PASSWORD);
            var path = "/staff/customer?id=" + own.id("organization");
            var page = sam.get(path).body();
            for (var others = 0; others < 20; others++) {
                sam.get("/staff/plans");
            }
            var form =
                    "limit=limit&limit%3Ado=x&limit%3Alimit-amount=much&jakarta.faces.ViewState=" + first(STATE, page);
            var told = sam.post(path, FORM, form);
            assertThat(told.status()).isEqualTo(409);
            assertThat(told.body()).contains("This page has expired");
            page = sam.get(path).body();
            form = "limit=limit&limit%3Ado=x&limit%3Alimit-amount=much&jakarta.faces.ViewState=" + first(STATE, page);
            assertThat(sam.post(path, FORM, form).status()).isEqualTo(200);
        }
    }

    /** A neighbor under the same domain can set cookies for a whole domain. */
    @Test
    void refusesTooManyCookies() throws IOException {
        var cookies = IntStream.range(0, 60).mapToObj(one -> "c" + one + "=x").collect(Collectors.joining("; "));
        for (var path : List.of("/", "/healthz", "/api/v1/me", "/no-such-page")) {
            try (var rawConnection = new RawConnection(Integer.getInteger(RunningServer.HTTP_PORT))) {
                var answer = rawConnection.send("GET " + path + " HTTP/1.1\r\nHost: " + BRAND + ".localhost:"
                        + Integer.getInteger(RunningServer.HTTP_PORT) + "\r\nCookie: " + cookies + "\r\n\r\n");
                assertThat(answer.status()).as(path).isEqualTo(400);
                assertThat(answer.body()).as(path).contains("too many cookies");
            }
        }
    }

    /** A second click before the first response: each of both finds the state of the page, of which two steps are kept. */
    @Test
    void answersBothOfTwoConcurrentPosts() {
        try (var sam = new Reader(BRAND + ".localhost", "en")) {
            sam.signIn("sam@" + BRAND + ".example", BrowserTestSetup.PASSWORD);
            var path = "/staff/customer?id=" + own.id("organization");
            var form = "limit=limit&limit%3Ado=x&limit%3Alimit-amount=much&jakarta.faces.ViewState="
                    + first(STATE, sam.get(path).body());
            var request = "POST " + path + " HTTP/1.1\r\nHost: " + BRAND + ".localhost:"
                    + Integer.getInteger(RunningServer.HTTP_PORT) + "\r\nCookie: " + sam.cookies()
                    + "\r\nSec-Fetch-Site: same-origin\r\n" + FORM + "Content-Length: " + form.length() + "\r\n\r\n"
                    + form;
            var answers = Stream.generate(() -> CompletableFuture.supplyAsync(() -> status(request)))
                    .limit(2)
                    .toList();
            assertThat(answers).extracting(CompletableFuture::join).containsOnly(200);
        }
    }

    private static int status(String request) {
        try (var rawConnection = new RawConnection(Integer.getInteger(RunningServer.HTTP_PORT))) {
            return rawConnection.send(request).status();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void platformHostHasNoStorefront() {
        try (var stranger = new Reader("platform.localhost", "en")) {
            for (var path : List.of(
                    "/plans?group=x", "/plans?currency=EUR", "/regions?group=x", "/legal?text=x", "/status?x=y")) {
                assertThat(stranger.get(path).status()).as(path).isEqualTo(404);
            }
        }
    }

    @Test
    void noErrorPageNamesClasses() {
        try (var reader = new Reader(BRAND + ".localhost", "en")) {
            for (var path : List.of("/", "/contact", "/nothing/there")) {
                assertThat(reader.get(path).body()).doesNotContain("Exception", "jakarta.faces.application");
            }
        }
    }

    private static void refused(String what, RawConnection.Answer answer) {
        assertThat(answer.status()).as(what).isEqualTo(400);
        assertThat(answer.body()).as(what).isNotEmpty().doesNotContain("Exception");
    }

    private static String first(Pattern pattern, String page) {
        var found = pattern.matcher(page);
        assertThat(found.find()).isTrue();
        return URLEncoder.encode(found.group(1), StandardCharsets.UTF_8);
    }

    private static String bearer() {
        return "Authorization: Bearer " + key + "\r\n";
    }

    private static Reader olga() {
        var reader = new Reader(BRAND + ".localhost", "en");
        reader.signIn("olga@kiosk.example", BrowserTestSetup.PASSWORD);
        return reader;
    }
}
