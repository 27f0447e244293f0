package io.tenantry.documents.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.config.Settings;
import io.tenantry.kernel.secret.Vault;
import io.tenantry.people.identity.PasswordLinks.Purpose;
import io.tenantry.people.identity.SecurityMailRequested;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Recipients of account emails: customers and staff of a brand, and operators of the platform. */
class AccountMailsTest {
    private static final String LINK = "https://somewhere.example/link#secret";

    private final Sql sql = new Sql(Database.runtime());
    private final AccountMails accountMails = new AccountMails();

    AccountMailsTest() {
        var outbox = new Outbox();
        outbox.sql = sql;
        outbox.clock = Clock.systemUTC();
        outbox.settings = new Settings(Map.of("tenantry.mail.host", "127.0.0.1")::get, name -> null);
        outbox.vault = Vault.of(List.of("first=" + "A".repeat(43) + "="));
        accountMails.settings = outbox.settings;
        accountMails.sql = sql;
        accountMails.outbox = outbox;
        accountMails.tenants = new TenantDirectory(Database.administration());
    }

    @Test
    void mailsLinksToOperators() {
        Database.rolledBack(Scope.PLATFORM, () -> {
            var pia = person("en-GB");
            accountMails.linkIssued(new SecurityMailRequested.LinkCreated(pia, Purpose.RESET, "1", LINK));
            accountMails.linkIssued(new SecurityMailRequested.LinkCreated(pia, Purpose.INVITE, "2", LINK));
            accountMails.passwordChanged(new SecurityMailRequested.PasswordChanged(pia));
            assertThat(mails("template || ' ' || locale || ' ' || state"))
                    .containsExactlyInAnyOrder(
                            "PASSWORD_RESET en-GB WAITING",
                            "INVITATION en-GB WAITING",
                            "PASSWORD_CHANGED en-GB WAITING");
            assertThat(mails("variables ->> 'link'")).doesNotContain(LINK).contains("https://somewhere.example/link");
        });
    }

    @Test
    void usesTheLanguageOfTheTenantAndEnglishForOperatorsByDefault() {
        for (var scope : List.of(Scope.PLATFORM, Scope.of(Database.AURORA))) {
            var usual = scope.equals(Scope.PLATFORM)
                    ? "en"
                    : new TenantDirectory(Database.administration())
                            .byId(Database.AURORA)
                            .orElseThrow()
                            .locale()
                            .toLanguageTag();
            Database.rolledBack(scope, () -> {
                accountMails.linkIssued(new SecurityMailRequested.LinkCreated(person(null), Purpose.RESET, "1", LINK));
                assertThat(mails("locale")).containsExactly(usual);
            });
        }
    }

    private UUID person(@Nullable String locale) {
        var id = UUID.randomUUID();
        sql.update(
                "insert into person (id, email, name, locale, created_at) values (?, ?, 'Pia', ?, clock_timestamp())",
                id,
                id + "@letters.example",
                locale);
        return id;
    }

    private List<String> mails(String expression) {
        return sql.query(
                "select " + expression + " fact from mail where recipient like '%@letters.example'",
                row -> row.maybeText("fact").orElse(""));
    }
}
