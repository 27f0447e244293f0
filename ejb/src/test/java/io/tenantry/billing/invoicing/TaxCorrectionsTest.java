package io.tenantry.billing.invoicing;

import static io.tenantry.billing.invoicing.InvoicingFixture.IN_DECEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.IN_NOVEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.NOVEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.OCTOBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.RENTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.TaxCorrections.Corrected;
import io.tenantry.billing.tax.TaxTreatment;
import io.tenantry.billing.tax.VatNumberVerified;
import io.tenantry.billing.wallet.ItemsCharged;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.WorkQueueFixture;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * VIES was unavailable, tax was charged, VIES then confirms the number: the tax is refunded, once. A German reseller, French customers at 20
 * percent by OSS.
 */
@Tag("full")
class TaxCorrectionsTest {
    private static final String NUMBER = "FR40303265045";
    private static final String OTHER = "FR61954506077";

    /** VIES answers in November, after October's invoice. */
    private static final Instant CONFIRMED = Instant.parse("2026-11-05T12:20:00Z");

    private static InvoicingFixture net;
    private static InvoicingFixture gross;
    private WorkQueueFixture workQueueFixture;

    private InvoicingFixture invoicingFixture;
    private UUID wallet;
    private UUID organization;

    @BeforeAll
    static void open() {
        net = GermanTaxFixture.open("retaxed-net", false);
        gross = GermanTaxFixture.open("retaxed-gross", true);
    }

    @BeforeEach
    void createCustomer() {
        createCustomerOf(net);
    }

    private void createCustomerOf(InvoicingFixture its) {
        invoicingFixture = its;
        workQueueFixture = new WorkQueueFixture(its.billingFixture.tenant);
        invoicingFixture.billingFixture.clock.stopAt(RENTED);
        wallet = GermanTaxFixture.wallet(invoicingFixture, "FR");
        organization = invoicingFixture.billingFixture.in(() -> invoicingFixture.billingFixture.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
    }

    @AfterEach
    void assertLedgerIsConsistent() {
        for (var one : List.of(net, gross)) {
            assertThat(AuditorFixture.found(
                            one.billingFixture.tenant,
                            "invoice",
                            "tax",
                            "wallet-",
                            "charges-match-periods",
                            "entry-balances",
                            "running-balance"))
                    .isEmpty();
        }
    }

    private void enterVatNumber(String number, String country) {
        invoicingFixture.billingFixture.in(() -> invoicingFixture.billingFixture.sql.update(
                """
                insert into invoice_buyer (organization_id, name, street, postcode, city, country, vat_number, email, reference,
                                           recorded_at, recorded_by)
                values (?, 'Nordwind', 'Rue 1', '75001', 'Paris', ?, ?, 'a@nordwind.example', '', ?, 'Ada')
                """, organization, country, number, invoicingFixture.billingFixture.clock.instant()));
        setTaxStatus("CONSUMER");
    }

    private void setTaxStatus(String status) {
        invoicingFixture.billingFixture.in(() -> {
            invoicingFixture.billingFixture.sql.update(
                    """
                    insert into tax_status (organization_id, status, evidence, from_at, recorded_at, recorded_by)
                    values (?, ?, 'VIES', ?, now(), 'test')
                    """, organization, status, invoicingFixture.billingFixture.clock.instant());
            return invoicingFixture.billingFixture.charging.changeTax(
                    wallet, invoicingFixture.billingFixture.clock.instant());
        });
    }

    private void recordViesVerdict(String verdict, String number, String country) {
        invoicingFixture.billingFixture.in(() -> invoicingFixture.billingFixture.sql.update(
                """
                insert into vat_check (organization_id, buyer_id, asked_for, number, country, requester, verdict, consultation,
                                       request_date, name, address, reason, requested_at)
                select ?, max(b.id), ?, ?, ?, '', ?, '', '', '', '', case when ? = 'UNAVAILABLE' then 'MS_UNAVAILABLE' else '' end, ?
                  from invoice_buyer b where b.organization_id = ?
                """,
                organization,
                UUID.randomUUID().toString(),
                number,
                country,
                verdict,
                verdict,
                invoicingFixture.billingFixture.clock.instant(),
                organization));
    }

    private void confirm(String number) {
        recordViesVerdict("VALID", number, "FR");
        setTaxStatus("BUSINESS");
    }

    /** Creates a server since 10 October, an item for ten on the same day, and October's invoice; the clock is at 5 November. */
    private BillingFixture.Rented invoiced() {
        var rented =
                invoicingFixture.billingFixture.rent(wallet, invoicingFixture.billingFixture.price("7.30"), RENTED);
        ItemsCharged.take(invoicingFixture.billingFixture, wallet, "10", "setup:" + wallet);
        invoicingFixture.billingFixture.charge(OCTOBER.to());
        invoicingFixture.billingFixture.clock.stopAt(IN_NOVEMBER);
        invoicingFixture.issue(wallet, OCTOBER);
        invoicingFixture.billingFixture.charge(CONFIRMED);
        invoicingFixture.billingFixture.clock.stopAt(CONFIRMED);
        return rented;
    }

    private void createInvoice() {
        var unused = invoiced();
    }

    private void endAndInvoice(BillingFixture.Rented rented) {
        invoicingFixture.billingFixture.end(rented, invoicingFixture.billingFixture.clock.instant());
        invoicingFixture.billingFixture.charge(NOVEMBER.to());
        invoicingFixture.billingFixture.clock.stopAt(IN_DECEMBER);
        invoicingFixture.issue(wallet, NOVEMBER);
        invoicingFixture.billingFixture.topUp(wallet, "0");
    }

    private TaxCorrections corrections() {
        var billingFixture = invoicingFixture.billingFixture;
        return new TaxCorrections(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                InvoicingFixture.trail(billingFixture),
                new TenantDirectory(Database.administration()),
                ItemsCharged.wallets(billingFixture),
                ItemsCharged.items(billingFixture),
                workQueueFixture.items);
    }

    private AutomaticTaxCorrections automatic() {
        var billingFixture = invoicingFixture.billingFixture;
        return new AutomaticTaxCorrections(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                InvoicingFixture.trail(billingFixture),
                new TenantDirectory(Database.administration()),
                workQueueFixture.items);
    }

    private Corrected correct() {
        var done = invoicingFixture.billingFixture.in(() -> corrections().correct(organization));
        invoicingFixture.billingFixture.topUp(wallet, "0");
        return done;
    }

    private TaxCorrections.Offer offer() {
        return invoicingFixture.billingFixture.in(() -> corrections().offer(organization));
    }

    private UUID invoice() {
        return invoicingFixture.billingFixture.in(() -> invoicingFixture.billingFixture.sql.one(
                "select id from invoice where wallet_id = ? and kind = 'INVOICE' order by number limit 1",
                row -> row.uuid("id"),
                wallet));
    }

    private InvoiceQuery.InvoiceDetails details(UUID id) {
        var billingFixture = invoicingFixture.billingFixture;
        return billingFixture.in(() -> new InvoiceQuery(
                        billingFixture.sql,
                        billingFixture.clock,
                        new Access(billingFixture.sql),
                        new TenantDirectory(Database.administration()),
                        invoicingFixture.invoicing)
                .one(id));
    }

    private BigDecimal sum(String column) {
        return invoicingFixture.billingFixture.in(() -> invoicingFixture.billingFixture.sql.one(
                "select sum(" + column + ") as it from invoice where wallet_id = ?", row -> row.decimal("it"), wallet));
    }

    private BigDecimal charged() {
        return GermanTaxFixture.charged(invoicingFixture, wallet);
    }

    @Test
    void skipsTaxTooSmallForADocument() {
        createCustomerOf(net);
        enterVatNumber(NUMBER, "FR");
        recordViesVerdict("UNAVAILABLE", NUMBER, "FR");
        ItemsCharged.take(invoicingFixture.billingFixture, wallet, "0.02", "setup:" + wallet);
        invoicingFixture.billingFixture.clock.stopAt(IN_NOVEMBER);
        invoicingFixture.issue(wallet, OCTOBER);
        invoicingFixture.billingFixture.clock.stopAt(CONFIRMED);
        confirm(NUMBER);
        var before = charged();

        assertThat(offer().isEmpty()).isTrue();
        assertThat(correct().isNothing()).isTrue();

        assertThat(charged()).isEqualByComparingTo(before);
        assertThat(sum("1.0")).as("documents").isEqualByComparingTo("1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refundsExactlyTheTaxChargedWhileViesWasUnavailable(boolean isGross) {
        createCustomerOf(isGross ? gross : net);
        enterVatNumber(NUMBER, "FR");
        recordViesVerdict("UNAVAILABLE", NUMBER, "FR");
        var rented = invoiced();
        invoicingFixture.billingFixture.clock.stopAt(CONFIRMED.minusSeconds(60));
        ItemsCharged.take(invoicingFixture.billingFixture, wallet, "5", "setup:later:" + wallet);
        invoicingFixture.billingFixture.clock.stopAt(CONFIRMED);
        confirm(NUMBER);
        var issued = details(invoice());
        var before = charged();

        var offer = offer();
        assertThat(offer.number()).isEqualTo(NUMBER);
        assertThat(offer.invoices()).extracting(TaxCorrections.Taxed::tax).containsExactly(issued.tax());
        assertThat(offer.running().isPositive()).isTrue();
        assertThat(offer.waiting().isZero()).isTrue();
        var done = correct();

        assertThat(done.running()).isEqualTo(offer.running());
        var note = details(done.creditNotes().get(0));
        assertThat(note.total()).isEqualTo(issued.tax().negated());
        assertThat(note.net().isZero()).isTrue();
        assertThat(note.taxes())
                .extracting(TaxSubtotal::treatment)
                .containsExactly(TaxTreatment.TAXED, TaxTreatment.REVERSE_CHARGE);
        assertThat(note.corrections().reason()).contains(NUMBER);
        assertThat(before.subtract(charged()))
                .as("refunds exactly the tax charged")
                .isEqualByComparingTo(offer.sum().amount());
        assertThat(offer().isEmpty()).isTrue();

        endAndInvoice(rented);
        // All documents together: the sales without tax, and no tax.
        assertThat(sum("tax")).isZero();
        assertThat(sum("total")).isEqualByComparingTo(charged());
        assertThat(invoicingFixture.documents(wallet)).hasSize(3);
    }

    @Test
    void correctsOnceWhenRequestedConcurrently() throws Exception {
        enterVatNumber(NUMBER, "FR");
        createInvoice();
        confirm(NUMBER);
        var before = charged();
        var sum = offer().sum().amount();
        var acts = new ArrayList<Callable<Corrected>>();
        for (var nth = 0; nth < 4; nth++) {
            acts.add(
                    () -> invoicingFixture.billingFixture.in(() -> corrections().correct(organization)));
        }
        var done = new ArrayList<Corrected>();
        var workers = Executors.newFixedThreadPool(acts.size());
        try {
            for (var future : workers.invokeAll(acts)) {
                done.add(future.get());
            }
        } finally {
            workers.shutdownNow();
        }
        invoicingFixture.billingFixture.topUp(wallet, "0");

        assertThat(done).filteredOn(one -> !one.isNothing()).hasSize(1);
        assertThat(before.subtract(charged())).isEqualByComparingTo(sum);
        // VIES gives the same answer again, a month later.
        recordViesVerdict("VALID", NUMBER, "FR");
        assertThat(correct().isNothing()).isTrue();
    }

    @Test
    void rollsBackOnFailure() {
        enterVatNumber(NUMBER, "FR");
        createInvoice();
        confirm(NUMBER);
        var before = charged();
        assertThatThrownBy(() -> invoicingFixture.billingFixture.in(() -> {
                    var unused = corrections().correct(organization);
                    throw new IllegalStateException("died");
                }))
                .hasStackTraceContaining("died");
        assertThat(charged()).isEqualByComparingTo(before);
        assertThat(offer().isEmpty()).isFalse();
    }

    @Test
    void correctsTheRemainderOfAPartlyCreditedInvoice() {
        enterVatNumber(NUMBER, "FR");
        var rented = invoiced();
        credit(invoice(), itemPosition(), "4");
        confirm(NUMBER);

        var left = details(invoice()).net().amount().subtract(new BigDecimal("4"));
        var note = details(correct().creditNotes().get(0));

        assertThat(note.taxes().get(1).base().amount()).isEqualByComparingTo(left);
        endAndInvoice(rented);
        assertThat(sum("tax")).isZero();
        assertThat(sum("total")).isEqualByComparingTo(charged());
    }

    @Test
    void creditsDebitsAndVoidsACorrectedInvoiceWithoutTax() {
        enterVatNumber(NUMBER, "FR");
        createInvoice();
        confirm(NUMBER);
        correct();
        var before = charged();

        credit(invoice(), itemPosition(), "4");
        assertThat(before.subtract(charged())).isEqualByComparingTo("4");
        debit(invoice(), itemPosition(), "1");
        assertThat(before.subtract(charged())).isEqualByComparingTo("3");
        assertThat(voided()).isInstanceOf(Voids.Outcome.Done.class);
        invoicingFixture.billingFixture.topUp(wallet, "0");

        assertThat(sum("total")).isZero();
        assertThat(offer().isEmpty()).isTrue();
    }

    @Test
    void skipsVoidInvoices() {
        enterVatNumber(NUMBER, "FR");
        createInvoice();
        var unused = voided();
        confirm(NUMBER);
        assertThat(offer().invoices()).isEmpty();
        assertThat(correct().creditNotes()).isEmpty();
    }

    @Test
    void skipsInvoicesFromBeforeTheVatNumber() {
        enterVatNumber("", "FR");
        createInvoice();
        enterVatNumber(NUMBER, "FR");
        invoicingFixture.billingFixture.clock.stopAt(CONFIRMED.plus(Duration.ofHours(10)));
        invoicingFixture.billingFixture.charge(invoicingFixture.billingFixture.clock.instant());
        confirm(NUMBER);

        var offer = offer();
        assertThat(offer.invoices()).isEmpty();
        assertThat(offer.running().isPositive()).as("hours of the open period").isTrue();
    }

    @Test
    void skipsInvoicesUnderAnotherVatNumber() {
        enterVatNumber(OTHER, "FR");
        createInvoice();
        enterVatNumber(NUMBER, "FR");
        confirm(NUMBER);
        assertThat(offer().isEmpty()).isTrue();
        assertThat(correct().isNothing()).isTrue();
    }

    @Test
    void skipsVatNumbersOfAnotherCountry() {
        enterVatNumber("ATU12345675", "FR");
        createInvoice();
        recordViesVerdict("VALID", "ATU12345675", "FR");
        setTaxStatus("BUSINESS");
        assertThat(offer().isEmpty()).isTrue();
    }

    @Test
    void skipsInvoicesAfterViesDeniedTheNumber() {
        enterVatNumber(NUMBER, "FR");
        createInvoice();
        recordViesVerdict("INVALID", NUMBER, "FR");
        confirm(NUMBER);
        assertThat(offer().isEmpty()).isTrue();
    }

    @Test
    void waitsForAnInvoiceThatIsNotIssuedYet() {
        enterVatNumber(NUMBER, "FR");
        var rented =
                invoicingFixture.billingFixture.rent(wallet, invoicingFixture.billingFixture.price("7.30"), RENTED);
        var inTheWindow = Instant.parse("2026-11-02T08:20:00Z");
        invoicingFixture.billingFixture.charge(inTheWindow);
        invoicingFixture.billingFixture.clock.stopAt(inTheWindow);
        confirm(NUMBER);

        var offer = offer();
        assertThat(offer.invoices()).isEmpty();
        assertThat(offer.waiting().isPositive()).isTrue();
        assertThat(offer.running().isPositive()).isTrue();
        assertThat(correct().creditNotes()).isEmpty();

        invoicingFixture.billingFixture.clock.stopAt(IN_NOVEMBER);
        invoicingFixture.issue(wallet, OCTOBER);
        assertThat(correct().creditNotes()).hasSize(1);
        endAndInvoice(rented);
        assertThat(sum("tax")).isZero();
        assertThat(sum("total")).isEqualByComparingTo(charged());
    }

    @Test
    void correctsAutomaticallyIfEnabledAndConfirmedByVies() {
        // Without customers of other tests, whose numbers VIES has confirmed.
        createCustomerOf(GermanTaxFixture.open("retaxed-automatic", false));
        enterVatNumber(NUMBER, "FR");
        createInvoice();
        workQueueFixture.clear();
        setTaxStatus("BUSINESS");
        var automatic = automatic();
        begin();
        assertThat(workQueueFixture.column(invoicingFixture.billingFixture.tenant, "key"))
                .as("not enabled")
                .isEmpty();
        invoicingFixture.billingFixture.in(() -> {
            automatic.setEnabled(true);
            return automatic.begin();
        });
        assertThat(workQueueFixture.column(invoicingFixture.billingFixture.tenant, "key"))
                .as("set by staff, not confirmed by VIES")
                .isEmpty();

        recordViesVerdict("VALID", NUMBER, "FR");
        begin();
        begin();
        invoicingFixture.billingFixture.in(() -> {
            automatic.confirmed(new VatNumberVerified(organization, NUMBER, true, "VIES"));
            return true;
        });
        var before = charged();
        var sum = offer().sum().amount();
        work();
        work();
        invoicingFixture.billingFixture.topUp(wallet, "0");

        assertThat(workQueueFixture.column(invoicingFixture.billingFixture.tenant, "state"))
                .containsExactly("DONE", "DONE");
        assertThat(before.subtract(charged())).isEqualByComparingTo(sum);
        invoicingFixture.billingFixture.in(() -> {
            automatic.setEnabled(false);
            return true;
        });
    }

    private void begin() {
        int unused = invoicingFixture.billingFixture.in(() -> automatic().begin());
    }

    private void work() {
        var unused = workQueueFixture.work(new TaxCorrectionHandler(new Stepped(this)));
    }

    @Test
    void requiresPermission() {
        try (var actorScope = Actors.enter(new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia"))) {
            assertThatThrownBy(() -> Database.in(
                            invoicingFixture.billingFixture.tenant,
                            () -> corrections().offer(organization)))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> Database.in(
                            invoicingFixture.billingFixture.tenant,
                            () -> corrections().correct(organization)))
                    .isInstanceOf(AccessDeniedException.class);
        }
    }

    @Test
    void databaseAndAuditorRejectInvalidCorrections() {
        enterVatNumber(NUMBER, "FR");
        createInvoice();
        confirm(NUMBER);
        correct();
        var tenant = invoicingFixture.billingFixture.tenant;
        assertThat(AuditorFixture.inTheLedgerAfter(
                        tenant, "update invoice_item set amount = amount - 1 where kind = 'UNTAXED'"))
                .anyMatch(found -> found.invariant().equals("tax-corrected-charges"));
        assertThat(AuditorFixture.inTheLedgerAfter(tenant, "delete from tax_corrected_charge"))
                .anyMatch(found -> found.invariant().equals("tax-corrected-charges"));
        assertThat(
                        AuditorFixture.inTheLedgerAfter(
                                tenant,
                                "update invoice_line set amount = amount + 1 where kind = 'TAX_CORRECTED' and corrects_position is not null"))
                .anyMatch(found -> found.invariant().equals("invoice-corrections"));
        assertThat(
                        AuditorFixture.inTheLedgerAfter(
                                tenant,
                                "update invoice_line set kind = 'CREDITED' where kind = 'TAX_CORRECTED' and corrects_position is not null"))
                .anyMatch(found -> found.invariant().equals("invoice-corrections"));
        assertThatThrownBy(() -> invoicingFixture.billingFixture.in(() ->
                        invoicingFixture.billingFixture.sql.update("update tax_corrected_charge set entry_id = null")))
                .hasStackTraceContaining("tax_corrected_charge");
    }

    private Voids.Outcome voided() {
        var id = invoice();
        return invoicingFixture.billingFixture.in(() -> voids().issue(UUID.randomUUID(), id, "for somebody else"));
    }

    private int itemPosition() {
        var id = invoice();
        return invoicingFixture.billingFixture.in(() -> creditNotes().offer(id)).lines().stream()
                .filter(line -> line.amount().equals(invoicingFixture.billingFixture.money("10")))
                .findFirst()
                .orElseThrow()
                .position();
    }

    private void credit(UUID invoice, int position, String amount) {
        var outcome = invoicingFixture.billingFixture.in(() -> InvoicingFixture.issue(
                creditNotes(), UUID.randomUUID(), invoice, Map.of(position, new BigDecimal(amount)), "it was down"));
        assertThat(outcome).isInstanceOf(CreditNotes.Outcome.Issued.class);
        invoicingFixture.billingFixture.topUp(wallet, "0");
    }

    private void debit(UUID invoice, int position, String amount) {
        var billingFixture = invoicingFixture.billingFixture;
        var notes = new DebitNotes(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                InvoicingFixture.trail(billingFixture),
                new TenantDirectory(Database.administration()),
                ItemsCharged.items(billingFixture));
        assertThat(billingFixture.in(() -> InvoicingFixture.issue(
                        notes,
                        UUID.randomUUID(),
                        invoice,
                        Map.of(position, new BigDecimal(amount)),
                        "it was forgotten")))
                .isInstanceOf(DebitNotes.Outcome.Issued.class);
        billingFixture.topUp(wallet, "0");
    }

    private CreditNotes creditNotes() {
        var billingFixture = invoicingFixture.billingFixture;
        return new CreditNotes(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                InvoicingFixture.trail(billingFixture),
                new TenantDirectory(Database.administration()),
                ItemsCharged.items(billingFixture));
    }

    private Voids voids() {
        var billingFixture = invoicingFixture.billingFixture;
        return new Voids(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                InvoicingFixture.trail(billingFixture),
                new TenantDirectory(Database.administration()),
                ItemsCharged.items(billingFixture));
    }

    /** Runs each step in its own transaction, as the container does. */
    private static final class Stepped extends TaxCorrections {
        private final TaxCorrections its;
        private final InvoicingFixture invoicingFixture;

        Stepped(TaxCorrectionsTest test) {
            its = test.corrections();
            invoicingFixture = test.invoicingFixture;
        }

        @Override
        public void correct(io.tenantry.workqueue.ClaimedWorkItem claimedWorkItem) {
            Database.run(invoicingFixture.billingFixture.tenant, () -> its.correct(claimedWorkItem));
        }
    }
}
