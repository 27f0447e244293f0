package io.tenantry.billing.tax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.billing.tax.VatChecks.CheckTrigger;
import io.tenantry.billing.tax.VatChecks.Evidence;
import io.tenantry.billing.tax.VatChecks.Known;
import io.tenantry.config.Settings;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.SqlFailure;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkQueueFixture;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** VAT numbers from entry to their effect on tax. */
class VatChecksTest {
    private static final Instant NOW = Instant.parse("2026-10-10T12:20:00Z");
    private static final String NUMBER = "FR40303265045";
    private static final String OTHER = "FR61954506077";

    private static BillingFixture billingFixture;
    private static WorkQueueFixture workQueueFixture;
    private static FakeVies vies;
    private static CustomerTaxStatuses statuses;
    private static final VatChecks CHECKS = new VatChecks();

    private UUID wallet;
    private UUID organization;

    @BeforeAll
    static void open() {
        billingFixture = new BillingFixture("vat-checks", "EUR", "Europe/Berlin");
        billingFixture.clock.stopAt(NOW);
        var unused = new InvoicingFixture(billingFixture);
        vies = new FakeVies();
        workQueueFixture = new WorkQueueFixture(billingFixture.tenant);
        var fixture = new TaxSettingsFixture(billingFixture);
        statuses = fixture.statuses;
        CHECKS.sql = billingFixture.sql;
        CHECKS.clock = billingFixture.clock;
        CHECKS.access = statuses.access;
        CHECKS.audit = statuses.audit;
        CHECKS.items = workQueueFixture.items;
        assertThat(fixture.register("DE", TaxSettings.Scheme.DOMESTIC, LocalDate.of(2026, 10, 1)))
                .isEqualTo(TaxSettings.Outcome.DONE);
    }

    @AfterAll
    static void close() {
        vies.close();
    }

    @BeforeEach
    void createCustomer() {
        billingFixture.clock.stopAt(NOW);
        workQueueFixture.clear();
        vies.questions.clear();
        vies.reply(200, FakeVies.VALID);
        CHECKS.vies = vies.client();
        wallet = billingFixture.wallet("100");
        new InvoicingFixture(billingFixture).name(wallet);
        organization = billingFixture.in(() -> billingFixture.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
    }

    private void enterVatNumber(String number, String country) {
        billingFixture.in(() -> {
            billingFixture.sql.update("""
                    insert into invoice_buyer (organization_id, name, street, postcode, city, country, vat_number, email, reference,
                                               recorded_at, recorded_by)
                    values (?, 'Nordwind', '', '', '', ?, ?, 'a@nordwind.example', '', ?, 'Ada')
                    """, organization, country, number, billingFixture.clock.instant());
            statuses.locationChanged(new TaxLocationChanged(organization, true));
            CHECKS.stated(new TaxLocationChanged(organization, true));
            return true;
        });
    }

    private static void work() {
        var unused = workQueueFixture.work(new VatCheckHandler(new Stepped(), CHECKS.vies));
    }

    private Known checkState() {
        return billingFixture.in(() -> CHECKS.known(organization));
    }

    private TaxCustomer.Status status() {
        return billingFixture.in(() -> statuses.of(organization)).status();
    }

    private List<String> verdicts() {
        return billingFixture.in(() -> CHECKS.evidence(organization)).stream()
                .map(Evidence::verdict)
                .toList();
    }

    @Test
    void appliesReverseChargeFromTheHourAfterConfirmation() {
        enterVatNumber(NUMBER, "FR");
        var rented = billingFixture.rent(wallet, billingFixture.price("7.30"), NOW);
        assertThat(checkState()).isEqualTo(Known.CHECKING);
        assertThat(status()).isEqualTo(TaxCustomer.Status.CONSUMER);

        work();

        assertThat(checkState()).isEqualTo(Known.CONFIRMED);
        var customerTaxStatus = billingFixture.in(() -> statuses.of(organization));
        assertThat(customerTaxStatus.status()).isEqualTo(TaxCustomer.Status.BUSINESS);
        assertThat(customerTaxStatus.evidence()).contains(NUMBER, "WAPIAAAAZ1");
        assertThat(billingFixture.in(() -> CHECKS.evidence(organization)))
                .containsExactly(new Evidence(
                        NUMBER, "VALID", "WAPIAAAAZ1", "NORDWIND SAS", "1 RUE DE LA MER\n75001 PARIS", "", NOW));
        billingFixture.charge(NOW.plusSeconds(3_601));
        // The hour already started bears 19 percent tax, the next none.
        assertThat(billingFixture.balance(wallet)).isEqualTo(billingFixture.money("99.9781"));
        assertThat(billingFixture.hours(rented)).isEqualTo(2);
        assertThat(AuditorFixture.found(
                        billingFixture.tenant, "tax", "period", "wallet-hourly-cost", "charges-match-periods"))
                .isEmpty();
    }

    @Test
    void makesAConsumerAfterRevocationAndIgnoresARepeatedAnswer() {
        enterVatNumber(NUMBER, "FR");
        work();
        billingFixture.in(() -> statuses.set(
                organization, TaxCustomer.Status.CONSUMER, CustomerTaxStatuses.Proof.of("buys for itself")));
        requestAgain();
        work();
        assertThat(status()).as("overridden by staff").isEqualTo(TaxCustomer.Status.CONSUMER);

        billingFixture.in(() ->
                statuses.set(organization, TaxCustomer.Status.BUSINESS, CustomerTaxStatuses.Proof.of("sorted out")));
        vies.reply(200, FakeVies.INVALID);
        requestAgain();
        work();

        assertThat(status()).isEqualTo(TaxCustomer.Status.CONSUMER);
        assertThat(checkState()).isEqualTo(Known.UNKNOWN);
        assertThat(verdicts()).containsExactly("INVALID", "VALID", "VALID");
    }

    private void requestAgain() {
        CheckTrigger checkTrigger = billingFixture.in(() -> CHECKS.again(organization));
        assertThat(checkTrigger).isEqualTo(CheckTrigger.REQUESTED);
    }

    @Test
    void chargesTaxAndRetriesWhileViesIsUnavailable() {
        enterVatNumber(NUMBER, "FR");
        vies.reply(200, "{\"errorWrappers\": [{\"error\": \"MS_UNAVAILABLE\"}]}");
        for (var i = 0; i < VatCheckHandler.ATTEMPTS_MAX; i++) {
            work();
            workQueueFixture.makeDue();
        }
        work();

        assertThat(vies.questions).hasSize(VatCheckHandler.ATTEMPTS_MAX);
        assertThat(verdicts()).as("each reason once").containsExactly("UNAVAILABLE");
        assertThat(checkState()).isEqualTo(Known.CHECKING);
        assertThat(status()).isEqualTo(TaxCustomer.Status.CONSUMER);
        assertThat(workQueueFixture.column(billingFixture.tenant, "state")).containsExactly("DONE");

        // The next day the check is repeated, by any node, once.
        vies.reply(200, FakeVies.VALID);
        billingFixture.in(CHECKS::begin);
        billingFixture.in(CHECKS::begin);
        assertThat(workQueueFixture.column(billingFixture.tenant, "key"))
                .filteredOn(key -> key.startsWith("due:" + organization))
                .hasSize(1);
        work();
        assertThat(status()).isEqualTo(TaxCustomer.Status.BUSINESS);
    }

    @Test
    void checksNumbersMonthly() {
        enterVatNumber(NUMBER, "FR");
        work();
        billingFixture.clock.stopAt(NOW.plus(VatChecks.AGAIN_AFTER).minus(Duration.ofHours(1)));
        billingFixture.in(CHECKS::begin);
        work();
        assertThat(verdicts()).hasSize(1);

        billingFixture.clock.stopAt(NOW.plus(VatChecks.AGAIN_AFTER).plus(Duration.ofHours(1)));
        billingFixture.in(CHECKS::begin);
        work();
        assertThat(verdicts()).containsExactly("VALID", "VALID");
    }

    @Test
    void ignoresAnAnswerForAReplacedNumber() {
        enterVatNumber(NUMBER, "FR");
        vies.handle(exchange -> {
            if (vies.questions.size() == 1) {
                enterVatNumber(OTHER, "FR");
            }
            vies.reply(500, "");
            var bytes = FakeVies.VALID
                    .replace("${state}", "FR")
                    .replace("${digits}", NUMBER.substring(2))
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        });
        work();

        assertThat(status()).isEqualTo(TaxCustomer.Status.CONSUMER);
        assertThat(checkState()).isEqualTo(Known.CHECKING);
        assertThat(verdicts()).containsExactly("UNAVAILABLE", "VALID");

        vies.reply(200, FakeVies.VALID);
        enterVatNumber(NUMBER, "FR");
        assertThat(checkState()).as("the answers before giving up").isEqualTo(Known.CHECKING);
        work();
        assertThat(status()).isEqualTo(TaxCustomer.Status.BUSINESS);
    }

    @Test
    void confirmsANumberOfAnotherStateWithoutReverseCharge() {
        enterVatNumber(NUMBER, "AT");
        work();
        assertThat(checkState()).isEqualTo(Known.CONFIRMED);
        assertThat(status()).isEqualTo(TaxCustomer.Status.CONSUMER);
    }

    @Test
    void sendsNoSecondRequestAfterACrash() {
        enterVatNumber(NUMBER, "FR");
        var worker = new VatCheckHandler(new Stepped(), CHECKS.vies);
        var claimedWorkItem =
                workQueueFixture.queue.claim(List.of(VatCheckHandler.KIND)).orElseThrow();
        assertThat(runAsSystem(worker, claimedWorkItem)).isEqualTo(runAsSystem(worker, claimedWorkItem));
        assertThat(vies.questions).hasSize(1);
        assertThat(verdicts()).containsExactly("VALID");
    }

    private static Object runAsSystem(VatCheckHandler worker, ClaimedWorkItem claimedWorkItem) {
        try (var actorScope = Actors.enter(Actor.system(VatCheckHandler.KIND))) {
            return Tenancy.in(claimedWorkItem.tenant(), () -> worker.work(claimedWorkItem));
        }
    }

    @Test
    void keepsAnExemption() {
        enterVatNumber(NUMBER, "FR");
        billingFixture.in(() -> statuses.set(
                organization,
                TaxCustomer.Status.EXEMPT,
                CustomerTaxStatusesTest.certificate("NATO SOFA 12/2026", null)));
        work();
        assertThat(checkState()).isEqualTo(Known.CONFIRMED);
        assertThat(status()).isEqualTo(TaxCustomer.Status.EXEMPT);
    }

    @Test
    void checksNothingWithoutVies() {
        CHECKS.vies = new Vies(new Settings(key -> null, name -> null), vies.httpGateway);
        enterVatNumber(NUMBER, "FR");
        assertThat(workQueueFixture.column(billingFixture.tenant, "key")).isEmpty();
        assertThat(checkState()).isEqualTo(Known.NONE);
        CheckTrigger checkTrigger = billingFixture.in(() -> CHECKS.again(organization));
        assertThat(checkTrigger).isEqualTo(CheckTrigger.NONE);
        int started = billingFixture.in(CHECKS::begin);
        assertThat(started).isZero();
    }

    @Test
    void refusesToChangeEvidenceAndRequiresPermission() {
        enterVatNumber(NUMBER, "FR");
        CheckTrigger checkTrigger = billingFixture.in(() -> CHECKS.again(organization));
        assertThat(checkTrigger).isEqualTo(CheckTrigger.IN_PROGRESS);
        work();
        assertThatThrownBy(() ->
                        billingFixture.in(() -> billingFixture.sql.update("update vat_check set verdict = 'VALID'")))
                .isInstanceOf(SqlFailure.class);
        try (var actorScope = Actors.enter(new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia"))) {
            assertThatThrownBy(() -> Database.in(billingFixture.tenant, () -> CHECKS.evidence(organization)))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> Database.in(billingFixture.tenant, () -> CHECKS.again(organization)))
                    .isInstanceOf(AccessDeniedException.class);
        }
    }

    /** Runs each step in its own transaction, as the container does. */
    private static final class Stepped extends VatCheckTransactions {
        Stepped() {
            super(billingFixture.sql, billingFixture.clock, workQueueFixture.items, statuses::numberVerified);
        }

        @Override
        public Optional<VatQuery> question(ClaimedWorkItem claimedWorkItem) {
            return Database.in(billingFixture.tenant, () -> super.question(claimedWorkItem));
        }

        @Override
        public void note(ClaimedWorkItem claimedWorkItem, VatQuery vatQuery, ViesResponse answer) {
            Database.run(billingFixture.tenant, () -> super.note(claimedWorkItem, vatQuery, answer));
        }
    }
}
