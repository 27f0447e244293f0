package io.tenantry.billing.invoicing;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.wallet.ItemsCharged;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.ledger.Ledger;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A tenant's ledger and its documents, over a real PostgreSQL. */
public final class InvoicingFixture {
    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    public static final BillingPeriod OCTOBER = BillingPeriod.of(YearMonth.of(2026, 10), BERLIN);
    static final BillingPeriod NOVEMBER = BillingPeriod.of(YearMonth.of(2026, 11), BERLIN);

    /** Start of the servers' rental, deliberately not on a full hour. */
    static final Instant RENTED = Instant.parse("2026-10-10T12:20:00Z");

    /** The end of the window of October, and of November. */
    static final Instant IN_NOVEMBER = Instant.parse("2026-11-04T00:00:00Z");

    static final Instant IN_DECEMBER = Instant.parse("2026-12-04T00:00:00Z");

    final BillingFixture billingFixture;
    final Invoicing invoicing;

    /** A document as stored in the database. */
    record Document(
            UUID id,
            UUID seriesId,
            long number,
            String numberText,
            String state,
            BigDecimal net,
            BigDecimal rounding,
            BigDecimal total,
            int lines) {}

    /** Creates the invoicing of a new tenant, or of one whose ledger exists. */
    public InvoicingFixture(BillingFixture billingFixture) {
        this(billingFixture, true);
    }

    InvoicingFixture(BillingFixture billingFixture, boolean isKnown) {
        this.billingFixture = billingFixture;
        invoicing = new Invoicing(
                billingFixture.sql,
                billingFixture.clock,
                new TenantDirectory(Database.administration()),
                trail(billingFixture));
        if (isKnown) {
            enterSeller();
        }
    }

    /** Enters the reseller's seller data. */
    void enterSeller() {
        billingFixture.in(() -> billingFixture.sql.update("""
                insert into invoice_seller (name, street, postcode, city, country, vat_number, tax_number, register, email, bank,
                                            iban, bic, note, recorded_at, recorded_by)
                values ('Aurora Cloud GmbH', 'Hafenstrasse 1', '20095', 'Hamburg', 'DE', 'DE999999995', '', '', '', '', '', '', '',
                        now(), 'test')
                """));
    }

    public static AuditTrail trail(BillingFixture billingFixture) {
        return trail(billingFixture.sql);
    }

    static AuditTrail trail(Sql sql) {
        var audit = new AuditTrail();
        try {
            var field = AuditTrail.class.getDeclaredField("sql");
            field.setAccessible(true);
            field.set(audit, sql);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
        return audit;
    }

    /** Creates a wallet of an organization that has a name and a country. */
    UUID wallet(String amount) {
        var wallet = billingFixture.wallet(amount);
        name(wallet);
        return wallet;
    }

    /** Gives a wallet's organization the data a document requires. */
    public void name(UUID wallet) {
        billingFixture.in(() -> billingFixture.sql.update("""
                insert into organization (id, name, billing_email, country, created_at)
                select organization_id, 'Nordwind', 'billing@nordwind.example', 'DE', opened_at from wallet where id = ?
                """, wallet));
    }

    /** Issues a month's document of one wallet, if something is due. */
    public Invoicing.Batch issue(UUID wallet, BillingPeriod period) {
        var month = billingFixture.in(() -> invoicing.prepare(period));
        return billingFixture.in(() -> invoicing.issue(only(wallet), month));
    }

    /** Returns the statements of account. */
    public AccountStatements accounts() {
        return new AccountStatements(
                billingFixture.sql, new Access(billingFixture.sql), new TenantDirectory(Database.administration()));
    }

    /** Credits this amount of the first line of a wallet's only invoice. */
    public void credit(UUID wallet, String amount) {
        var notes = new CreditNotes(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                trail(billingFixture),
                new TenantDirectory(Database.administration()),
                ItemsCharged.items(billingFixture));
        var invoice = document(wallet).id();
        var outcome = billingFixture.in(
                () -> issue(notes, UUID.randomUUID(), invoice, Map.of(1, new BigDecimal(amount)), "it was down"));
        if (!(outcome instanceof CreditNotes.Outcome.Issued)) {
            throw new AssertionError("not credited: " + outcome);
        }
        billingFixture.topUp(wallet, "0");
    }

    /** Raises the first line of a wallet's only invoice by this amount, regardless of earlier corrections. */
    public void debit(UUID wallet, String amount) {
        var notes = new DebitNotes(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                trail(billingFixture),
                new TenantDirectory(Database.administration()),
                ItemsCharged.items(billingFixture));
        var invoice = billingFixture.in(() -> billingFixture.sql.one(
                "select id from invoice where wallet_id = ? and kind = 'INVOICE'", row -> row.uuid("id"), wallet));
        var outcome = billingFixture.in(() ->
                issue(notes, UUID.randomUUID(), invoice, Map.of(1, new BigDecimal(amount)), "an hour was forgotten"));
        if (!(outcome instanceof DebitNotes.Outcome.Issued)) {
            throw new AssertionError("not debited: " + outcome);
        }
        billingFixture.topUp(wallet, "0");
    }

    /** Issues a credit note, and agrees to its total if that is asked. */
    static CreditNotes.Outcome issue(
            CreditNotes notes, UUID id, UUID invoice, Map<Integer, BigDecimal> amounts, String reason) {
        var outcome = notes.issue(id, invoice, amounts, reason);
        return outcome instanceof CreditNotes.Outcome.Unconfirmed unconfirmed
                ? notes.issue(id, invoice, amounts, reason, Optional.of(unconfirmed.total()))
                : outcome;
    }

    /** Issues a debit note, and agrees to its total if that is asked. */
    static DebitNotes.Outcome issue(
            DebitNotes notes, UUID id, UUID invoice, Map<Integer, BigDecimal> amounts, String reason) {
        var outcome = notes.issue(id, invoice, amounts, reason);
        return outcome instanceof DebitNotes.Outcome.Unconfirmed unconfirmed
                ? notes.issue(id, invoice, amounts, reason, Optional.of(unconfirmed.total()))
                : outcome;
    }

    static Invoicing.Range only(UUID wallet) {
        var before = new UUID(wallet.getMostSignificantBits(), wallet.getLeastSignificantBits() - 1);
        return new Invoicing.Range(before, wallet, 1);
    }

    /** Charges a non-hourly item, or refunds it if the amount is below zero. */
    void take(UUID wallet, String amount, String source) {
        billingFixture.in(() -> {
            var value = billingFixture.money(amount);
            var entry = billingFixture
                    .ledger
                    .open(new Ledger.EntryHeader(
                            value.isPositive() ? "DEBIT" : "CREDIT",
                            source,
                            UUID.randomUUID().toString(),
                            "a thing",
                            Optional.empty()))
                    .orElseThrow();
            var balance = billingFixture.sql.one(
                    "update wallet set balance = balance - ?, version = version + 1 where id = ? returning balance",
                    row -> new Money(row.decimal("balance"), value.currency()),
                    value.amount(),
                    wallet);
            var revenue = billingFixture.ledger.account(Ledger.AccountKind.REVENUE, value.currency());
            billingFixture.ledger.transfer(entry, revenue, Optional.empty(), wallet, Optional.of(balance), value);
            return entry;
        });
    }

    List<Document> documents(UUID wallet) {
        return billingFixture.in(() -> billingFixture.sql.query(
                """
                select v.id, v.series_id, v.number, v.number_text, v.state, v.net, v.rounding, v.total,
                       (select count(*)::int from invoice_line l where l.invoice_id = v.id) as lines
                  from invoice v
                 where v.wallet_id = ?
                 order by v.period_to
                """,
                row -> new Document(
                        row.uuid("id"),
                        row.uuid("series_id"),
                        row.big("number"),
                        row.text("number_text"),
                        row.text("state"),
                        row.decimal("net"),
                        row.decimal("rounding"),
                        row.decimal("total"),
                        row.whole("lines")),
                wallet));
    }

    Document document(UUID wallet) {
        var all = documents(wallet);
        if (all.size() != 1) {
            throw new AssertionError("one document expected: " + all);
        }
        return all.get(0);
    }

    /** Returns a document's lines: descriptions and amounts. */
    List<String> lines(UUID document) {
        return billingFixture.in(() -> billingFixture.sql.query(
                "select kind || ' ' || amount as line from invoice_line where invoice_id = ? order by position",
                row -> row.text("line"),
                document));
    }
}
