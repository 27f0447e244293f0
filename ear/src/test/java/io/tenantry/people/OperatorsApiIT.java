package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.tenantry.isolation.RawConnection;
import io.tenantry.it.Deployments;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Invalid requests of operators' API clients get a specific error, and a key without permission changes nothing. */
@RunAsClient
class OperatorsApiIT extends Deployments {
    private static final String HOST = "platform.localhost";
    private static final String BRAND = "operated";
    private static final String OPERATOR = "paula@platform.example";
    private static final String TENANTS = "/reseller/tenants";
    private static final String RUNS = "/admin/billing/runs";
    private static final int TOO_MANY = 429;
    private static final Pattern ENTRAILS =
            Pattern.compile("(?i)resteasy|jakarta\\.|java\\.lang|io\\.tenantry|org\\.jboss|yasson|postgres|exception");

    private static String key;
    private static String looking;

    private final List<String> faults = new ArrayList<>();

    @BeforeAll
    static void prepare() {
        BrowserTestSetup.brand(BRAND);
        BrowserTestSetup.operator(OPERATOR);
        key = BrowserTestSetup.operatorKey(OPERATOR, true);
        looking = BrowserTestSetup.operatorKey(OPERATOR, false);
    }

    @Test
    void noParameterCausesServerError() {
        try (var program = new Reader(HOST, "en")) {
            for (var text : HostilePages.TEXTS) {
                for (var action : List.of("", "/suspend", "/resume")) {
                    told(send(program, action.isEmpty() ? "GET" : "POST", TENANTS + "/" + text + action, ""), text);
                }
                told(send(program, "POST", RUNS + "/" + text + "/retry", ""), text);
                for (var name : List.of("tenant", "unfinished", "after", "limit", "unknown")) {
                    told(send(program, "GET", RUNS + "?" + name + "=" + text, ""), name + "=" + text);
                }
            }
            for (var after : List.of("-1", "1000001", "9223372036854775807", "99999999999999999999", "x")) {
                is(send(program, "GET", RUNS + "?after=" + after, ""), 422, "invalid_value");
            }
            for (var id : List.of("0", "-1", "9223372036854775807", "x", "1.5")) {
                is(send(program, "POST", RUNS + "/" + id + "/retry", ""), 404, "not_found");
            }
            is(send(program, "POST", TENANTS + "/nobody/suspend", ""), 404, "not_found");
        }
        assertThat(new TreeSet<>(faults)).isEmpty();
    }

    @Test
    void noBodyCausesServerErrorOrCreatesAnything() {
        try (var program = new Reader(HOST, "en")) {
            var before = send(program, "GET", TENANTS, "").body();
            for (var field : newReseller().keySet()) {
                for (var value : List.of(
                        "null",
                        "1",
                        "1e99",
                        "true",
                        "[]",
                        "{}",
                        "[null]",
                        "[[\"a\"]]",
                        "\"\"",
                        "\"a\\u0000\"",
                        "\"\\u202e\"",
                        "\"" + "x".repeat(5_000) + "\"")) {
                    var request = newReseller();
                    request.add(field, JsonParser.parseString(value));
                    var answer = send(program, "POST", TENANTS, request.toString());
                    told(answer, field + " " + value.substring(0, Math.min(20, value.length())));
                    if (!field.equals("logo") || !List.of("null", "\"\"").contains(value)) {
                        assertThat(answer.status()).as(field + " " + value).isBetween(400, 499);
                    }
                }
            }
            for (var body : List.of("", "x", "null", "1", "[]", "[{}]", "{", "[".repeat(5_000), "{}{}")) {
                told(send(program, "POST", TENANTS, body), body);
            }
            told(send(program, "POST", TENANTS, "{\"logo\":\"" + "A".repeat(2_200_000) + "\"}"), "large");
            for (var type : List.of("text/plain", "application/xml", "nonsense", "multipart/form-data", "")) {
                assertThat(typed(program, type).status()).as(type).isIn(400, 415);
            }
            assertThat(send(program, "GET", TENANTS, "").body()).isEqualTo(before);
        }
        assertThat(new TreeSet<>(faults)).isEmpty();
    }

    @Test
    void reportsInvalidValuesOfNewResellerByField() {
        try (var program = new Reader(HOST, "en")) {
            refused(program, "currency", "\"XAU\"", "unknown");
            refused(program, "locale", "\"de-u-nu-thai\"", "unknown");
            refused(program, "time_zone", "\"Mars/Olympus\"", "unknown");
            var hosts = new JsonArray();
            IntStream.range(0, 51).forEach(number -> hosts.add("h" + number + ".example"));
            refused(program, "hosts", hosts.toString(), "too_many");
            refused(program, "hosts", "[\"operated.localhost\"]", "taken");
            refused(program, "slug", "\"" + BRAND + "\"", "taken");
            var logo = Base64.getEncoder().encodeToString("no picture".getBytes(StandardCharsets.UTF_8));
            refused(program, "logo", "\"" + logo + "\"", "malformed");
        }
    }

    @Test
    void readOnlyKeyChangesNothing() {
        try (var program = new Reader(HOST, "en")) {
            var before = send(program, "GET", TENANTS + "/" + BRAND, "").body();
            for (var path : List.of(
                    TENANTS + "/" + BRAND + "/suspend", TENANTS + "/" + BRAND + "/resume", RUNS, RUNS + "/1/retry")) {
                assertThat(program.send("POST", "/api/v1" + path, heads(looking), "")
                                .status())
                        .as(path)
                        .isEqualTo(403);
            }
            assertThat(program.send(
                                    "POST",
                                    "/api/v1" + TENANTS,
                                    json(looking),
                                    newReseller().toString())
                            .status())
                    .isEqualTo(403);
            assertThat(send(program, "GET", TENANTS + "/" + BRAND, "").body()).isEqualTo(before);
        }
    }

    @Test
    void locksAndUnlocksOwnersAccount() {
        var owners = TENANTS + "/" + BRAND + "/owners";
        try (var program = new Reader(HOST, "en")) {
            var owner = owner(program, owners);
            var path = owners + "/" + owner.get("id").getAsString();
            var reason = "{\"reason\":\"Called by the owner: stolen laptop\"}";
            assertThat(owner.get("state").getAsString()).isEqualTo("active");
            assertThat(program.send("POST", "/api/v1" + path + "/lock", json(looking), reason)
                            .status())
                    .isEqualTo(403);
            is(send(program, "POST", path + "/lock", "{}"), 422, "invalid_value");
            is(send(program, "POST", owners + "/" + UUID.randomUUID() + "/lock", reason), 404, "not_found");
            is(
                    send(program, "POST", TENANTS + "/nobody/owners/" + UUID.randomUUID() + "/lock", reason),
                    404,
                    "not_found");
            assertThat(owner(program, owners)).isEqualTo(owner);

            assertThat(send(program, "POST", path + "/lock", reason).status()).isEqualTo(204);
            assertThat(owner(program, owners).get("state").getAsString()).isEqualTo("locked");
            assertThat(send(program, "POST", path + "/unlock", "").status()).isEqualTo(204);
            assertThat(owner(program, owners).get("state").getAsString()).isNotEqualTo("locked");
        }
    }

    private static JsonObject owner(Reader program, String owners) {
        var answer = send(program, "GET", owners, "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return JsonParser.parseString(answer.body())
                .getAsJsonObject()
                .getAsJsonArray("data")
                .get(0)
                .getAsJsonObject();
    }

    @Test
    void concurrentSuspensionsAndResumptionsSucceedOnce() {
        for (var action : List.of("suspend", "resume")) {
            var both = IntStream.range(0, 2)
                    .mapToObj(unused -> CompletableFuture.supplyAsync(() -> {
                        try (var program = new Reader(HOST, "en")) {
                            return send(program, "POST", TENANTS + "/" + BRAND + "/" + action, "")
                                    .status();
                        }
                    }))
                    .toList();
            assertThat(both.stream().map(CompletableFuture::join)).as(action).containsExactlyInAnyOrder(200, 409);
        }
    }

    private void refused(Reader program, String field, String value, String why) {
        var request = newReseller();
        request.add(field, JsonParser.parseString(value));
        var answer = send(program, "POST", TENANTS, request.toString());
        is(answer, 422, "invalid_value");
        assertThat(answer.body()).contains("\"field\":\"" + field + "\"", "\"reason\":\"" + why + "\"");
    }

    /** A draft of a reseller that is valid except for missing colors: never created. */
    private static JsonObject newReseller() {
        var request = new JsonObject();
        request.addProperty("slug", "fuzzed");
        request.addProperty("name", "Fuzzed");
        var hosts = new JsonArray();
        hosts.add("fuzzed.localhost");
        request.add("hosts", hosts);
        request.addProperty("currency", "EUR");
        request.addProperty("time_zone", "Europe/Berlin");
        request.addProperty("locale", "en");
        request.addProperty("primary", "none");
        request.addProperty("secondary", "#0891b2");
        request.addProperty("accent", "#f59e0b");
        request.addProperty("logo", "");
        request.addProperty("staff_name", "Sam");
        request.addProperty("staff_email", "sam@fuzzed.example");
        return request;
    }

    private static void is(RawConnection.Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(code);
        assertThat(answer.header("content-type").toString()).contains("application/problem+json");
    }

    private void told(RawConnection.Answer answer, String what) {
        if (answer.status() >= 500 || answer.status() == 0) {
            faults.add(what + " is answered with " + answer.status());
        } else if (answer.status() >= 400 && !answer.body().isEmpty()) {
            if (!answer.header("content-type").toString().contains("application/problem+json")) {
                faults.add(what + " is answered as " + answer.header("content-type"));
            }
            if (ENTRAILS.matcher(answer.body()).find()) {
                faults.add(what + " exposes internals: " + answer.body());
            }
        }
    }

    /** Once a key has used up its requests per minute, another key takes over. */
    private static RawConnection.Answer send(Reader program, String method, String path, String body) {
        var answer = once(program, method, path, body);
        if (answer.status() == TOO_MANY) {
            key = BrowserTestSetup.operatorKey(OPERATOR, true);
            answer = once(program, method, path, body);
        }
        return answer;
    }

    private static RawConnection.Answer once(Reader program, String method, String path, String body) {
        return program.send(method, "/api/v1" + path, body.isEmpty() ? heads(key) : json(key), body);
    }

    private static RawConnection.Answer typed(Reader program, String type) {
        var line = type.isEmpty() ? "" : "Content-Type: " + type + "\r\n";
        key = BrowserTestSetup.operatorKey(OPERATOR, true);
        return program.send(
                "POST", "/api/v1" + TENANTS, heads(key) + line, newReseller().toString());
    }

    private static String json(String bearer) {
        return heads(bearer) + "Content-Type: application/json\r\n";
    }

    private static String heads(String bearer) {
        return "Authorization: Bearer " + bearer + "\r\nIdempotency-Key: " + UUID.randomUUID() + "\r\n";
    }
}
