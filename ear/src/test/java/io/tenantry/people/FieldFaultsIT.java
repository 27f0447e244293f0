package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.Deployments;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A form with several invalid fields reports all of them at once, each at its field. */
@RunAsClient
@Tag("full")
class FieldFaultsIT extends Deployments {
    private static final String BRAND = "faults-a";
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
    private static final Pattern STATE = Pattern.compile("name=\"jakarta.faces.ViewState\"[^>]*value=\"([^\"]*)\"");

    private static BrowserTestSetup.Made own;

    @BeforeAll
    static void makeABrand() {
        own = BrowserTestSetup.billed(BRAND, BrowserTestSetup.brand(BRAND));
    }

    @Test
    void reportsEveryInvalidField() {
        try (var sam = new Reader(BRAND + ".localhost", "en")) {
            sam.signIn("sam@" + BRAND + ".example", BrowserTestSetup.PASSWORD);
            reports(
                    sam,
                    "/staff/addon-prices",
                    "volume",
                    List.of("monthly=-1", "from=2020-01-01T00:00"),
                    List.of("monthly", "from"));
            reports(
                    sam,
                    "/staff/addon-prices",
                    "volume",
                    List.of("monthly=-1", "from=never"),
                    List.of("monthly", "from"));
            reports(
                    sam,
                    "/staff/announcements",
                    "news",
                    List.of("title= .", "words=" + "x".repeat(5_001), "level=INFO", "from=never", "until=soon"),
                    List.of("from", "until"));
            reports(
                    sam,
                    "/staff/incidents",
                    "tell",
                    List.of(
                            "title=Network",
                            "impact=OUTAGE",
                            "region=nowhere",
                            "began=never",
                            "note=" + "x".repeat(9_000)),
                    List.of("began", "note"));
            reports(
                    sam,
                    "/staff/tax-status?organization=" + own.id("organization"),
                    "status",
                    List.of("what=EXEMPT", "evidence=", "until=2020-01-01"),
                    List.of("evidence", "until", "file"));
        }
    }

    /** A price of zero without a confirmation, and an impossible start, and too many decimals are found together. */
    @Test
    void reportsAllFaultsOfAPlanAndItsPrice() {
        try (var sam = new Reader(BRAND + ".localhost", "en")) {
            sam.signIn("sam@" + BRAND + ".example", BrowserTestSetup.PASSWORD);
            var plan = "/staff/plan?id=" + own.id("small");
            reports(
                    sam,
                    plan,
                    "publish",
                    List.of("monthly=0", "valid_from=2020-01-01T00:00"),
                    List.of("free", "valid_from"));
            reports(
                    sam,
                    plan,
                    "publish",
                    List.of("monthly=1000000.01", "valid_from=never"),
                    List.of("monthly", "valid_from"));
            reports(sam, plan, "publish", List.of("monthly=1.005", "valid_from="), List.of("monthly"));
            reports(
                    sam,
                    "/staff/add-plan",
                    "add",
                    List.of("name= ", "code=", "size=513", "memory=0", "disk=-1", "transfer=many"),
                    List.of("name", "code", "size", "memory", "disk", "transfer"));
        }
    }

    @Test
    void refusesNumbersOutsideTheirBoundsAtTheirFields() {
        try (var sam = new Reader(BRAND + ".localhost", "en")) {
            sam.signIn("sam@" + BRAND + ".example", BrowserTestSetup.PASSWORD);
            reports(sam, "/staff/approvals", "limits", List.of("limit=1000000.01"), List.of("limit"));
            reports(sam, "/staff/approvals", "credits", List.of("credit=99999999999"), List.of("credit"));
            reports(
                    sam,
                    "/staff/dunning-policy",
                    "policy",
                    List.of("final=366", "suspend=-1", "terminate=x", "fee=0", "percent=100.5", "rule-suspend=999"),
                    List.of("final", "suspend", "terminate", "fee", "percent", "rule-suspend"));
            reports(sam, "/staff/dunning-policy", "policy", List.of("reminders=1, 999"), List.of("reminders"));
            reports(sam, "/staff/dunning-policy", "policy", List.of("reminders=1", "runway=9999 h"), List.of("runway"));
            reports(sam, "/staff/transfer-price", "publish", List.of("gib=1000.01"), List.of("gib"));
            reports(
                    sam,
                    "/staff/transfer-price",
                    "pack",
                    List.of("gib=1048577", "price=0", "months=61"),
                    List.of("gib", "price", "months"));
            reports(
                    sam,
                    "/staff/customer?id=" + own.id("organization"),
                    "limit",
                    List.of("limit-amount=1000000.01", "limit-reason="),
                    List.of("limit-amount"));
            var review = "/staff/bank-review?id=" + own.id("bank-review");
            reports(sam, review, "complete", List.of("amount=0", "currency=EUR"), List.of("amount"));
            reports(sam, review, "complete", List.of("amount=1.005", "currency=EUR"), List.of("amount"));
            var sizes = "/staff/import-plans?id=" + own.id("size");
            reports(
                    sam,
                    sizes,
                    "sell",
                    List.of("position=10001", "kind=PERCENT", "markup=10000.01"),
                    List.of("position", "markup"));
            reports(sam, sizes, "sell", List.of("kind=AMOUNT", "markup=1000000.01"), List.of("markup"));
        }
        BrowserTestSetup.operator("otto@platform.example");
        try (var otto = new Reader("platform.localhost", "en")) {
            otto.signIn("otto@platform.example", BrowserTestSetup.PASSWORD);
            for (var page : List.of("/admin/settlements", "/admin/settlements/one?slug=" + BRAND)) {
                reports(
                        otto,
                        page,
                        "terms",
                        List.of(
                                "currency=EUR",
                                "from=2030-01",
                                "steps:0:percent=100.5",
                                "steps:1:above=1000000.01",
                                "service=99999999",
                                "minimum=-1"),
                        List.of("steps:0:percent", "steps:1:above", "service", "minimum"));
                reports(
                        otto,
                        page,
                        "terms",
                        List.of("currency=EUR", "from=2030-01", "steps:1:above=1000", "steps:2:percent=3"),
                        List.of("steps:1:percent", "steps:2:above"));
                reports(otto, page, "terms", List.of("currency=EUR", "from=2030-01"), List.of("steps:0:percent"));
            }
            reports(
                    otto,
                    "/admin/settlements/one?slug=" + BRAND,
                    "payment",
                    List.of("amount=100000000.01", "reference="),
                    List.of("amount", "reference"));
        }
    }

    /** Messages are in elements whose ids end in {@code _error}. */
    private static void reports(Reader reader, String path, String form, List<String> typed, List<String> fields) {
        var state = STATE.matcher(reader.get(path).body());
        assertThat(state.find()).as(path).isTrue();
        var sent = typed.stream()
                .map(field -> encoded(form + ":" + field.split("=", 2)[0]) + "=" + encoded(field.split("=", 2)[1]))
                .collect(Collectors.joining("&"));
        var told = reader.post(
                path,
                FORM,
                form + "=" + form + "&" + encoded(form + ":do") + "=x&" + sent + "&jakarta.faces.ViewState="
                        + encoded(state.group(1)));
        assertThat(told.status()).as(path).isEqualTo(200);
        assertThat(Arrays.stream(told.body().split("(?=<)", -1))
                        .filter(element -> element.contains("ui-message-error"))
                        .collect(Collectors.joining("\n")))
                .as(path)
                .contains(fields.stream().map(field -> form + ":" + field).toList());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
