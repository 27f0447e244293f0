package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.Deployments;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pages say in words what the system knows as codes. */
@RunAsClient
@Tag("full")
class PlainWordsIT extends Deployments {
    private static final String BRAND = "words-a";
    private static final Pattern STATE = Pattern.compile("name=\"jakarta.faces.ViewState\"[^>]*value=\"([^\"]*)\"");

    @BeforeAll
    static void makeABrand() {
        var unused = BrowserTestSetup.billed(BRAND, BrowserTestSetup.brand(BRAND));
    }

    @Test
    void showsAuditedActionsInWordsAndWithTheirCode() {
        try (var sam = signedIn("en")) {
            assertThat(sam.get("/staff/audit").body()).contains(">Signed in<", "person.signed_in", ">Accounts<");
            assertThat(sam.get("/staff/audit.csv").body()).contains("Signed in", "person.signed_in");
        }
        try (var sam = signedIn("de")) {
            assertThat(sam.get("/staff/audit").body()).contains(">Angemeldet<", "person.signed_in", ">Konten<");
        }
    }

    @Test
    void warnsOfCharactersThatInvoicesCannotPrint() {
        try (var sam = signedIn("en")) {
            var path = "/staff/invoice-settings";
            var page = sam.get(path).body();
            assertThat(page).doesNotContain("Not printable on invoices");
            var state = STATE.matcher(page);
            assertThat(state.find()).isTrue();
            var told = sam.post(
                    path,
                    "Content-Type: application/x-www-form-urlencoded\r\n",
                    "party=party&party%3Ado=x&party%3Aname=%F0%A0%AE%B7%E9%87%8E&party%3Acountry=DE&party%3Aemail=none"
                            + "&jakarta.faces.ViewState="
                            + URLEncoder.encode(state.group(1), StandardCharsets.UTF_8));
            assertThat(told.status()).isEqualTo(200);
            assertThat(told.body())
                    .contains("Not printable on invoices", "(U+20BB7)")
                    .doesNotContain("(U+91CE)");
        }
    }

    private static Reader signedIn(String language) {
        var reader = new Reader(BRAND + ".localhost", language);
        reader.signIn("sam@" + BRAND + ".example", BrowserTestSetup.PASSWORD);
        return reader;
    }
}
