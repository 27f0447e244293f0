package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.tenantry.isolation.RawConnection;
import io.tenantry.it.Deployments;
import io.tenantry.it.RunningServer;
import io.tenantry.people.Places.Place;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * People and API clients of one brand try every page, form and API method with the identifiers of another brand's objects: the response equals
 * that for nonexistent identifiers, contains nothing of the other brand, and changes nothing there.
 */
@RunAsClient
@Tag("full")
class ForeignIdsIT extends Deployments {
    private static final String OWN = "walk-a";
    private static final String OTHER = "walk-b";

    /** Part of every text of the other brand. */
    private static final String CANARY = "zephyrium";

    /** The tables that an action of a person or an API client would change or be recorded in. */
    private static final List<String> KEPT = List.of(
            "audit_record",
            "bank_transaction_event",
            "bank_import",
            "bank_transaction",
            "bank_profile",
            "bank_row",
            "brand",
            "invoice",
            "invoice_buyer",
            "invoice_number_template",
            "invoice_policy",
            "invoice_seller",
            "journal_entry",
            "membership",
            "organization",
            "plan",
            "plan_tax",
            "posting",
            "price_version",
            "rated_period",
            "service",
            "service_event",
            "ssh_key",
            "staff_member",
            "startup_script",
            "provider_region",
            "tax_pricing",
            "tax_rate",
            "tax_document",
            "exemption_expiry",
            "tax_registration",
            "tax_registration_end",
            "tax_status",
            "wallet",
            "wallet_reservation");

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /** Values that differ on each page: view states, nonces, incident numbers, timestamps. */
    private static final Pattern PASSING = Pattern.compile(
            "(?s)<p class=\"incident\">.*?</p>|csp\\.init[^;]*|value=\"[^\"]*\"|nonce=\"[^\"]*\"|<code[^>]*>[^<]*</code>|\"(incident|instance)\":\"[^\"]*\"|<time[^>]*>[^<]*</time>");

    private static final Pattern VIEW_STATE =
            Pattern.compile("name=\"jakarta.faces.ViewState\"[^>]*value=\"([^\"]*)\"");
    private static final Pattern BUTTON = Pattern.compile("<(?:input|button)[^>]* name=\"([a-z-]+:do)\"[^>]*>");
    private static final Pattern MAIL = Pattern.compile("/staff/mail\\?id=[0-9a-f-]{36}");

    private static final int SHOWN = 60;

    private static BrowserTestSetup.Made own;
    private static BrowserTestSetup.Made theirs;
    private static String key;
    private static String mail;
    private static Map<String, String> before;

    private final List<String> faults = new ArrayList<>();
    private int walked;

    @BeforeAll
    static void makeTwoBrands() throws SQLException {
        own = BrowserTestSetup.billed(OWN, BrowserTestSetup.brand(OWN));
        key = BrowserTestSetup.key(OWN, own);
        theirs = BrowserTestSetup.billed(OTHER, BrowserTestSetup.brand(OTHER));
        try (var connection = RunningServer.get().database().superuser().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("set search_path to t_walk_b");
            for (var table : List.of(
                    "brand",
                    "organization",
                    "service",
                    "plan",
                    "ssh_key",
                    "startup_script",
                    "provider_account",
                    "region",
                    "category")) {
                statement.execute("update " + table + " set name = '" + CANARY + "-' || substr(md5(name), 1, 8)");
            }
        }
        try (var there = signedIn(OTHER, "sam@" + OTHER + ".example")) {
            var found = MAIL.matcher(there.get("/staff/mails").body());
            assertThat(found.find()).isTrue();
            mail = found.group();
        }
        before = contents();
    }

    @Test
    void pagesAnswerForeignIdsLikeUnknownOnes() throws SQLException {
        try (var olga = signedIn(OWN, "olga@kiosk.example");
                var sam = signedIn(OWN, "sam@" + OWN + ".example")) {
            inspect(olga, paths(Places.ofCustomers(theirs)));
            inspect(
                    olga,
                    List.of(
                            "/portal/statement.csv?wallet=" + theirs.id("wallet"),
                            "/portal/charge.csv?day=2026-11-01&wallet=" + theirs.id("wallet"),
                            "/portal/charge.xlsx?entry=1&wallet=" + theirs.id("wallet"),
                            "/portal/invoice.pdf?id=" + theirs.id("invoice"),
                            "/portal/invoice.xml?as=XRECHNUNG_UBL&id=" + theirs.id("invoice"),
                            "/portal/account-statement.pdf?from=2026-11-01&to=2026-11-30&organization="
                                    + theirs.id("organization")));
            inspect(sam, paths(Places.ofStaff(theirs, "/staff/faq-entry?language=en", mail)));
            inspect(
                    sam,
                    List.of(
                            "/staff/statement.csv?wallet=" + theirs.id("wallet"),
                            "/staff/charge.csv?day=2026-11-01&wallet=" + theirs.id("wallet"),
                            "/staff/invoice.pdf?id=" + theirs.id("invoice"),
                            "/staff/bank-import.csv?file=" + theirs.id("bank-import"),
                            "/staff/account-statement.pdf?from=2026-11-01&to=2026-11-30&organization="
                                    + theirs.id("organization"),
                            mail.replace("/staff/mail?", "/staff/mail-preview?")));
        }
        assertThat(walked).isGreaterThanOrEqualTo(15);
        nothingIsToldOrChanged();
    }

    @Test
    void formsTreatForeignIdsLikeUnknownOnes() throws SQLException {
        try (var olga = signedIn(OWN, "olga@kiosk.example");
                var sam = signedIn(OWN, "sam@" + OWN + ".example")) {
            for (var path : WhiteLabelIT.servlets()) {
                if (!path.startsWith("/admin/")) {
                    send(olga, path, everyName());
                    send(sam, path, everyName());
                }
            }
            press(olga, Places.ofCustomers(own), Places.ofCustomers(theirs));
            press(
                    sam,
                    Places.ofStaff(own, "/staff/faq-entry?language=en", "/staff/mails"),
                    Places.ofStaff(theirs, "/staff/faq-entry?language=en", "/staff/mails"));
        }
        assertThat(walked).isGreaterThanOrEqualTo(40);
        nothingIsToldOrChanged();
    }

    @Test
    void apiAnswersForeignIdsLikeUnknownOnes() throws SQLException {
        try (var program = new Reader(OWN + ".localhost", "en")) {
            var paths = JsonParser.parseString(
                            program.get("/api/v1/openapi.json").body())
                    .getAsJsonObject()
                    .getAsJsonObject("paths");
            for (var path : paths.entrySet()) {
                for (var method : path.getValue().getAsJsonObject().entrySet()) {
                    if (method.getValue() instanceof JsonObject) {
                        ask(program, method.getKey().toUpperCase(Locale.ROOT), path.getKey());
                    }
                }
            }
        }
        assertThat(walked).isGreaterThanOrEqualTo(10);
        nothingIsToldOrChanged();
    }

    private void ask(Reader program, String method, String path) {
        var kind = path.startsWith("/ssh-keys") ? "key" : path.startsWith("/invoices") ? "invoice" : "service";
        var address =
                "/api/v1" + path.replace("{id}", theirs.id(kind)) + "?organization_id=" + theirs.id("organization")
                        + "&wallet_id=" + theirs.id("wallet") + "&plan_id=" + theirs.id("small") + "&region=fra1";
        var answer = call(program, method, address, body(theirs.ids()));
        var nothing = call(program, method, withoutIds(address), body(ids()));
        compare(method + " " + path, answer, nothing);
        if (path.contains("{")) {
            assertThat(answer.status()).as(method + " " + path).isBetween(400, 499);
        }
    }

    private static RawConnection.Answer call(Reader program, String method, String address, String body) {
        var heads = "Authorization: Bearer " + key + "\r\nIdempotency-Key: " + UUID.randomUUID() + "\r\n";
        return method.equals("GET")
                ? program.get(address, heads)
                : program.send(method, address, heads + "Content-Type: application/json\r\n", body);
    }

    /** Contains the fields of all methods; unknown fields are ignored. */
    private static String body(Properties ids) {
        var body = new JsonObject();
        body.addProperty("name", "taken-over");
        body.addProperty("region", "fra1");
        body.addProperty("power", "stop");
        body.addProperty("plan_id", ids.getProperty("small"));
        body.addProperty("organization_id", ids.getProperty("organization"));
        body.addProperty("script_id", ids.getProperty("script"));
        return body.toString();
    }

    /** Nonexistent identifiers, by the same names. */
    private static Properties ids() {
        var ids = new Properties();
        theirs.ids()
                .stringPropertyNames()
                .forEach(name -> ids.setProperty(name, UUID.randomUUID().toString()));
        return ids;
    }

    private void inspect(Reader reader, List<String> paths) {
        for (var path : paths) {
            if (ID.matcher(path).find()) {
                compare(path, reader.get(path), reader.get(withoutIds(path)));
            }
        }
    }

    private void compare(String what, RawConnection.Answer answer, RawConnection.Answer nothing) {
        walked++;
        if (answer.text().toLowerCase(Locale.ROOT).contains(CANARY)) {
            faults.add(what + " tells of the other brand");
        }
        if (answer.status() != nothing.status()) {
            faults.add(what + " is answered with " + answer.status() + ", nothing with " + nothing.status());
        } else if (answer.status() >= 400) {
            difference(essence(answer), essence(nothing))
                    .ifPresent(text -> faults.add(what + " is answered otherwise than nothing: " + text));
        }
        if (answer.status() >= 500) {
            faults.add(what + " is answered with " + answer.status());
        }
    }

    /** Returns where the texts begin to differ; empty if they are equal. */
    private static Optional<String> difference(String one, String other) {
        if (one.equals(other)) {
            return Optional.empty();
        }
        var at = 0;
        while (at < Math.min(one.length(), other.length()) && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        var from = Math.max(0, at - SHOWN);
        return Optional.of(one.substring(from, Math.min(one.length(), at + SHOWN)) + " instead of "
                + other.substring(from, Math.min(other.length(), at + SHOWN)));
    }

    /** Removes values that differ between requests. */
    private static String essence(RawConnection.Answer answer) {
        return PASSING.matcher(ID.matcher(answer.body()).replaceAll("")).replaceAll("");
    }

    /** Presses every button of the caller's own pages at the URLs of the other brand's. */
    private void press(Reader reader, List<Place> mine, List<Place> others) {
        for (var at = 0; at < mine.size(); at++) {
            var path = mine.get(at).path();
            if (!ID.matcher(path).find()) {
                continue;
            }
            var page = reader.get(path).body();
            var state = VIEW_STATE.matcher(page);
            if (!state.find()) {
                continue;
            }
            for (var button : new TreeSet<>(
                    BUTTON.matcher(page).results().map(found -> found.group(1)).toList())) {
                var form = new LinkedHashMap<String, String>();
                form.put(button.substring(0, button.indexOf(':')), button.substring(0, button.indexOf(':')));
                form.put(button, button);
                form.put("plan", theirs.id("large"));
                form.put("jakarta.faces.ViewState", state.group(1));
                send(reader, others.get(at).path(), form);
            }
        }
    }

    private void send(Reader reader, String path, Map<String, String> form) {
        walked++;
        var answer = reader.post(path, "Content-Type: application/x-www-form-urlencoded\r\n", encoded(form));
        if (answer.text().toLowerCase(Locale.ROOT).contains(CANARY)) {
            faults.add("POST " + path + " tells of the other brand");
        }
        if (answer.status() >= 500) {
            faults.add("POST " + path + " " + form + " is answered with " + answer.status());
        }
    }

    /** The other brand's identifiers by all form field names. */
    private static Map<String, String> everyName() {
        var form = new LinkedHashMap<String, String>();
        form.put("id", theirs.id("service"));
        form.put("confirmed", "1");
        form.put("service", theirs.id("service"));
        form.put("organization", theirs.id("organization"));
        form.put("wallet", theirs.id("wallet"));
        form.put("plan", theirs.id("small"));
        form.put("account", theirs.id("account"));
        form.put("size", theirs.id("size"));
        form.put("finding", theirs.id("finding"));
        form.put("region", "fra1");
        form.put("reason", "to see what is theirs");
        form.put("name", "taken-over");
        return form;
    }

    private void nothingIsToldOrChanged() throws SQLException {
        assertThat(new TreeSet<>(faults)).isEmpty();
        assertThat(contents()).isEqualTo(before);
    }

    private static Map<String, String> contents() throws SQLException {
        var contents = new TreeMap<String, String>();
        try (var connection = RunningServer.get().database().superuser().getConnection();
                var statement = connection.createStatement()) {
            for (var table : KEPT) {
                try (var row = statement.executeQuery(
                        "select count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') from t_walk_b."
                                + table + " t")) {
                    row.next();
                    contents.put(table, row.getString(1));
                }
            }
        }
        return contents;
    }

    private static Reader signedIn(String slug, String email) {
        var reader = new Reader(slug + ".localhost", "en");
        reader.signIn(email, BrowserTestSetup.PASSWORD);
        return reader;
    }

    private static List<String> paths(List<Place> places) {
        return places.stream().map(Place::path).toList();
    }

    private static String withoutIds(String path) {
        return ID.matcher(path).replaceAll(found -> UUID.randomUUID().toString());
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
