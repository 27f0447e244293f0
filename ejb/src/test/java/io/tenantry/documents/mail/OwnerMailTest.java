package io.tenantry.documents.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.config.Settings;
import io.tenantry.server.FakeMailServer;
import jakarta.mail.Session;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class OwnerMailTest {
    private static final Map<String, String> SETTINGS = Map.of(
            "tenantry.mail.host", "127.0.0.1",
            "tenantry.platform.host", "admin.example",
            "tenantry.platform.owner-email", "owner@admin.example");

    @Test
    void sendsPlainTextToTheOwner() {
        try (var server = FakeMailServer.open()) {
            assertThat(mail(server, SETTINGS).send("Audit trails: 2 verified", "platform 12 ab\n"))
                    .isTrue();
            var receivedMail = server.taken().get(0);
            assertThat(receivedMail.sender()).isEqualTo("no-reply@admin.example");
            assertThat(receivedMail.recipients()).containsExactly("owner@admin.example");
            assertThat(receivedMail.text())
                    .contains("Subject: Audit trails: 2 verified\r\n", "Auto-Submitted: auto-generated\r\n")
                    .contains("platform 12 ab");
        }
    }

    @Test
    void sendsNothingWithoutAMailServerOrOwner() {
        try (var server = FakeMailServer.open()) {
            for (var key : new String[] {"tenantry.mail.host", "tenantry.platform.owner-email"}) {
                var some = new HashMap<>(SETTINGS);
                some.remove(key);
                assertThat(mail(server, some).send("Audit trails", "text")).isFalse();
            }
            assertThat(server.taken()).isEmpty();
        }
    }

    @Test
    void returnsFalseIfTheServerIsBusy() {
        try (var server = FakeMailServer.open()) {
            server.behave(FakeMailServer.Behavior.IS_BUSY);
            assertThat(mail(server, SETTINGS).send("Audit trails", "text")).isFalse();
        }
    }

    private static OwnerMail mail(FakeMailServer server, Map<String, String> settings) {
        var properties = new Properties();
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty("mail.smtp.port", Integer.toString(server.port()));
        var mail = new OwnerMail();
        mail.session = Session.getInstance(properties);
        mail.settings = new Settings(settings::get, name -> null);
        return mail;
    }
}
