package io.tenantry.documents.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.config.Settings;
import io.tenantry.kernel.secret.SecretStore;
import io.tenantry.kernel.secret.Vault;
import io.tenantry.kernel.secret.VaultException;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final String KEY = "first=" + "A".repeat(43) + "=";
    private static final TenantId TENANT = new TenantId("letters");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @BeforeAll
    static void prepare() {
        Database.tenant(TENANT, "EUR", "Europe/Berlin");
    }

    @BeforeEach
    void clear() {
        Database.asOwner("delete from t_letters.mail");
    }

    @Test
    void queuesTheSameMailOnce() {
        var outbox = outbox(NOON, "smtp.example");
        write(outbox, "one");
        write(outbox, "one");
        assertThat(states()).containsExactly("WAITING");
    }

    @Test
    void keepsMailsWithoutAMailServer() {
        var outbox = outbox(NOON, "");
        write(outbox, "one");
        assertThat(states()).containsExactly("KEPT");
        assertThat(claim(outbox)).isEmpty();
    }

    @Test
    void storesNoSecretWithoutAMailServer() {
        write(outbox(NOON, ""), "one");
        assertThat(Database.texts("select variables ->> 'link' from t_letters.mail"))
                .containsExactly("https://a.example/link");
    }

    @Test
    void claimsAMailOnceUntilItsLeaseExpires() {
        var outbox = outbox(NOON, "smtp.example");
        write(outbox, "one");
        assertThat(claim(outbox)).hasSize(1);
        assertThat(claim(outbox)).isEmpty();
        var later = claim(outbox(NOON.plus(Outbox.LEASE).plusSeconds(1), "smtp.example"));
        assertThat(later).hasSize(1);
        assertThat(later.get(0).attempts()).isEqualTo(2);
    }

    @Test
    void erasesTheSecretOfASentMail() {
        var outbox = outbox(NOON, "smtp.example");
        write(outbox, "one");
        var mail = claim(outbox).get(0);
        assertThat(mail.variables()).containsEntry("link", "https://a.example/link#secret");
        Database.run(TENANT, () -> outbox.sent(mail.id(), "<id@a.example>"));
        assertThat(states()).containsExactly("SENT");
        assertThat(Database.texts("select variables::text from t_letters.mail").get(0))
                .doesNotContain("secret");
    }

    @Test
    void encryptsTheSecretOfAQueuedMail() {
        var outbox = outbox(NOON, "smtp.example", Vault.of(List.of(KEY)));
        write(outbox, "one");
        assertThat(Database.texts("select variables::text from t_letters.mail").get(0))
                .contains("https://a.example/link", "v1.first.")
                .doesNotContain("#secret");
        var mail = claim(outbox).get(0);
        assertThat(Database.in(TENANT, () -> Outbox.opened(mail, outbox.vault)).variables())
                .isEqualTo(Map.of("name", "Olga", "link", "https://a.example/link#secret"));
        assertThatThrownBy(() -> Database.in(TENANT, () -> Outbox.opened(mail, Vault.of(List.of()))))
                .isInstanceOf(VaultException.class);
        Database.run(TENANT, () -> outbox.sent(mail.id(), "<id@a.example>"));
        assertThat(Database.texts("select variables ->> 'secret' from t_letters.mail"))
                .containsOnlyNulls();
    }

    @Test
    void aNewKeyReencryptsOnlyQueuedMails() {
        var old = outbox(NOON, "smtp.example", Vault.of(List.of(KEY)));
        write(old, "one");
        write(old, "two");
        var sent = claim(old).get(0);
        Database.run(TENANT, () -> old.sent(sent.id(), "<id@a.example>"));
        var secrets = new MailSecrets();
        secrets.vault = Vault.of(List.of("second=" + "B".repeat(42) + "A=", KEY));
        secrets.outbox = outbox(NOON, "smtp.example", secrets.vault);
        assertThat(Database.in(TENANT, secrets::reencrypt)).isEqualTo(new SecretStore.Count(1, 0));
        assertThat(Database.in(TENANT, secrets::reencrypt)).isEqualTo(new SecretStore.Count(0, 0));
        assertThat(Database.in(TENANT, secrets::keys)).isEqualTo(Map.of("second", 1));
        assertThat(Database.texts(
                        "select split_part(variables ->> 'secret', '.', 2) from t_letters.mail order by state"))
                .containsExactly(null, "second");
        secrets.vault = Vault.of(List.of("third=" + "C".repeat(42) + "A="));
        assertThat(Database.in(TENANT, secrets::reencrypt)).isEqualTo(new SecretStore.Count(0, 1));
    }

    @Test
    void retriesALimitedNumberOfTimes() {
        var now = NOON;
        write(outbox(now, "smtp.example"), "one");
        for (var attempt = 1; attempt <= Outbox.ATTEMPTS_MAX; attempt++) {
            var outbox = outbox(now, "smtp.example");
            var mail = claim(outbox).get(0);
            Database.run(TENANT, () -> outbox.failed(mail, new DeliveryFailure(DeliveryFailure.Kind.UNREACHABLE, "")));
            assertThat(claim(outbox)).isEmpty();
            now = now.plus(Outbox.pauseAfter(attempt));
        }
        assertThat(states()).containsExactly("FAILED");
        assertThat(claim(outbox(now.plus(Duration.ofDays(1)), "smtp.example"))).isEmpty();
    }

    @Test
    void increasesThePause() {
        assertThat(Outbox.pauseAfter(1)).isEqualTo(Duration.ofSeconds(30));
        assertThat(Outbox.pauseAfter(2)).isEqualTo(Duration.ofMinutes(2));
        assertThat(Outbox.pauseAfter(3)).isEqualTo(Duration.ofMinutes(8));
        assertThat(Outbox.pauseAfter(8)).isEqualTo(Duration.ofHours(2));
    }

    private static void write(Outbox outbox, String key) {
        Database.run(
                TENANT,
                () -> outbox.write(
                        MailTemplate.INVITATION,
                        Locale.GERMAN,
                        "olga@kiosk.example",
                        Map.of("name", "Olga", "link", "https://a.example/link#secret"),
                        key + UUID.nameUUIDFromBytes(new byte[0])));
    }

    private static List<Outbox.Mail> claim(Outbox outbox) {
        return Database.in(TENANT, outbox::claim);
    }

    private static List<String> states() {
        return Database.texts("select state from t_letters.mail");
    }

    private static Outbox outbox(Instant now, String host) {
        return outbox(now, host, Vault.of(List.of()));
    }

    private static Outbox outbox(Instant now, String host, Vault vault) {
        var outbox = new Outbox();
        outbox.vault = vault;
        outbox.sql = new Sql(Database.runtime());
        outbox.clock = Clock.fixed(now, ZoneOffset.UTC);
        outbox.settings = new Settings(
                (host.isEmpty() ? Map.<String, String>of() : Map.of("tenantry.mail.host", host))::get, name -> null);
        return outbox;
    }
}
