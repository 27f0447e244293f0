package io.tenantry.billing.charging;

import io.tenantry.billing.charging.BillingFixture.Rented;
import io.tenantry.billing.charging.ChargeBreakdown.BreakdownQuery;
import io.tenantry.billing.charging.ChargeBreakdown.Charge;
import io.tenantry.billing.charging.ChargeBreakdown.Part;
import io.tenantry.billing.wallet.DailyAmounts;
import io.tenantry.billing.wallet.DailyCharges;
import io.tenantry.billing.wallet.WalletStatements;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.kernel.ledger.Ledger;
import io.tenantry.kernel.money.HourlyRate;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The ledger of a tenant whose customers view the breakdown of each charge. */
final class ChargeBreakdownFixture {
    private static final int ALL = 1_000;

    final BillingFixture billingFixture;
    final ChargeBreakdown parts;
    private final WalletStatements statements;
    private final DailyCharges daily;

    ChargeBreakdownFixture(String slug, String currency, String zone, Instant begin) {
        billingFixture = new BillingFixture(slug, currency, zone);
        billingFixture.clock.stopAt(begin);
        var tenants = new TenantDirectory(Database.administration());
        statements = new WalletStatements(billingFixture.sql);
        var wallets = new Wallets(billingFixture.sql, billingFixture.clock, billingFixture.ledger);
        daily = new DailyCharges(billingFixture.sql, billingFixture.clock, tenants);
        parts = new ChargeBreakdown(billingFixture.sql, new Access(billingFixture.sql), wallets, statements, tenants);
    }

    /** Creates a wallet of an organization. */
    UUID wallet(String amount) {
        var wallet = billingFixture.wallet(amount);
        billingFixture.in(() -> billingFixture.sql.update("""
                insert into organization (id, name, billing_email, country, created_at)
                select organization_id, 'Kiosk', 'books@kiosk.example', 'DE', opened_at from wallet where id = ?
                """, wallet));
        return wallet;
    }

    UUID organization(UUID wallet) {
        return billingFixture.in(() -> billingFixture.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
    }

    /** Creates the price of an add-on: the quantity and the price of each unit. */
    UUID price(String kind, String unit, int quantity) {
        return billingFixture.in(() -> {
            var id = UUID.randomUUID();
            var one = billingFixture.money(unit);
            var all = one.times(quantity);
            billingFixture.sql.update(
                    """
                    insert into addon_price (id, kind, version, currency, monthly, valid_from, published_at, published_by)
                    select ?, ?, 1 + count(*), ?, ?, ?::timestamptz + count(*) * interval '1 second', ?, 'test' from addon_price
                    """,
                    id,
                    kind,
                    one.currency(),
                    one.amount(),
                    billingFixture.clock.instant(),
                    billingFixture.clock.instant());
            return billingFixture.sql.one(
                    """
                    insert into price_version (id, addon_price_id, quantity, version, currency, monthly, hourly, wholesale_monthly,
                                               valid_from, published_at, published_by)
                    select ?, o.id, ?, o.version, o.currency, ?, ?, 0, o.valid_from, ?, 'test' from addon_price o where o.id = ?
                    returning id
                    """,
                    row -> row.uuid("id"),
                    UUID.randomUUID(),
                    quantity,
                    all.amount(),
                    HourlyRate.ofMonthly(all).perHour().amount(),
                    billingFixture.clock.instant(),
                    id);
        });
    }

    /** Creates a volume of a server. */
    Rented volume(Rented server, UUID price, int quantity, Instant at) {
        return billingFixture.in(() -> {
            var id = UUID.randomUUID();
            billingFixture.sql.update("""
                    insert into addon (id, service_id, organization_id, wallet_id, kind, name, quantity, price_version_id, account,
                                                provider_region, state, ordered_at, activated_at)
                    select ?, s.id, s.organization_id, s.wallet_id, 'VOLUME', 'attic', ?, ?, 'sandbox', 'fra', 'ACTIVE', ?, ?
                      from service s
                     where s.id = ?
                    """, id, quantity, price, at, at, server.service());
            billingFixture.charging.activate(id, server.wallet(), price, at);
            return new Rented(id, server.wallet());
        });
    }

    /** Refunds money for a server that was missing. */
    void giveBack(UUID wallet, String amount) {
        billingFixture.in(() -> {
            var value = billingFixture.money(amount);
            var source = "discrepancy:" + UUID.randomUUID();
            var entry = billingFixture
                    .ledger
                    .open(new Ledger.EntryHeader(
                            "CREDIT", source, source + ":1", "the server was missing", Optional.empty()))
                    .orElseThrow();
            var balance = billingFixture.sql.one(
                    "update wallet set balance = balance + ?, version = version + 1 where id = ? returning balance",
                    row -> new Money(row.decimal("balance"), value.currency()),
                    value.amount(),
                    wallet);
            billingFixture.ledger.transfer(
                    entry,
                    wallet,
                    Optional.of(balance),
                    billingFixture.ledger.account(Ledger.AccountKind.REVENUE, value.currency()),
                    Optional.empty(),
                    value);
            return true;
        });
    }

    /** Returns the charges of a wallet, the latest first. */
    List<WalletStatements.StatementLine> charges(UUID wallet) {
        return billingFixture.in(() -> statements.statement(
                wallet,
                new WalletStatements.LineSelection(WalletStatements.StatementPeriod.ALL, Optional.of("CHARGE")),
                Long.MAX_VALUE,
                Integer.MAX_VALUE));
    }

    Charge inspect(BreakdownQuery breakdownQuery) {
        return billingFixture.in(() -> parts.find(breakdownQuery));
    }

    List<Part> of(BreakdownQuery breakdownQuery) {
        return billingFixture.in(() -> parts.rows(breakdownQuery, ListQuery.of(ALL)));
    }

    /** Returns the breakdown of the latest charge. */
    List<Part> ofLatest(UUID wallet) {
        return of(entry(wallet, charges(wallet).get(0).entryId()));
    }

    static BreakdownQuery entry(UUID wallet, long entry) {
        return new BreakdownQuery(wallet, Optional.of(entry), Optional.empty());
    }

    static BreakdownQuery day(UUID wallet, LocalDate day) {
        return new BreakdownQuery(wallet, Optional.empty(), Optional.of(day));
    }

    Money sum(List<Part> of) {
        return of.stream().map(Part::paid).reduce(billingFixture.money("0"), Money::plus);
    }

    DailyAmounts daily(UUID wallet) {
        var organization = organization(wallet);
        return billingFixture.in(
                () -> daily.of(organization, billingFixture.money("0").currency()));
    }

    void park(UUID wallet, boolean isParked) {
        billingFixture.in(() -> billingFixture.sql.update(
                "update wallet set parked = ? where id = ?", isParked ? "test" : null, wallet));
    }
}
