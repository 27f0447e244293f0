package io.tenantry.documents.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.config.Settings;
import io.tenantry.kernel.secret.Vault;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotificationMailsTest {
    private static final TenantId ID = new TenantId("written");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Tenant TENANT = new Tenant(
            ID,
            "Written",
            Tenant.State.ACTIVE,
            Currency.getInstance("EUR"),
            ZoneId.of("Europe/Berlin"),
            Locale.GERMAN,
            List.of("written.example"),
            NOON);
    private static final UUID KIOSK = UUID.fromString("00000000-0000-7000-8000-000000000001");
    private static final UUID WALLET = UUID.fromString("00000000-0000-7000-8000-000000000002");

    @BeforeAll
    static void prepare() {
        Database.tenant(ID, "EUR", "Europe/Berlin");
        Database.asOwner("insert into t_written.organization (id, name, billing_email, country, created_at) values ('"
                + KIOSK + "', 'Kiosk & Söhne', 'k@kiosk.example', 'DE', now())");
        Database.asOwner("insert into t_written.ledger_account (id, kind, currency, opened_at) values ('" + WALLET
                + "', 'WALLET', 'EUR', now())");
        Database.asOwner("insert into t_written.wallet (id, organization_id, currency, opened_at) values ('" + WALLET
                + "', '" + KIOSK + "', 'EUR', now())");
        person(11, "olga@kiosk.example", "en", "owner");
        person(12, "bert@kiosk.example", "", "admin");
        person(13, "tim@kiosk.example", "", "vps_manager");
    }

    private static void person(int number, String email, String locale, String role) {
        var id = "00000000-0000-7000-8000-0000000000" + number;
        Database.asOwner("insert into t_written.person (id, email, name, locale, created_at) values ('" + id + "', '"
                + email + "', '" + email.replaceAll("@.*", "") + "', nullif('" + locale + "', ''), now())");
        Database.asOwner("insert into t_written.membership (organization_id, person_id, role, joined_at) values ('"
                + KIOSK + "', '" + id + "', '" + role + "', now())");
    }

    @BeforeEach
    void clear() {
        Database.asOwner("delete from t_written.mail");
        Database.asOwner("delete from t_written.notification");
    }

    @Test
    void mailsMembersWithBillingPermissionAboutTheLimit() {
        thresholdEvent("OVER_LIMIT", "12.345", "0.25", NOON);

        assertThat(sendMails(NOON)).isEqualTo(2);

        assertThat(mails("recipient || ' ' || locale"))
                .containsExactlyInAnyOrder("bert@kiosk.example de", "olga@kiosk.example en");
        assertThat(mails("distinct variables ->> 'hours' || ' ' || (variables ->> 'link')"))
                .containsExactly("49 http://written.example:8080/portal/wallet?in=" + KIOSK);
        assertThat(mails("variables ->> 'amount'")).containsExactlyInAnyOrder("€12.35", "12,35\u00a0€");
        assertThat(mails("distinct variables ->> 'about'")).containsExactly("Kiosk & Söhne");
    }

    @Test
    void includesBankDetailsWhenRequestingPayment() {
        Database.asOwner(
                "insert into t_written.invoice_seller (name, street, postcode, city, country, vat_number, tax_number,"
                        + " register, email, bank, iban, bic, note, recorded_at, recorded_by) values ('Aurora GmbH', 'a', 'b', 'c', 'DE', '',"
                        + " '', '', '', 'Bank', 'DE89370400440532013000', 'COBADEFF', '', now(), 'test')");
        for (var kind : List.of("EMPTY", "OVER_LIMIT")) {
            thresholdEvent(kind, "-1", "0.25", NOON);
        }
        sendMails(NOON);
        assertThat(mails("distinct template || ' ' || (variables ->> 'iban') || ' ' || (variables ->> 'holder') || ' '"
                        + " || replace(variables ->> 'reference', ' ', '')"))
                .containsExactlyInAnyOrderElementsOf(Database.texts(
                        "select template || ' DE89 3704 0044 0532 0130 00 Aurora GmbH ' || reference from t_written.bank_reference,"
                                + " (values ('WALLET_EMPTY'), ('WALLET_OVER_LIMIT')) l (template) where organization_id = '"
                                + KIOSK + "'"))
                .hasSize(2);
    }

    @Test
    void mailsEachNotificationOnce() {
        thresholdEvent("EMPTY", "-0.01", "0.25", NOON);
        sendMails(NOON);
        assertThat(sendMails(NOON)).isZero();
        assertThat(mails("template")).containsExactly("WALLET_EMPTY", "WALLET_EMPTY");
    }

    @Test
    void mailsAFluctuatingWalletOnceADay() {
        thresholdEvent("EMPTY", "12", "0.25", NOON);
        thresholdEvent("EMPTY", "11", "0.25", NOON.plus(Duration.ofHours(3)));
        thresholdEvent("OVER_LIMIT", "0", "0.25", NOON.plus(Duration.ofHours(4)));
        thresholdEvent("EMPTY", "10", "0.25", NOON.plus(Duration.ofHours(13)));
        sendMails(NOON.plus(Duration.ofHours(13)));
        assertThat(mails("template || ' ' || (variables ->> 'hours')", "recipient like 'olga%'"))
                .containsExactlyInAnyOrder("WALLET_EMPTY 48", "WALLET_OVER_LIMIT 0", "WALLET_EMPTY 40");
    }

    @Test
    void sendsNoMailsForOldEvents() {
        thresholdEvent("EMPTY", "12", "0.25", NOON.minus(Duration.ofDays(1)));
        assertThat(sendMails(NOON)).isEqualTo(2);
        assertThat(mails("template")).isEmpty();
        assertThat(sendMails(NOON)).isZero();
    }

    @Test
    void sendsNoMailsForOtherNotifications() {
        thresholdEvent("RECOVERED", "12", "0.25", NOON);
        assertThat(sendMails(NOON)).isZero();
        assertThat(Database.texts("select kind from t_written.notification")).containsOnly("WALLET_RECOVERED");
    }

    @Test
    void mailsRemindersByThePolicy() {
        thresholdEvent("LOW", "12", "0.25", NOON);
        assertThat(sendMails(NOON)).isZero();
        Database.asOwner(
                "insert into t_written.notification (person_id, organization_id, permission, kind, subject, path, key, created_at)"
                        + " select id, '" + KIOSK + "', 'billing_view', 'WALLET_LOW', 'Kiosk', 'wallet', 'runway:x', '"
                        + NOON + "' from t_written.person where email like 'bert%'");
        assertThat(sendMails(NOON)).isEqualTo(1);
        assertThat(mails("template")).isEmpty();
    }

    @Test
    void mailsStaffAboutContactMessagesOnceAnHour() {
        for (var minute = 0; minute < 3; minute++) {
            Database.asOwner(
                    "insert into t_written.notification (person_id, permission, kind, subject, path, key, created_at)"
                            + " select id, 'staff_customers_view', 'CONTACT_MESSAGE', 'Ann', 'contact-messages', 'enquiry:"
                            + minute
                            + "', '"
                            + NOON.plusSeconds(minute * 60L) + "' from t_written.person where email like 'tim%'");
        }
        sendMails(NOON.plusSeconds(600));
        assertThat(mails("variables ->> 'link'")).containsExactly("http://written.example:8080/staff/contact-messages");
    }

    @Test
    void mailsStaffAboutChangedProviderPricesOnceADay() {
        for (var hour = 0; hour < 3; hour++) {
            Database.asOwner(
                    "insert into t_written.notification (person_id, permission, kind, subject, path, key, created_at)"
                            + " select id, 'staff_plans_manage', 'PROVIDER_PRICE_CHANGED', 'Main', 'provider-catalog?account=1&state=moved', 'moved:"
                            + hour + "', '" + NOON.plusSeconds(hour * 3600L)
                            + "' from t_written.person where email like 'tim%'");
        }
        sendMails(NOON.plusSeconds(3 * 3600L));
        assertThat(mails("template || ' ' || (variables ->> 'about') || ' ' || (variables ->> 'link')"))
                .containsExactly(
                        "PROVIDER_PRICE_CHANGED Main http://written.example:8080/staff/provider-catalog?account=1&state=moved");
    }

    @Test
    void mailsWithdrawnWholesalePricesWithTheirDay() {
        Database.asOwner(
                "insert into t_written.notification (person_id, permission, kind, subject, detail, path, key, created_at)"
                        + " select id, 'staff_plans_view', 'WHOLESALE_WITHDRAWN', '2026-12-01', '2026-12-01', 'wholesale-prices', 'withdrawn:1', '"
                        + NOON + "' from t_written.person where email like 'tim%'");
        sendMails(NOON.plusSeconds(60));
        assertThat(mails("template || ' ' || (variables ->> 'link')"))
                .containsExactly("WHOLESALE_WITHDRAWN http://written.example:8080/staff/wholesale-prices");
        assertThat(mails("variables ->> 'about'"))
                .singleElement()
                .asString()
                .contains("2026")
                .doesNotContain("2026-12");
    }

    @Test
    void mailsEachFailedOrder() {
        for (var server : List.of("one", "two")) {
            Database.asOwner(
                    "insert into t_written.notification (person_id, organization_id, permission, kind, subject, detail, path, key, created_at)"
                            + " select id, '" + KIOSK + "', 'vps_view', 'SERVICE_FAILED', 'web-" + server
                            + "', 'Olga', 'service?id=" + server + "', 'failed:" + server + "', '" + NOON
                            + "' from t_written.person where email like 'tim%'");
        }
        sendMails(NOON.plusSeconds(60));
        assertThat(mails("template || ' ' || (variables ->> 'about') || ' ' || (variables ->> 'link')"))
                .containsExactlyInAnyOrder(
                        "SERVICE_FAILED web-one http://written.example:8080/portal/service?id=one&in=" + KIOSK,
                        "SERVICE_FAILED web-two http://written.example:8080/portal/service?id=two&in=" + KIOSK);
        assertThat(mails("distinct variables ->> 'organization'")).containsExactly("Kiosk & Söhne");
    }

    @Test
    void mailsEverySuspensionAndUnsuspension() {
        var minute = 0;
        for (var kind : List.of("SERVICE_SUSPENDED", "SERVICE_RESUMED", "SERVICE_SUSPENDED")) {
            Database.asOwner(
                    "insert into t_written.notification (person_id, organization_id, permission, kind, subject, detail, path, key, created_at)"
                            + " select id, '" + KIOSK + "', 'vps_view', '" + kind
                            + "', 'web', 'why', 'service?id=one', 'turn:" + minute + "', '"
                            + NOON.plusSeconds(60L * minute) + "' from t_written.person where email like 'tim%'");
            minute++;
        }
        assertThat(sendMails(NOON.plusSeconds(600))).isEqualTo(3);
        assertThat(mails("template || ' ' || (variables ->> 'about') || ' ' || (variables ->> 'link')"))
                .containsExactlyInAnyOrder(
                        "SERVICE_SUSPENDED web http://written.example:8080/portal/service?id=one&in=" + KIOSK,
                        "SERVICE_RESUMED web http://written.example:8080/portal/service?id=one&in=" + KIOSK,
                        "SERVICE_SUSPENDED web http://written.example:8080/portal/service?id=one&in=" + KIOSK);
    }

    @Test
    void mailsMembersWithTransferPermissionWhenItIsUsedUp() {
        for (var kind : List.of("TRANSFER_NEARLY_USED", "TRANSFER_USED")) {
            Database.asOwner(
                    "insert into t_written.notification (person_id, organization_id, permission, kind, subject, detail, path, key, created_at)"
                            + " select id, '" + KIOSK + "', 'egress_view', '" + kind
                            + "', 'Kiosk', '80', 'transfer', 'transfer:" + kind + "', '" + NOON
                            + "' from t_written.person where email like 'bert%'");
        }
        assertThat(sendMails(NOON.plusSeconds(60))).isEqualTo(2);
        assertThat(mails("template || ' ' || (variables ->> 'about') || ' ' || (variables ->> 'link')"))
                .containsExactlyInAnyOrder(
                        "TRANSFER_NEARLY_USED Kiosk http://written.example:8080/portal/transfer?in=" + KIOSK,
                        "TRANSFER_USED Kiosk http://written.example:8080/portal/transfer?in=" + KIOSK);
    }

    /** Written as charging does; the database determines the recipients. */
    private static void thresholdEvent(String kind, String balance, String burn, Instant at) {
        Database.asOwner(
                "set search_path = t_written; insert into wallet_event (wallet_id, kind, balance, hourly_cost, at)"
                        + " values ('" + WALLET + "', '" + kind + "', " + balance + ", " + burn + ", '" + at
                        + "'); reset search_path");
    }

    private static int sendMails(Instant now) {
        var notificationMails = new NotificationMails();
        notificationMails.sql = new Sql(Database.runtime());
        notificationMails.clock = Clock.fixed(now, ZoneOffset.UTC);
        notificationMails.settings = new Settings(Map.of("tenantry.mail.host", "smtp.example")::get, name -> null);
        notificationMails.outbox = new Outbox();
        notificationMails.outbox.sql = notificationMails.sql;
        notificationMails.outbox.clock = notificationMails.clock;
        notificationMails.outbox.settings = notificationMails.settings;
        notificationMails.outbox.vault = Vault.of(List.of());
        return Database.in(ID, () -> notificationMails.write(TENANT));
    }

    private static List<String> mails(String what) {
        return mails(what, "true");
    }

    private static List<String> mails(String what, String which) {
        return Database.texts("select " + what + " from t_written.mail where " + which);
    }
}
