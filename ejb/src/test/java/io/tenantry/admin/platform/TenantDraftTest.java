package io.tenantry.admin.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.platform.TenantDraft.Fault;
import io.tenantry.admin.platform.TenantDraft.FaultKind;
import io.tenantry.admin.platform.TenantDraft.Field;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reseller is created only with a currency and a language that amounts and texts can be formatted in. */
class TenantDraftTest {
    private static List<Fault> faults(String currency, String locale, List<String> hosts) {
        return faults(currency, "Europe/Berlin", locale, hosts);
    }

    private static List<Fault> faults(String currency, String zone, String locale, List<String> hosts) {
        return new TenantDraft(
                        "shop",
                        "Shop",
                        hosts,
                        currency,
                        zone,
                        locale,
                        "#4f46e5",
                        "#0891b2",
                        "#f59e0b",
                        Optional.empty(),
                        "Sam",
                        "sam@shop.example")
                .faults(List.of(), "platform.example");
    }

    private static final List<String> HOST = List.of("shop.example");

    @ParameterizedTest
    @ValueSource(strings = {"EUR", "JPY", "KWD", "XOF", "XCD"})
    void readsDecimalsOfCurrencies(String currency) {
        assertThat(faults(currency, "en", HOST)).isEmpty();
    }

    /** Amounts in these currencies would be rounded to tens. */
    @ParameterizedTest
    @ValueSource(strings = {"XAU", "XXX", "XTS", "XDR", "eur", "EURO", "", "\u20ac"})
    void rejectsMetalsAndTestCurrencies(String currency) {
        assertThat(faults(currency, "en", HOST))
                .containsExactly(new Fault(Field.CURRENCY, FaultKind.UNKNOWN, currency));
    }

    /** Of the past, units of account, and codes that nobody pays with. */
    @ParameterizedTest
    @ValueSource(strings = {"DEM", "FRF", "ITL", "HRK", "AYM", "CLF", "CHE", "USN"})
    void acceptsOnlyCurrentCurrencies(String currency) {
        assertThat(faults(currency, "en", HOST))
                .containsExactly(new Fault(Field.CURRENCY, FaultKind.UNKNOWN, currency));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "de-DE", "de-at", "en-US", "de-Latn-CH"})
    void acceptsLanguagesWithScriptAndCountry(String locale) {
        assertThat(faults("EUR", locale, HOST)).isEmpty();
    }

    /** With these languages, amounts and dates would be written in other digits and calendars. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "de-u-nu-thai",
                "en-US-u-ca-buddhist",
                "de-x-shop",
                "de-DE-1996",
                "de-!!!",
                "de-DE-toolongforatag",
                "de_DE",
                "fr",
                "",
                "de-"
            })
    void rejectsOtherLanguageSubtags(String locale) {
        assertThat(faults("EUR", locale, HOST)).containsExactly(new Fault(Field.LOCALE, FaultKind.UNKNOWN, locale));
    }

    /** Java knows them, but PostgreSQL or browsers do not, or with another meaning. */
    @ParameterizedTest
    @ValueSource(strings = {"SystemV/PST8", "Etc/GMT+5", "US/Pacific", "GMT0", "Zulu", "Nowhere/City", ""})
    void zonesAreThoseOfTheList(String zone) {
        assertThat(faults("EUR", zone, "en", HOST))
                .containsExactly(new Fault(Field.TIME_ZONE, FaultKind.UNKNOWN, zone));
    }

    @Test
    void limitsTheNumberOfHosts() {
        var most = IntStream.rangeClosed(1, 50)
                .mapToObj(number -> "shop-" + number + ".example")
                .toList();
        assertThat(faults("EUR", "en", most)).isEmpty();
        assertThat(faults("EUR", "en", Collections.nCopies(80_000, "not a host")))
                .hasSize(51)
                .startsWith(new Fault(Field.HOSTS, FaultKind.TOO_MANY, "80000"));
    }
}
