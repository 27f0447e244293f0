package io.tenantry.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.config.Settings;
import io.tenantry.web.layout.Messages;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators read about the links of owners, with and without a mail server. */
class TenantOwnersPageTest {
    @ParameterizedTest
    @CsvSource({"text", "invited", "sent", "unlocked", "send.effect"})
    void withoutAMailServerNothingIsSaidToBeSent(String key) {
        assertThat(text("", key, Locale.ENGLISH)).contains("No mail server is configured");
        assertThat(text("", key, Locale.GERMAN)).contains("kein Mailserver konfiguriert");
    }

    @Test
    void withAMailServerLinksAreMailed() {
        assertThat(text("smtp.example", "text", Locale.ENGLISH)).contains("by email");
        assertThat(text("smtp.example", "invited", Locale.ENGLISH)).isEqualTo("Invitation sent to nina@shop.example.");
        assertThat(text("smtp.example", "sent", Locale.GERMAN)).isEqualTo("Link an nina@shop.example gesendet.");
    }

    private static String text(String mailHost, String key, Locale locale) {
        var page = new TenantOwnersPage();
        page.settings = new Settings(Map.of("tenantry.mail.host", mailHost)::get, name -> null);
        return new Messages(locale).text(page.key(key), "nina@shop.example");
    }
}
