package io.tenantry.billing.invoicing;

import static io.tenantry.billing.invoicing.InvoicingFixture.IN_NOVEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.OCTOBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.RENTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.CreditNotes.Outcome;
import io.tenantry.billing.wallet.ItemsCharged;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.SqlFailure;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Invoice lines are credited: money, document and number at once. 7.30 a month is 0.01 an hour. */
class CreditNotesTest {
    private static InvoicingFixture net;
    private static InvoicingFixture gross;
    private static InvoicingFixture untaxed;

    private InvoicingFixture invoicingFixture;

    @BeforeAll
    static void open() {
        net = GermanTaxFixture.open("credited-net", false);
        gross = GermanTaxFixture.open("credited-gross", true);
        untaxed = new InvoicingFixture(new BillingFixture("credited", "EUR", "Europe/Berlin"));
    }

    @BeforeEach
    void startInOctober() {
        invoicingFixture = net;
        List.of(net, gross, untaxed).forEach(one -> one.billingFixture.clock.stopAt(RENTED));
    }

    @AfterEach
    void assertLedgerIsConsistent() {
        for (var one : List.of(net, gross, untaxed)) {
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

    /** Creates October's invoice of one server, 5.15, and an item, 10. */
    private UUID invoiced(String country) {
        var wallet = GermanTaxFixture.wallet(invoicingFixture, country);
        var rented =
                invoicingFixture.billingFixture.rent(wallet, invoicingFixture.billingFixture.price("7.30"), RENTED);
        ItemsCharged.take(invoicingFixture.billingFixture, wallet, "10", "setup:" + wallet);
        invoicingFixture.billingFixture.charge(OCTOBER.to());
        invoicingFixture.billingFixture.end(rented, OCTOBER.to());
        invoicingFixture.billingFixture.clock.stopAt(IN_NOVEMBER);
        invoicingFixture.issue(wallet, OCTOBER);
        return wallet;
    }

    private CreditNotes notes() {
        var billingFixture = invoicingFixture.billingFixture;
        return new CreditNotes(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                InvoicingFixture.trail(billingFixture),
                new TenantDirectory(Database.administration()),
                ItemsCharged.items(billingFixture));
    }

    private UUID invoice(UUID wallet) {
        return invoicingFixture.billingFixture.in(() -> invoicingFixture.billingFixture.sql.one(
                "select id from invoice where wallet_id = ? and kind = 'INVOICE'", row -> row.uuid("id"), wallet));
    }

    private Outcome credit(UUID id, UUID wallet, Map<Integer, BigDecimal> amounts) {
        var invoice = invoice(wallet);
        var outcome = invoicingFixture.billingFixture.in(() -> notes().issue(id, invoice, amounts, "it was down"));
        invoicingFixture.billingFixture.topUp(wallet, "0");
        return outcome;
    }

    /** Returns the position of the item's line. */
    private int itemPosition(UUID wallet) {
        var invoice = invoice(wallet);
        return invoicingFixture.billingFixture.in(() -> notes().offer(invoice)).lines().stream()
                .filter(line -> line.amount().equals(invoicingFixture.billingFixture.money("10")))
                .findFirst()
                .orElseThrow()
                .position();
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

    private String number(UUID id) {
        return details(id).issued().orElseThrow().number();
    }

    @Test
    void creditsPartOfALineWithItsTaxAndNamesTheInvoice() {
        var wallet = invoiced("DE");
        var before = invoicingFixture.billingFixture.balance(wallet);
        var id = UUID.randomUUID();

        assertThat(credit(id, wallet, Map.of(itemPosition(wallet), new BigDecimal("4"))))
                .isEqualTo(new Outcome.Issued(id));

        assertThat(invoicingFixture.billingFixture.balance(wallet).minus(before))
                .isEqualTo(invoicingFixture.billingFixture.money("4.76"));
        var invoiceDetails = details(id);
        assertThat(number(id)).matches("CN-2026-[0-9]{6}");
        assertThat(invoiceDetails.issued().orElseThrow().kind()).isEqualTo(DocumentKind.CREDIT_NOTE);
        assertThat(invoiceDetails.net()).isEqualTo(invoicingFixture.billingFixture.money("-4"));
        assertThat(invoiceDetails.tax()).isEqualTo(invoicingFixture.billingFixture.money("-0.76"));
        assertThat(invoiceDetails.total()).isEqualTo(invoicingFixture.billingFixture.money("-4.76"));
        assertThat(invoiceDetails.corrections().corrects().orElseThrow().number())
                .startsWith("INV-2026-");
        assertThat(invoiceDetails.corrections().reason()).isEqualTo("it was down");
        assertThat(details(invoice(wallet)).corrections().correctedBy())
                .extracting(InvoiceReferences.Reference::id)
                .containsExactly(id);
    }

    @Test
    void creditsAGrossPriceIncludingItsTax() {
        invoicingFixture = gross;
        var wallet = invoiced("DE");
        var before = invoicingFixture.billingFixture.balance(wallet);
        var id = UUID.randomUUID();

        assertThat(credit(id, wallet, Map.of(itemPosition(wallet), new BigDecimal("1.19"))))
                .isEqualTo(new Outcome.Issued(id));

        assertThat(invoicingFixture.billingFixture.balance(wallet).minus(before))
                .isEqualTo(invoicingFixture.billingFixture.money("1.19"));
        assertThat(details(id).net()).isEqualTo(invoicingFixture.billingFixture.money("-1"));
        assertThat(details(id).tax()).isEqualTo(invoicingFixture.billingFixture.money("-0.19"));
    }

    @Test
    void untaxedChargesAreRefundedWithoutTax() {
        invoicingFixture = untaxed;
        var wallet = invoiced("DE");
        var id = UUID.randomUUID();
        var before = invoicingFixture.billingFixture.balance(wallet);

        assertThat(credit(id, wallet, Map.of(itemPosition(wallet), BigDecimal.TEN)))
                .isEqualTo(new Outcome.Issued(id));

        assertThat(invoicingFixture.billingFixture.balance(wallet).minus(before))
                .isEqualTo(invoicingFixture.billingFixture.money("10"));
        assertThat(details(id).taxes()).isEmpty();
    }

    @Test
    void keepsTheTaxOfTheLineAfterTheTaxStatusChanges() {
        var wallet = invoiced("FR");
        invoicingFixture.billingFixture.in(
                () -> invoicingFixture.billingFixture.sql.update("""
                insert into tax_status (organization_id, status, evidence, from_at, recorded_at, recorded_by)
                select organization_id, 'BUSINESS', 'VIES', ?, ?, 'test' from wallet where id = ?
                """, IN_NOVEMBER, IN_NOVEMBER, wallet));
        var before = invoicingFixture.billingFixture.balance(wallet);

        var unused = credit(UUID.randomUUID(), wallet, Map.of(itemPosition(wallet), BigDecimal.TEN));

        assertThat(invoicingFixture.billingFixture.balance(wallet).minus(before))
                .isEqualTo(invoicingFixture.billingFixture.money("12"));
    }

    @Test
    void issuesOneDocumentForARepeatedRequest() {
        var wallet = invoiced("DE");
        var id = UUID.randomUUID();
        var amounts = Map.of(itemPosition(wallet), new BigDecimal("2"));
        var first = credit(id, wallet, amounts);
        var after = invoicingFixture.billingFixture.balance(wallet);

        assertThat(credit(id, wallet, amounts)).isEqualTo(first);
        assertThat(invoicingFixture.billingFixture.balance(wallet)).isEqualTo(after);
    }

    @Test
    void refusesARepeatedRequestWithOtherAmountsLinesOrReason() {
        var wallet = invoiced("DE");
        var invoice = invoice(wallet);
        var item = itemPosition(wallet);
        var server = item == 1 ? 2 : 1;
        var id = UUID.randomUUID();
        var two = new BigDecimal("2");
        var unused = credit(id, wallet, Map.of(item, two));
        var after = invoicingFixture.billingFixture.balance(wallet);
        var already = new Outcome.AlreadyRequested(invoicingFixture.billingFixture.money("2.38"));

        assertThat(credit(id, wallet, Map.of(item, new BigDecimal("3")))).isEqualTo(already);
        assertThat(credit(id, wallet, Map.of(server, two))).isEqualTo(already);
        assertThat(credit(id, wallet, Map.of(item, two, server, two))).isEqualTo(already);
        assertThat(invoicingFixture.billingFixture.in(
                        () -> notes().issue(id, invoice, Map.of(item, two), "for another reason")))
                .isEqualTo(already);
        assertThat(credit(id, wallet, Map.of(item, new BigDecimal("2.00"))))
                .as("the same amount")
                .isEqualTo(new Outcome.Issued(id));
        assertThat(invoicingFixture.billingFixture.balance(wallet)).isEqualTo(after);
        var other = invoiced("DE");
        assertThatThrownBy(() -> credit(id, other, Map.of(item, two))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void repeatsACreditOfTheRoundedRemainder() {
        invoicingFixture = gross;
        var wallet = GermanTaxFixture.wallet(invoicingFixture, "DE");
        ItemsCharged.take(invoicingFixture.billingFixture, wallet, "3.00412", "setup:" + wallet);
        invoicingFixture.billingFixture.clock.stopAt(IN_NOVEMBER);
        invoicingFixture.issue(wallet, OCTOBER);
        var id = UUID.randomUUID();
        var all = Map.of(1, new BigDecimal("3.00"));

        assertThat(credit(id, wallet, all)).isEqualTo(new Outcome.Issued(id));
        assertThat(credit(id, wallet, all)).isEqualTo(new Outcome.Issued(id));
        assertThat(credit(id, wallet, Map.of(1, new BigDecimal("2.99"))))
                .isEqualTo(new Outcome.AlreadyRequested(invoicingFixture.billingFixture.money("3.00")));
    }

    @Test
    void reportsAllFaultsOfARequestTogether() {
        var wallet = invoiced("DE");
        var invoice = invoice(wallet);
        var item = itemPosition(wallet);
        var server = item == 1 ? 2 : 1;

        assertThat(invoicingFixture.billingFixture.in(() -> notes().issue(
                                UUID.randomUUID(),
                                invoice,
                                Map.of(item, new BigDecimal("10.01"), server, new BigDecimal("0.001")),
                                " ")))
                .isEqualTo(new Outcome.Invalid(List.of(
                        CorrectionFault.of(CorrectionFault.Kind.REASON),
                        CorrectionFault.of(CorrectionFault.Kind.DECIMALS, Set.of(server)),
                        CorrectionFault.of(CorrectionFault.Kind.AMOUNT, Set.of(item)))));
        assertThat(invoicingFixture.billingFixture.in(
                        () -> notes().issue(UUID.randomUUID(), invoice, Map.of(), "x".repeat(201))))
                .isEqualTo(new Outcome.Invalid(List.of(
                        CorrectionFault.of(CorrectionFault.Kind.REASON),
                        CorrectionFault.of(CorrectionFault.Kind.NOTHING))));
    }

    @Test
    void refusesAmountsBeyondTheRemainderOfALine() {
        var wallet = invoiced("DE");
        var item = itemPosition(wallet);
        var unused = credit(UUID.randomUUID(), wallet, Map.of(item, new BigDecimal("6")));
        var before = invoicingFixture.billingFixture.balance(wallet);

        assertThat(credit(UUID.randomUUID(), wallet, Map.of(item, new BigDecimal("4.01"))))
                .isEqualTo(new Outcome.Invalid(List.of(CorrectionFault.of(CorrectionFault.Kind.AMOUNT, Set.of(item)))));
        assertThat(credit(UUID.randomUUID(), wallet, Map.of(item, new BigDecimal("0.006"))))
                .isEqualTo(
                        new Outcome.Invalid(List.of(CorrectionFault.of(CorrectionFault.Kind.DECIMALS, Set.of(item)))));
        assertThat(credit(UUID.randomUUID(), wallet, Map.of(item, new BigDecimal("-1"))))
                .isEqualTo(new Outcome.Invalid(List.of(CorrectionFault.of(CorrectionFault.Kind.AMOUNT, Set.of(item)))));
        assertThat(credit(UUID.randomUUID(), wallet, Map.of(99, BigDecimal.ONE)))
                .isEqualTo(new Outcome.Invalid(List.of(CorrectionFault.of(CorrectionFault.Kind.AMOUNT, Set.of(99)))));
        assertThat(credit(UUID.randomUUID(), wallet, Map.of(item, BigDecimal.ZERO)))
                .isEqualTo(new Outcome.Invalid(List.of(CorrectionFault.of(CorrectionFault.Kind.NOTHING))));
        var invoice = invoice(wallet);
        assertThat(invoicingFixture.billingFixture.in(
                        () -> notes().issue(UUID.randomUUID(), invoice, Map.of(item, BigDecimal.ONE), " ")))
                .isEqualTo(new Outcome.Invalid(List.of(CorrectionFault.of(CorrectionFault.Kind.REASON))));
        assertThat(invoicingFixture.billingFixture.balance(wallet)).isEqualTo(before);
        var offer = invoicingFixture.billingFixture.in(() -> notes().offer(invoice));
        assertThat(offer.lines())
                .filteredOn(line -> line.position() == item)
                .singleElement()
                .satisfies(line -> assertThat(line.left()).isEqualTo(invoicingFixture.billingFixture.money("4")));
    }

    @Test
    void databaseRefusesToCreditALineBeyondItsAmount() {
        var wallet = invoiced("DE");
        var id = UUID.randomUUID();
        var unused = credit(id, wallet, Map.of(itemPosition(wallet), BigDecimal.TEN));

        assertThatThrownBy(() -> invoicingFixture.billingFixture.in(() -> insertDuplicate(id)))
                .hasStackTraceContaining("which is of 10.00000000: -20.00000000 credited");
    }

    /** Writes the same credit note once more, as a faulty program would, under the next number. */
    private int insertDuplicate(UUID id) {
        var sql = invoicingFixture.billingFixture.sql;
        var copy = UUID.randomUUID();
        var item = sql.one("""
                insert into invoice_item (entry_id, wallet_id, kind, reason, currency, amount, effective_at, collected_at, tax_id,
                                          tax_rate, tax_included, tax)
                select -i.id, i.wallet_id, i.kind, i.reason, i.currency, i.amount, i.effective_at, i.collected_at, i.tax_id, i.tax_rate,
                       i.tax_included, i.tax
                  from invoice_item i join invoice_line l on l.item_id = i.id where l.invoice_id = ?
                returning id
                """, row -> row.big("id"), id);
        sql.update("""
                insert into invoice (id, kind, series_id, number, number_text, state, organization_id, wallet_id, currency, decimals,
                                     period_from, period_to, buyer_name, buyer_email, buyer_country, net, tax, through_period, issued_at,
                                     issued_by, paid_at, corrects_id, reason)
                select ?, v.kind, v.series_id, s.next_number, 'again', v.state, v.organization_id, v.wallet_id, v.currency, v.decimals,
                       v.period_from, v.period_to, v.buyer_name, v.buyer_email, v.buyer_country, v.net, v.tax, 0, v.issued_at, 'test',
                       v.paid_at, v.corrects_id, 'again'
                  from invoice v join invoice_number_sequence s on s.id = v.series_id where v.id = ?
                """, copy, id);
        sql.update("""
                insert into invoice_line (invoice_id, position, kind, name, what, from_at, to_at, quantity, unit, unit_price, surcharge,
                                          amount, item_id, tax_id, tax_included, tax, corrects_position)
                select ?, l.position, l.kind, l.name, l.what, l.from_at, l.to_at, l.quantity, l.unit, l.unit_price, l.surcharge, l.amount,
                       ?, l.tax_id, l.tax_included, l.tax, l.corrects_position
                  from invoice_line l where l.invoice_id = ?
                """, copy, item, id);
        sql.update(
                "insert into invoice_tax (invoice_id, tax_id, base, charged, tax) select ?, tax_id, base, charged, tax from invoice_tax where invoice_id = ?",
                copy,
                id);
        return sql.update(
                "update invoice_number_sequence set next_number = next_number + 1 where id = (select series_id from invoice where id = ?)",
                id);
    }

    @Test
    void partialCreditsOfAllLinesAddUpToTheAmountPaid() {
        var random = new Random(11);
        for (var round = 0; round < 6; round++) {
            invoicingFixture = random.nextBoolean() ? net : gross;
            invoicingFixture.billingFixture.clock.stopAt(RENTED);
            var wallet = invoiced(List.of("DE", "FR", "HU").get(random.nextInt(3)));
            var invoice = invoice(wallet);
            for (var part = 0; part < 4; part++) {
                var isLast = part == 3;
                var amounts = new java.util.HashMap<Integer, BigDecimal>();
                for (var line : invoicingFixture
                        .billingFixture
                        .in(() -> notes().offer(invoice))
                        .lines()) {
                    var left = line.left().amount();
                    amounts.put(
                            line.position(),
                            isLast
                                    ? left
                                    : left.multiply(new BigDecimal(random.nextInt(100)))
                                            .movePointLeft(2)
                                            .setScale(random.nextInt(3), java.math.RoundingMode.DOWN));
                }
                var unused = credit(UUID.randomUUID(), wallet, amounts);
            }
            var all = invoicingFixture.billingFixture.in(() -> invoicingFixture.billingFixture.sql.one(
                    "select sum(total) as total, sum(net) as net from invoice where wallet_id = ?",
                    row -> List.of(row.decimal("total"), row.decimal("net")),
                    wallet));
            assertThat(all.get(1))
                    .isCloseTo(BigDecimal.ZERO, org.assertj.core.api.Assertions.within(new BigDecimal("0.0000001")));
            assertThat(GermanTaxFixture.charged(invoicingFixture, wallet)).isEqualByComparingTo(all.get(0));
        }
    }

    @Test
    void requiresPermissionAndAnInvoice() {
        var wallet = invoiced("DE");
        var invoice = invoice(wallet);
        var id = UUID.randomUUID();
        var unused = credit(id, wallet, Map.of(itemPosition(wallet), BigDecimal.ONE));

        assertThatThrownBy(() -> invoicingFixture.billingFixture.in(() -> notes().offer(id)))
                .isInstanceOf(NotFoundException.class);
        try (var actorScope = Actors.enter(new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia"))) {
            assertThatThrownBy(() -> Database.in(
                            invoicingFixture.billingFixture.tenant,
                            () -> notes().issue(UUID.randomUUID(), invoice, Map.of(1, BigDecimal.ONE), "x")))
                    .isInstanceOf(AccessDeniedException.class);
        }
        assertThatThrownBy(() -> invoicingFixture.billingFixture.in(
                        () -> invoicingFixture.billingFixture.sql.update("update invoice set reason = 'x'")))
                .isInstanceOf(SqlFailure.class);
    }
}
