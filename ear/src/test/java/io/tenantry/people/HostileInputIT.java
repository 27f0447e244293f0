package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.tenantry.isolation.RawConnection;
import io.tenantry.it.Deployments;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Every API operation, and every URL and field of the pages, with hostile texts and values: the response is about the input, never an internal
 * failure, and never contains the name of a class or library.
 */
@RunAsClient
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("full")
class HostileInputIT extends Deployments {
    private static final String BRAND = "hostile-a";
    private static final String OPERATOR = "ines@platform.example";

    private static final List<String> PARAMETERS = List.of(
            "organization_id",
            "wallet_id",
            "after",
            "limit",
            "kind",
            "state",
            "month",
            "format",
            "language",
            "all",
            "search",
            "plan_id",
            "region",
            "tenant",
            "unfinished");

    private static final List<String> FIELDS = List.of(
            "organization_id",
            "name",
            "plan_id",
            "region",
            "image",
            "ssh_key_ids",
            "script_id",
            "script_answers",
            "backups",
            "volume_gib",
            "additional_addresses",
            "action",
            "locked",
            "public_key",
            "slug",
            "hosts",
            "currency",
            "time_zone",
            "locale",
            "primary",
            "logo",
            "staff_name",
            "staff_email");

    private static final int TOO_MANY = 429;

    private static final Pattern ENTRAILS = Pattern.compile(
            "(?i)resteasy|jakarta\\.|java\\.lang|io\\.tenantry|org\\.jboss|yasson|parsson|postgres|psql|hibernate|undertow|exception");

    private static BrowserTestSetup.Made own;
    private static String key;

    private final List<String> faults = new ArrayList<>();
    private int asked;

    @BeforeAll
    static void makeABrand() {
        own = BrowserTestSetup.billed(BRAND, BrowserTestSetup.brand(BRAND));
        key = BrowserTestSetup.key(BRAND, own);
    }

    @Test
    void apiReportsWhatIsInvalid() {
        try (var program = new Reader(BRAND + ".localhost", "en")) {
            var paths = JsonParser.parseString(
                            program.get("/api/v1/openapi.json").body())
                    .getAsJsonObject()
                    .getAsJsonObject("paths");
            for (var path : paths.entrySet()) {
                for (var method : path.getValue().getAsJsonObject().entrySet()) {
                    if (method.getValue() instanceof JsonObject operation) {
                        parameters(program, method.getKey(), path.getKey());
                        if (operation.has("requestBody")) {
                            bodies(program, method.getKey(), path.getKey());
                        }
                    }
                }
                otherMethods(program, path.getKey());
            }
        }
        assertThat(asked).isGreaterThan(500);
        assertThat(new TreeSet<>(faults)).isEmpty();
    }

    @Test
    void frameworkErrorsAreProblems() {
        try (var program = new Reader(BRAND + ".localhost", "en")) {
            for (var value : List.of("99999999999", "abc", "2.5", "", "0x1", "-1", "0")) {
                var answer = call(program, "GET", "/invoices?limit=" + value, "");
                is(answer, 422, "invalid_value");
                assertThat(answer.body()).contains("\"field\":\"limit\"");
            }
            is(call(program, "GET", "/vps?all=maybe", ""), 422, "invalid_value");
            is(call(program, "GET", "/vps?search=%00", ""), 422, "invalid_value");
            is(call(program, "GET", "/nothing/there", ""), 404, "http_404");
            var method = call(program, "PATCH", "/vps", "{}");
            is(method, 405, "http_405");
            assertThat(method.header("allow").toString()).contains("GET", "POST");
            is(program.get("/api/v1/me", heads() + "Accept: text/csv\r\n"), 406, "http_406");
            is(program.get("/api/v1/me", heads() + "Accept: nonsense\r\n"), 400, "http_400");
            is(call(program, "GET", "/vps/%C3%28", ""), 400, "http_400");
            is(
                    program.send("POST", "/api/v1/ssh-keys", heads() + "Content-Type: text/xml\r\n", "<a/>"),
                    415,
                    "http_415");
            assertThat(call(program, "OPTIONS", "/vps", "").header("allow").toString())
                    .contains("GET");
            assertThat(call(program, "OPTIONS", "/vps", "").status()).isLessThan(300);
            assertThat(call(program, "HEAD", "/vps", "").status()).isEqualTo(200);
        }
    }

    @Test
    void bodiesAreReadWithinLimits() {
        try (var program = new Reader(BRAND + ".localhost", "en")) {
            is(key(program, "{\"name\":\"a\\u0000b\",\"public_key\":\"x\"}"), 422, "invalid_value");
            for (var turn : List.of("202a", "202e", "2066", "2069", "200e", "200f", "061c", "ffff")) {
                is(key(program, "{\"name\":\"a\\u" + turn + "b\",\"public_key\":\"x\"}"), 422, "invalid_value");
            }
            assertThat(key(program, "{\"name\":\"a\\ud800\",\"public_key\":\"x\"}")
                            .body())
                    .contains("\"field\":\"name\"", "U+D800");
            is(key(program, "{\"name\":\"a\",\"name\":\"b\"}"), 400, "unreadable");
            is(key(program, "[".repeat(200)), 400, "unreadable");
            is(key(program, "{\"a\":".repeat(200)), 400, "unreadable");
            is(key(program, "{\"name\":{}}"), 422, "invalid_value");
            assertThat(key(program, "{\"name\":{},\"public_key\":1}").body())
                    .contains(
                            "{\"field\":\"name\",\"reason\":\"type\",\"rejected_value\":\"object\"}",
                            "\"field\":\"public_key\"");
            is(key(program, "{\"name\":\"\u00FF\"}"), 400, "unreadable");
            is(key(program, "{\"x\":1e999999999}"), 422, "invalid_value");
            is(key(program, "{\"x\":\"" + "a".repeat(30_000) + "\"}"), 422, "invalid_value");
            is(key(program, "{\"x\":\"" + "a".repeat(2_200_000) + "\"}"), 413, "too_large");
            // A byte order mark is skipped: the error is then about the key.
            assertThat(key(program, "\u00EF\u00BB\u00BF{\"name\":\"a\",\"public_key\":\"x\"}")
                            .body())
                    .contains("\"field\":\"public_key\"");
        }
    }

    @Test
    void pagesAnswerAnyParameters() {
        var pages = new HostilePages();
        try (var olga = signedIn("olga@kiosk.example");
                var sam = signedIn("sam@" + BRAND + ".example")) {
            pages.inspect(olga, Places.ofCustomers(own));
            pages.inspect(sam, places());
            for (var path : servlets()) {
                pages.plain(olga, path);
                pages.plain(sam, path);
            }
        }
        assertThat(pages.asked()).isGreaterThan(500);
        assertThat(new TreeSet<>(pages.faults())).isEmpty();
    }

    /** Last: it presses every button, also those that revoke keys and end sessions. */
    @Test
    @Order(Integer.MAX_VALUE)
    void formsAnswerAnyInput() {
        var pages = new HostilePages();
        try (var stranger = new Reader(BRAND + ".localhost", "en");
                var olga = signedIn("olga@kiosk.example");
                var sam = signedIn("sam@" + BRAND + ".example")) {
            for (var path : List.of("/sign-in", "/forgot", "/contact")) {
                pages.press(stranger, path);
            }
            Places.ofCustomers(own).forEach(place -> pages.press(olga, place.path()));
            places().forEach(place -> pages.press(sam, place.path()));
        }
        assertThat(pages.asked()).isGreaterThan(100);
        assertThat(new TreeSet<>(pages.faults())).isEmpty();
    }

    @Test
    void operatorPagesAnswerAnyParameters() {
        var pages = new HostilePages();
        try (var ines = operator()) {
            pages.inspect(ines, operatorsPlaces());
            WhiteLabelIT.servlets().forEach(path -> pages.plain(ines, path));
        }
        assertThat(pages.asked()).isGreaterThan(300);
        assertThat(new TreeSet<>(pages.faults())).isEmpty();
    }

    @Test
    void operatorFormsAnswerAnyInput() {
        var pages = new HostilePages();
        try (var ines = operator()) {
            operatorsPlaces().forEach(place -> pages.type(ines, place.path()));
        }
        assertThat(pages.asked()).isGreaterThan(50);
        assertThat(new TreeSet<>(pages.faults())).isEmpty();
    }

    private void parameters(Reader program, String verb, String path) {
        for (var text : HostilePages.TEXTS) {
            var method = verb.toUpperCase(Locale.ROOT);
            if (path.contains("{")) {
                program(program, method, path.replaceAll("\\{[a-z]+}", text), "{}");
            }
            var query = new StringBuilder();
            for (var name : PARAMETERS) {
                query.append(query.isEmpty() ? "?" : "&")
                        .append(name)
                        .append('=')
                        .append(text);
            }
            program(program, method, path.replace("{id}", own.id("invoice")) + query, "{}");
            // Also one at a time, a different one with each text: the first error hides the others.
            var alone = PARAMETERS.get((asked + path.length()) % PARAMETERS.size());
            program(program, method, path.replace("{id}", own.id("service")) + "?" + alone + "=" + text, "{}");
        }
    }

    private void bodies(Reader program, String verb, String path) {
        var address = path.replace("{id}", own.id("service")).replace("{slug}", "none");
        var values = new ArrayList<>(List.of(
                "null",
                "1",
                "-1",
                "1.5",
                "1e99",
                "99999999999999999999",
                "true",
                "[]",
                "{}",
                "[[]]",
                "\"\"",
                "\"a\\u0000\"",
                "\"\\ud800\"",
                "\"\\ufffe\"",
                "\"\\u202e\"",
                "\"a\\u2066b\"",
                "\"a\\u200eb\"",
                "\"\\u00a0\\u200b\"",
                "\"" + "x".repeat(5_000) + "\"",
                "[null]",
                "[1]",
                "{\"a\":null}"));
        for (var value : values) {
            var all = new StringBuilder();
            for (var name : FIELDS) {
                all.append(all.isEmpty() ? "" : ",")
                        .append('"')
                        .append(name)
                        .append("\":")
                        .append(value);
            }
            for (var at = asked % 6; at < FIELDS.size(); at += 6) {
                program(program, verb.toUpperCase(Locale.ROOT), address, "{\"" + FIELDS.get(at) + "\":" + value + "}");
            }
            program(program, verb.toUpperCase(Locale.ROOT), address, "{" + all + "}");
            program(program, verb.toUpperCase(Locale.ROOT), address, value);
        }
        for (var body :
                List.of("", "x", "{", "{\"a\"}", "[".repeat(5_000), "\u0000", "{\"a\":\"\u00FF\u00FE\"}", "{}{}")) {
            program(program, verb.toUpperCase(Locale.ROOT), address, body);
        }
        for (var type :
                List.of("text/plain", "application/xml", "nonsense", "application/json; charset=UTF-16", "a/b/c")) {
            told(
                    verb + " " + path + " as " + type,
                    program.send(
                            verb.toUpperCase(Locale.ROOT),
                            "/api/v1" + address,
                            heads() + "Content-Type: " + type + "\r\n",
                            "{}"));
        }
    }

    private void otherMethods(Reader program, String path) {
        var address = path.replaceAll("\\{[a-z]+}", own.id("service"));
        for (var method : List.of("PUT", "PATCH", "OPTIONS", "DELETE", "LINK")) {
            if (!method.equals("DELETE") || !path.endsWith("{id}")) {
                program(program, method, address, "{}");
            }
        }
        for (var accept : List.of("text/html", "nonsense", "application/xml;q=2", "*/*;q=0")) {
            told(path + " for " + accept, program.get("/api/v1" + address, heads() + "Accept: " + accept + "\r\n"));
        }
    }

    private void program(Reader program, String method, String address, String body) {
        told(method + " " + shown(address) + " " + shown(body), call(program, method, address, body));
    }

    /** Not an internal failure; every refusal is a problem document without internal names. */
    private void told(String what, RawConnection.Answer answer) {
        asked++;
        if (answer.status() >= 500 || answer.status() == 0) {
            faults.add(what + " is answered with " + answer.status());
        } else if (answer.status() >= 400) {
            // Responses of the server before the application sees the request have no body.
            if (!answer.body().isEmpty()
                    && !answer.header("content-type").toString().contains("application/problem+json")) {
                faults.add(what + " is answered with " + answer.status() + " as " + answer.header("content-type"));
            }
            if (ENTRAILS.matcher(answer.body()).find()) {
                faults.add(what + " exposes internals: " + shown(answer.body()));
            }
        }
    }

    /** Once a key has used up its requests per minute, another key takes over. */
    private static RawConnection.Answer call(Reader program, String method, String address, String body) {
        var answer = once(program, method, address, body);
        if (answer.status() == TOO_MANY) {
            key = BrowserTestSetup.key(BRAND, own);
            answer = once(program, method, address, body);
        }
        return answer;
    }

    private static RawConnection.Answer once(Reader program, String method, String address, String body) {
        return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS")
                ? program.send(method, "/api/v1" + address, heads(), "")
                : program.send(method, "/api/v1" + address, heads() + "Content-Type: application/json\r\n", body);
    }

    private static RawConnection.Answer key(Reader program, String body) {
        return call(program, "POST", "/ssh-keys", body);
    }

    private static String heads() {
        return "Authorization: Bearer " + key + "\r\nIdempotency-Key: " + UUID.randomUUID() + "\r\n";
    }

    private static void is(RawConnection.Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("content-type").toString()).contains("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
        assertThat(ENTRAILS.matcher(answer.body()).find()).as(answer.body()).isFalse();
    }

    private static String shown(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80);
    }

    /** Servlets on the hosts of brands. */
    private static List<String> servlets() {
        return WhiteLabelIT.servlets().stream()
                .filter(path -> !path.startsWith("/admin/"))
                .toList();
    }

    private static List<Places.Place> places() {
        return Places.ofStaff(own, "/staff/faq-entry?language=en", "/staff/mails");
    }

    private static List<Places.Place> operatorsPlaces() {
        return Places.ofOperators(own, BRAND, BrowserTestSetup.parkedWork(BRAND));
    }

    private static Reader operator() {
        BrowserTestSetup.operator(OPERATOR);
        var reader = new Reader("platform.localhost", "en");
        reader.signIn(OPERATOR, BrowserTestSetup.PASSWORD);
        return reader;
    }

    private static Reader signedIn(String email) {
        var reader = new Reader(BRAND + ".localhost", "en");
        reader.signIn(email, BrowserTestSetup.PASSWORD);
        return reader;
    }
}
