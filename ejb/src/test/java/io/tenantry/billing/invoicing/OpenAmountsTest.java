package io.tenantry.billing.invoicing;

import static io.tenantry.billing.invoicing.InvoicingFixture.BERLIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.wallet.ItemsCharged;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is charged, paid, returned, issued and corrected, in any order: the open amounts of a wallet's documents are what it lacks, at most
 * what is left of the documents, and the newest documents are open.
 */
class OpenAmountsTest {
    private static final int STEPS = 60;

    private static final int KINDS = 9;

    private static final BillingFixture BILLING = new BillingFixture("openamounts", "EUR", "Europe/Berlin");
    private static final InvoicingFixture INVOICING = new InvoicingFixture(BILLING);

    private final TenantDirectory tenants = new TenantDirectory(Database.administration());

    /**
     * A document for which something can be open.
     *
     * @param left its total, less credit notes
     */
    private record Payable(BigDecimal left, BigDecimal open, BigDecimal prepaid, BigDecimal total) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void openAmountsAreWhatTheWalletLacks(long seed) {
        var random = new Random(seed);
        BILLING.clock.stopAt(Instant.parse("2026-10-03T09:10:00Z"));
        var wallet = INVOICING.wallet("3");
        var unusedServer = BILLING.rent(wallet, BILLING.price("7.30"), BILLING.clock.instant());
        var paid = new BigDecimal("3");
        for (var step = 0; step < STEPS; step++) {
            paid = paid.add(step(wallet, random));
            assertInvariant(wallet, paid, "seed " + seed + ", step " + step);
        }
        assertThat(BILLING.faults()).isEmpty();
        assertThat(AuditorFixture.found(BILLING.tenant, "invoice")).isEmpty();
    }

    /** Takes one step and returns what was paid by it. */
    private BigDecimal step(UUID wallet, Random random) {
        var amount = BigDecimal.valueOf(1 + random.nextInt(400), 2);
        switch (random.nextInt(KINDS)) {
            case 0, 1 -> proceed(wallet, Duration.ofHours(1 + random.nextInt(500)));
            case 2 -> {
                BILLING.topUp(wallet, amount.toPlainString());
                return amount;
            }
            case 3 -> {
                BILLING.takeOut(wallet, amount.toPlainString());
                return amount.negate();
            }
            case 4 -> INVOICING.take(wallet, amount.toPlainString(), "setup:1");
            case 5 -> INVOICING.take(wallet, amount.negate().toPlainString(), "setup:2");
            case 6 -> credit(wallet, random);
            case 7 -> debit(wallet, random, amount);
            default -> voidOne(wallet, random);
        }
        return BigDecimal.ZERO;
    }

    /** Charges hours, and issues the documents that have become due. */
    private static void proceed(UUID wallet, Duration time) {
        var until = BILLING.clock.instant().plus(time);
        BILLING.charge(until);
        BILLING.clock.stopAt(until);
        for (var month = YearMonth.of(2026, 10); !month.isAfter(YearMonth.of(2028, 12)); month = month.plusMonths(1)) {
            var period = BillingPeriod.of(month, BERLIN);
            if (!period.isDue(until, Duration.ofDays(3))) {
                return;
            }
            INVOICING.issue(wallet, period);
        }
    }

    private void credit(UUID wallet, Random random) {
        invoices(wallet, random).forEach(invoice -> {
            var left = lineLeft(invoice);
            if (left.signum() > 0) {
                var part = random.nextBoolean()
                        ? left
                        : left.divide(BigDecimal.valueOf(3), 2, RoundingMode.UP).min(left);
                var notes = new CreditNotes(
                        BILLING.sql,
                        BILLING.clock,
                        new Access(BILLING.sql),
                        InvoicingFixture.trail(BILLING),
                        tenants,
                        ItemsCharged.items(BILLING));
                var unused = BILLING.in(() ->
                        InvoicingFixture.issue(notes, UUID.randomUUID(), invoice, Map.of(1, part), "it was down"));
            }
        });
    }

    private void debit(UUID wallet, Random random, BigDecimal amount) {
        invoices(wallet, random).forEach(invoice -> {
            var notes = new DebitNotes(
                    BILLING.sql,
                    BILLING.clock,
                    new Access(BILLING.sql),
                    InvoicingFixture.trail(BILLING),
                    tenants,
                    ItemsCharged.items(BILLING));
            var unused = BILLING.in(
                    () -> InvoicingFixture.issue(notes, UUID.randomUUID(), invoice, Map.of(1, amount), "forgotten"));
        });
    }

    private void voidOne(UUID wallet, Random random) {
        if (random.nextInt(4) == 0) {
            invoices(wallet, random).forEach(invoice -> {
                var voids = new Voids(
                        BILLING.sql,
                        BILLING.clock,
                        new Access(BILLING.sql),
                        InvoicingFixture.trail(BILLING),
                        tenants,
                        ItemsCharged.items(BILLING));
                var unused = BILLING.in(() -> voids.issue(UUID.randomUUID(), invoice, "for somebody else"));
            });
        }
    }

    /** Returns one invoice that is not void and whose first line is payable; none if there is none. */
    private static List<UUID> invoices(UUID wallet, Random random) {
        var all = BILLING.in(() -> BILLING.sql.query("""
                select v.id
                  from invoice v
                  join invoice_line l on l.invoice_id = v.id and l.position = 1 and l.amount > 0
                 where v.wallet_id = ? and v.kind = 'INVOICE' and v.state <> 'VOID'
                 order by v.period_to
                """, row -> row.uuid("id"), wallet));
        return all.isEmpty() ? List.of() : List.of(all.get(random.nextInt(all.size())));
    }

    private static BigDecimal lineLeft(UUID invoice) {
        return BILLING.in(() -> BILLING.sql.one("""
                select sum(l.amount) as amount
                  from invoice v
                  join invoice_line l on l.invoice_id = v.id
                 where v.id = ? and l.position = 1 or v.corrects_id = ? and l.corrects_position = 1
                """, row -> row.decimal("amount"), invoice, invoice));
    }

    private static void assertInvariant(UUID wallet, BigDecimal paid, String when) {
        var unused = BILLING.in(() -> INVOICING.invoicing.settle(wallet));
        var documents = BILLING.in(() -> payables(wallet));
        var totals = BILLING.in(() -> BILLING.sql.one(
                "select coalesce(sum(total), 0) as total from invoice where wallet_id = ?",
                row -> row.decimal("total"),
                wallet));
        var lacking = totals.subtract(paid)
                .min(BILLING.balance(wallet).amount().negate())
                .max(BigDecimal.ZERO)
                .setScale(2, RoundingMode.CEILING);
        var left = lacking;
        for (var document : documents) {
            assertThat(document.open())
                    .as(when)
                    .isEqualByComparingTo(document.left().min(left));
            left = left.subtract(document.open());
            assertThat(document.prepaid()).as(when).isBetween(BigDecimal.ZERO, document.total());
        }
    }

    /** Returns the invoices and debit notes, the newest first. */
    private static List<Payable> payables(UUID wallet) {
        return BILLING.sql.query(
                """
                select v.open_amount, v.prepaid, v.total,
                       case when v.state = 'VOID' or exists (select from invoice_void d where d.invoice_id = v.corrects_id) then 0
                            else least(v.total, greatest(0, v.total + (
                              select coalesce(sum(o.total), 0)
                                from invoice o
                               where coalesce(o.corrects_id, o.id) = coalesce(v.corrects_id, v.id)
                                 and (o.kind = 'CREDIT_NOTE'
                                      or v.kind = 'DEBIT_NOTE' and o.kind = 'INVOICE'
                                      or v.kind = 'DEBIT_NOTE' and o.kind = 'DEBIT_NOTE' and (o.issued_at, o.number) < (v.issued_at, v.number)))))
                        end as left_over
                  from invoice v
                 where v.wallet_id = ? and v.kind <> 'CREDIT_NOTE'
                 order by v.issued_at desc, v.period_to desc, v.kind, v.number desc
                """,
                row -> new Payable(
                        row.decimal("left_over"),
                        row.decimal("open_amount"),
                        row.decimal("prepaid"),
                        row.decimal("total")),
                wallet);
    }
}
