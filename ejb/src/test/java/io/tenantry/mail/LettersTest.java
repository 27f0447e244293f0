package io.tenantry.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.brand.Brand;
import io.tenantry.brand.Colour;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LettersTest {
    private static final Brand BRAND =
            Brand.of("Aurora & Söhne", Colour.of("#b93815"), Colour.of("#9f1239"), Colour.of("#0d9488"));

    @ParameterizedTest
    @EnumSource(Letter.class)
    void isWrittenInBothLanguagesByTheBrandAlone(Letter letter) {
        for (var locale : new Locale[] {Locale.ENGLISH, Locale.GERMAN, Locale.forLanguageTag("de-AT")}) {
            var written = new Letters(BRAND, locale, "https://aurora.example")
                    .written(letter, Map.of("name", "Olga", "link", "https://aurora.example/link#s"));
            assertThat(written.subject()).contains("Aurora & Söhne");
            assertThat(written.html() + written.text() + written.subject())
                    .contains("Olga")
                    .doesNotContainIgnoringCase("tenantry")
                    .doesNotContainPattern("\\{[a-zA-Z0-9]+}");
            assertThat(written.html()).contains("Aurora &amp; Söhne").doesNotContain("Aurora & S", "<style", "<script");
        }
        assertThat(new Letters(BRAND, Locale.GERMAN, "")
                        .written(letter, Map.of("name", "Olga"))
                        .subject())
                .isNotEqualTo(new Letters(BRAND, Locale.ENGLISH, "")
                        .written(letter, Map.of("name", "Olga"))
                        .subject());
    }

    @Test
    void wearsTheBrandsColour() {
        assertThat(written("Olga").html()).contains("background:#b93815");
    }

    @Test
    void letsNoNameWriteMarkupOrAnotherHead() {
        var written = written("<script>alert(1)</script>\r\nBcc: x@y.example {link} {0}");
        assertThat(written.html()).doesNotContain("<script>").contains("{link}");
        assertThat(written.subject()).doesNotContain("\r", "\n");
    }

    private static Rendered written(String name) {
        return new Letters(BRAND, Locale.ENGLISH, "https://aurora.example")
                .written(Letter.PASSWORD_RESET, Map.of("name", name, "link", "https://aurora.example/link#s"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 'lasts for less than an hour', 'noch weniger als eine Stunde'",
        "1, 'lasts for one hour', 'noch eine Stunde'",
        "2, 'lasts for 2 hours', 'noch 2 Stunden'",
        "47, 'lasts for 47 hours', 'noch 47 Stunden'",
        "48, 'lasts for 2 days', 'noch 2 Tage'",
        "1000, 'lasts for 41 days', 'noch 41 Tage'"
    })
    void saysHowLongMoneyLasts(String hours, String english, String german) {
        var facts = Map.of("name", "Olga", "about", "Kiosk {4}", "amount", "€12.35", "hours", hours);
        assertThat(new Letters(BRAND, Locale.ENGLISH, "")
                        .written(Letter.WALLET_LOW, facts)
                        .text())
                .contains(english + ".", "€12.35", "Kiosk {4}");
        assertThat(new Letters(BRAND, Locale.GERMAN, "")
                        .written(Letter.WALLET_LOW, facts)
                        .text())
                .contains(german + ".");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "DEBT_(REMINDER|FINAL_NOTICE|SUSPENDED.*|ENDED)")
    void whatIsAFeeForLatePaymentIsSaidWhereThereIsOne(Letter letter) {
        var facts = Map.of("name", "Olga", "about", "Kiosk", "amount", "EUR 12.50", "link", "https://aurora.example/x");
        var costly = new java.util.TreeMap<>(facts);
        costly.put("fee", "EUR 2.50");
        var letters = new Letters(BRAND, Locale.ENGLISH, "https://aurora.example");
        assertThat(letters.written(letter, costly).text()).contains(". Of that, EUR 2.50 is a fee for late payment. ");
        assertThat(letters.written(letter, facts).text()).doesNotContain("late payment", ".  ");
    }
}
