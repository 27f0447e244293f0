package io.tenantry.documents.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.config.Settings;
import io.tenantry.documents.mail.InvoiceDelivery.Decision;
import io.tenantry.documents.mail.InvoiceDelivery.Delivery;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.settlement.SettlementFixture;
import io.tenantry.settlement.SettlementQuery.SettlementSummary;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Settlements reach the reseller's billing contacts, once, even when workers die or compete. */
@Tag("full")
class SettlementMailsTest {
    private static final Instant RENTED = Instant.parse("2026-10-10T12:20:00Z");
    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
    private static int counters;

    private SettlementFixture settlementFixture;

    @BeforeEach
    void settleOctober() {
        settlementFixture = new SettlementFixture("told-" + ++counters, "EUR", "Europe/Berlin");
        settlementFixture.billingFixture.clock.stopAt(RENTED);
        settlementFixture.rent(settlementFixture.price("7.30", "3.65"), RENTED);
        settlementFixture.billingFixture.charge(Instant.parse("2026-10-31T23:00:00Z"));
        settlementFixture.settle(Instant.parse("2026-11-05T00:00:00Z"));
    }

    @AfterEach
    void cleanUp() {
        assertThat(settlementFixture.forget()).isEqualTo(1);
    }

    private void person(String email, String role, String locale) {
        settlementFixture.billingFixture.in(() -> {
            var id = UUID.randomUUID();
            settlementFixture.billingFixture.sql.update(
                    "insert into person (id, email, name, locale, created_at) values (?, ?, ?, ?, ?)",
                    id,
                    email,
                    "Ida " + role,
                    locale,
                    RENTED);
            return settlementFixture.billingFixture.sql.update(
                    "insert into staff_member (person_id, role, role_kind, joined_at) values (?, ?, 'STAFF', ?)",
                    id,
                    role,
                    RENTED);
        });
    }

    private void enterBillingEmail(String email) {
        settlementFixture.billingFixture.in(() -> settlementFixture.billingFixture.sql.update("""
                insert into invoice_seller (name, street, postcode, city, country, vat_number, tax_number, register, email, phone, bank, iban,
                                            bic, note, recorded_at, recorded_by)
                values ('Reseller Ltd', 'Ring 1', '1010', 'Town', 'AT', '', '', '', ?, '', '', '', '', '', ?, 'test')
                """, email, RENTED));
    }

    private int queueMails() {
        var outbox = new Outbox();
        outbox.sql = settlementFixture.billingFixture.sql;
        outbox.clock = settlementFixture.billingFixture.clock;
        outbox.settings = new Settings(Map.of("tenantry.mail.host", "127.0.0.1")::get, name -> null);
        var settlementMails = new SettlementMails(
                settlementFixture.billingFixture.sql, settlementFixture.billingFixture.clock, outbox, outbox.settings);
        try (var actorScope = Actors.enter(Actor.system("mails"))) {
            return Database.in(
                    settlementFixture.billingFixture.tenant, () -> settlementMails.write(settlementFixture.tenant()));
        }
    }

    private List<String> mails() {
        return Database.texts(
                "select template || ' ' || recipient || ' ' || locale || ' ' || (variables ->> 'about') || ' ' || attached::text"
                        + " from " + settlementFixture.billingFixture.tenant.schema()
                        + ".mail order by created_at, recipient");
    }

    private SettlementSummary october() {
        return settlementFixture
                .billingFixture
                .in(() -> settlementFixture.ledger().months(settlementFixture.billingFixture.tenant, OCTOBER, OCTOBER))
                .get(0);
    }

    private static SettlementDelivery mails(SettlementFixture of) {
        var posts = new SettlementOutbox(of.billingFixture.sql) {
            @Override
            public Delivery of(Scope scope, UUID document, Instant issuedAt) {
                return CompletableFuture.supplyAsync(
                                () -> Database.in(scope, () -> super.of(scope, document, issuedAt)))
                        .join();
            }
        };
        return new SettlementDelivery(
                new Access(of.billingFixture.sql), posts, new TenantDirectory(Database.administration()));
    }

    @Test
    void mailsBillingManagersOnceInTheirLanguage() {
        person("owner@told.example", "staff_owner", "de");
        person("support@told.example", "staff_support", "en");
        enterBillingEmail("Billing@told.example");
        var document = october();
        assertThat(settlementFixture
                        .billingFixture
                        .in(() -> mails(settlementFixture).of(document))
                        .decision())
                .isEqualTo(Decision.DUE);

        assertThat(queueMails()).isEqualTo(1);
        assertThat(queueMails()).isZero();
        // All tests share the platform: until the platform's seller data is set, a statement without tax has no file.
        var files = Database.texts("select name from platform.platform_seller limit 1")
                        .isEmpty()
                ? " {}"
                : " {PDF}";
        assertThat(mails())
                .containsExactly(
                        "SETTLEMENT_ISSUED billing@told.example "
                                + settlementFixture.tenant().locale().toLanguageTag() + " " + document.number() + files,
                        "SETTLEMENT_ISSUED owner@told.example de " + document.number() + files);
        var own = settlementFixture.billingFixture.in(
                () -> mails(settlementFixture).of(document));
        assertThat(own.decision()).isEqualTo(Decision.QUEUED);
        assertThat(own.mails()).extracting(InvoiceDelivery.Sent::state).containsOnly("WAITING");
        assertThat(settlementFixture.platform(() -> mails(settlementFixture).of(document)))
                .isEqualTo(own);
    }

    @Test
    void mailsCreditNotes() {
        enterBillingEmail("billing@told.example");
        assertThat(queueMails()).isEqualTo(1);
        var settlement = october().id();
        var note = UUID.randomUUID();
        settlementFixture.platform(
                () -> settlementFixture.credits().issue(note, settlement, Map.of(1, new BigDecimal("1")), "an outage"));
        assertThat(queueMails()).isEqualTo(1);
        assertThat(mails()).hasSize(2).last().asString().startsWith("SETTLEMENT_CREDITED billing@told.example");
        assertThat(Database.texts("select variables ->> 'link' from " + settlementFixture.billingFixture.tenant.schema()
                        + ".mail where template = 'SETTLEMENT_CREDITED'"))
                .singleElement()
                .asString()
                .endsWith("/staff/settlement?id=" + note);
    }

    @Test
    void reportsMissingRecipientsAndSendsNoOldMailsToLaterMembers() {
        assertThat(queueMails()).isEqualTo(1);
        var document = october();
        assertThat(settlementFixture
                        .billingFixture
                        .in(() -> mails(settlementFixture).of(document))
                        .decision())
                .isEqualTo(Decision.NO_RECIPIENT);
        enterBillingEmail("billing@told.example");
        assertThat(queueMails()).isZero();
        assertThat(mails()).isEmpty();
    }

    @Test
    void sendsNoMailsForEarlierSettlements() {
        enterBillingEmail("billing@told.example");
        settlementFixture.billingFixture.in(() -> settlementFixture.billingFixture.sql.update(
                "update invoice_policy set settlement_mails_from = '2026-11-06'"));
        assertThat(queueMails()).isZero();
        var document = october();
        assertThat(settlementFixture
                        .billingFixture
                        .in(() -> mails(settlementFixture).of(document))
                        .decision())
                .isEqualTo(Decision.NEVER);
    }

    @Test
    void queuesMailsOnceDespiteACrashAndConcurrentNodes() throws Exception {
        enterBillingEmail("billing@told.example");
        assertThatThrownBy(() -> Database.run(settlementFixture.billingFixture.tenant, () -> {
                    settlementFixture.billingFixture.sql.update(
                            "insert into settlement_delivery (document_id, state, decided_at)"
                                    + " select s.id, 'QUEUED', now() from platform.settlement s");
                    throw new IllegalStateException("died");
                }))
                .hasMessage("died");
        var nodes = Executors.newFixedThreadPool(4);
        try {
            Callable<Integer> node = this::queueMails;
            for (var done : nodes.invokeAll(List.of(node, node, node, node))) {
                assertThat(done.get()).isBetween(0, 1);
            }
        } finally {
            nodes.shutdown();
            assertThat(nodes.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(mails()).hasSize(1);
    }

    @Test
    void requiresPermissionToSeeMails() {
        var document = october();
        var nobody = new Actor(Actor.Kind.OPERATOR, UUID.randomUUID(), "nobody");
        try (var actorScope = Actors.enter(nobody)) {
            assertThatThrownBy(() -> Database.in(
                            Scope.PLATFORM, () -> mails(settlementFixture).of(document)))
                    .isInstanceOf(AccessDeniedException.class);
        }
    }
}
