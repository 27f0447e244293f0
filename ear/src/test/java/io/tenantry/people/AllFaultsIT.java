package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.tenantry.it.Deployments;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One response reports everything that is wrong with a request. */
@RunAsClient
@Tag("full")
class AllFaultsIT extends Deployments {
    private static final String BRAND = "faults-a";
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
    private static final Pattern STATE = Pattern.compile("name=\"jakarta.faces.ViewState\"[^>]*value=\"([^\"]*)\"");

    private static BrowserTestSetup.Made own;
    private static String key;

    @BeforeAll
    static void makeABrand() {
        own = BrowserTestSetup.billed(BRAND, BrowserTestSetup.brand(BRAND));
        key = BrowserTestSetup.key(BRAND, own);
    }

    @Test
    void apiReportsAllInvalidFields() {
        try (var program = new Reader(BRAND + ".localhost", "en")) {
            assertThat(fields(program, "/members", "{'name':'','email':'','role':''}"))
                    .containsExactlyInAnyOrder("name", "email", "role");
            assertThat(fields(program, "/ssh-keys", "{'name':'" + "x".repeat(81) + "','public_key':'x'}"))
                    .containsExactlyInAnyOrder("name", "public_key");
            assertThat(fields(
                            program,
                            "/vps",
                            "{'name':'-','plan_id':'x','region':'','volume_gib':-1,'additional_addresses':1e99}"))
                    .containsExactlyInAnyOrder("name", "plan_id", "region", "volume_gib", "additional_addresses");
        }
    }

    @Test
    void moneyFormsReportAmountsAndReasons() {
        try (var sam = new Reader(BRAND + ".localhost", "en")) {
            sam.signIn("sam@" + BRAND + ".example", BrowserTestSetup.PASSWORD);
            var customer = "/staff/customer?id=" + own.id("organization");
            assertThat(submitted(
                            sam,
                            customer,
                            "move",
                            Map.of("direction", "credit", "ground", "PAYMENT", "amount", "12.345", "reason", "")))
                    .contains("no more decimal places than the currency allows", "id=\"move:reason_error\"")
                    .contains("Enter a reason");
            assertThat(submitted(
                            sam,
                            customer,
                            "move",
                            Map.of(
                                    "direction",
                                    "credit",
                                    "ground",
                                    "PAYMENT",
                                    "amount",
                                    "0",
                                    "reason",
                                    "x".repeat(500))))
                    .contains("Enter an amount above zero", "Enter at most 200 characters");
            for (var kind : List.of("credit", "debit")) {
                assertThat(submitted(
                                sam,
                                "/staff/invoice?" + kind + "=" + own.id("invoice"),
                                kind,
                                Map.of("rows:0:amount", "0.001", "reason", "")))
                        .as(kind)
                        .contains(
                                "no more decimal places than the currency allows",
                                "Enter a reason of up to 200 characters");
            }
        }
    }

    @Test
    void brandEditorReportsEachLinkAndKeepsItsText() {
        try (var sam = new Reader(BRAND + ".localhost", "en")) {
            sam.signIn("sam@" + BRAND + ".example", BrowserTestSetup.PASSWORD);
            var page = submitted(
                    sam,
                    "/staff/brand",
                    "brand",
                    Map.of(
                            "rows:0:label",
                            "Imp\u202eressum",
                            "rows:1:url",
                            "https://a\u202eb.example",
                            "name",
                            "Faults"));
            assertThat(page).contains("changes the text direction");
            assertThat(message(page, "brand:rows:0:label")).contains("changes the text direction");
            assertThat(message(page, "brand:rows:1:url")).contains("changes the text direction");
            assertThat(page).contains("ressum");
        }
    }

    private static String message(String page, String input) {
        var start = page.indexOf("id=\"" + input + "_error\"");
        return start < 0 ? "" : page.substring(start, page.indexOf("</div>", start));
    }

    private static List<String> fields(Reader program, String path, String body) {
        var answer = program.send(
                "POST",
                "/api/v1" + path,
                "Authorization: Bearer " + key + "\r\nIdempotency-Key: " + UUID.randomUUID()
                        + "\r\nContent-Type: application/json\r\n",
                body.replace('\'', '"'));
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        return JsonParser.parseString(answer.body()).getAsJsonObject().getAsJsonArray("errors").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(error -> error.get("field").getAsString())
                .toList();
    }

    private static String submitted(Reader reader, String path, String form, Map<String, String> fields) {
        var state = STATE.matcher(reader.get(path).body());
        assertThat(state.find()).as(path).isTrue();
        var body = fields.entrySet().stream()
                .map(field -> encoded(form + ":" + field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        var action = form.equals("brand") ? "publish" : "do";
        var answer = reader.post(
                path,
                FORM,
                form + "=" + form + "&" + encoded(form + ":" + action) + "=x&" + body + "&jakarta.faces.ViewState="
                        + encoded(state.group(1)));
        assertThat(answer.status()).as(path).isEqualTo(200);
        return answer.body();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
