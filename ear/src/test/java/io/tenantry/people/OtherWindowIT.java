package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.isolation.RawConnection.Answer;
import io.tenantry.it.Deployments;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Forms that are submitted after something changed in another window: they act on what they showed, or are refused. */
@RunAsClient
class OtherWindowIT extends Deployments {
    private static final String BRAND = "other-window";
    private static final String HOST = BRAND + ".localhost";
    private static final String SECOND = "Second Home";
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
    private static final String ADDRESS = "/portal/billing-address";
    private static final String PACKS = "/staff/transfer-price";
    private static final Pattern STATE = Pattern.compile("name=\"jakarta.faces.ViewState\"[^>]*value=\"([^\"]*)\"");

    private static String first;
    private static String second;

    @BeforeAll
    static void makeBrand() {
        first = BrowserTestSetup.brand(BRAND).id("organization");
        second = BrowserTestSetup.secondOrganization(BRAND, SECOND, "olga@kiosk.example")
                .id("organization");
    }

    private static String state(Answer page) {
        var found = STATE.matcher(page.body());
        assertThat(found.find()).as(page.body()).isTrue();
        return found.group(1);
    }

    private static Answer submit(Reader reader, String path, String fields, String state) {
        return reader.post(
                path, FORM, fields + "&jakarta.faces.ViewState=" + URLEncoder.encode(state, StandardCharsets.UTF_8));
    }

    private static void switchTo(Reader reader, String organization) {
        assertThat(reader.post("/portal/organization", FORM, "id=" + organization)
                        .status())
                .isEqualTo(303);
    }

    private static String preference() {
        return "wish=wish&wish%3Astructured=on&wish%3Ado=x";
    }

    private static boolean isStructured(Reader reader) {
        return Pattern.compile("<input[^>]*name=\"wish:structured\"[^>]*checked")
                .matcher(reader.get(ADDRESS).body())
                .find();
    }

    @Test
    void formOfOneOrganizationIsNotSavedIntoAnother() {
        try (var olga = new Reader(HOST, "en")) {
            olga.signIn("olga@kiosk.example", BrowserTestSetup.PASSWORD);
            switchTo(olga, first);
            var shown = state(olga.get(ADDRESS));
            switchTo(olga, second);
            var refused = submit(olga, ADDRESS, preference(), shown);
            assertThat(refused.status()).isEqualTo(200);
            assertThat(refused.body())
                    .contains("You switched to Second Home in another window")
                    .contains("Kiosk " + BRAND)
                    .containsPattern("<input[^>]*name=\"wish:structured\"[^>]*checked");
            switchTo(olga, second);
            assertThat(isStructured(olga)).as("the other organization").isFalse();
            switchTo(olga, first);
            assertThat(isStructured(olga)).as("the organization shown").isFalse();

            // The page still belongs to the organization that it shows: submitting it again saves there.
            switchTo(olga, second);
            var again = state(submit(olga, ADDRESS, preference(), shown));
            assertThat(submit(olga, ADDRESS, preference(), again).status()).isEqualTo(302);
            assertThat(isStructured(olga)).as("after the confirmation").isTrue();
            switchTo(olga, second);
            assertThat(isStructured(olga)).as("still the other organization").isFalse();
        }
    }

    private static void offer(Reader sam, int gib) {
        var state = state(sam.get(PACKS));
        assertThat(submit(sam, PACKS, "pack=pack&pack%3Agib=" + gib + "&pack%3Aprice=5.00&pack%3Ado=x", state)
                        .status())
                .isEqualTo(302);
    }

    @Test
    void buttonActsOnRowThatWasShown() {
        try (var sam = new Reader(HOST, "en")) {
            sam.signIn("sam@" + BRAND + ".example", BrowserTestSetup.PASSWORD);
            offer(sam, 300);
            var shown = state(sam.get(PACKS));
            offer(sam, 200);
            offer(sam, 400);
            var button = "offers%3Aeach%3A0%3Awithdraw";
            assertThat(submit(sam, PACKS, "offers=offers&" + button + "=x", shown)
                            .status())
                    .isEqualTo(302);
            var rows = sam.get(PACKS).body().split("<tr>");
            assertThat(rows)
                    .filteredOn(row -> row.contains("<b>300"))
                    .singleElement()
                    .asString()
                    .contains("not offered");
            assertThat(rows)
                    .filteredOn(row -> row.contains("<b>200") || row.contains("<b>400"))
                    .hasSize(2)
                    .noneMatch(row -> row.contains("not offered"));
        }
    }
}
