package io.tenantry.charging;

import io.tenantry.charging.Books.Rented;
import io.tenantry.charging.ChargeParts.Asked;
import io.tenantry.charging.ChargeParts.Charge;
import io.tenantry.charging.ChargeParts.Part;
import io.tenantry.identity.Access;
import io.tenantry.ledger.Ledger;
import io.tenantry.listing.Wish;
import io.tenantry.money.Money;
import io.tenantry.money.Rate;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import io.tenantry.wallet.DailyAmounts;
import io.tenantry.wallet.DailyBooks;
import io.tenantry.wallet.Wallets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The books of a tenant whose customers ask what each charge was made of. */
final class Slips {
    private static final int ALL = 1_000;

    final Books books;
    final ChargeParts parts;
    private final Wallets wallets;
    private final DailyBooks daily;

    Slips(String slug, String currency, String zone, Instant begin) {
        books = new Books(slug, currency, zone);
        books.clock.stopAt(begin);
        var tenants = new TenantDirectory(Database.administration());
        wallets = new Wallets(books.sql, books.clock, books.ledger);
        daily = new DailyBooks(books.sql, books.clock, tenants);
        parts = new ChargeParts(books.sql, new Access(books.sql), wallets, tenants);
    }

    /** A wallet of an organization. */
    UUID wallet(String amount) {
        var wallet = books.wallet(amount);
        books.in(() -> books.sql.update("""
                insert into organization (id, name, billing_email, country, created_at)
                select organization_id, 'Kiosk', 'books@kiosk.example', 'DE', opened_at from wallet where id = ?
                """, wallet));
        return wallet;
    }

    UUID organization(UUID wallet) {
        return books.in(() -> books.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
    }

    /** The price of an option: of so many, each at that. */
    UUID price(String kind, String unit, int quantity) {
        return books.in(() -> {
            var id = UUID.randomUUID();
            var one = books.money(unit);
            var all = one.times(quantity);
            books.sql.update("""
                    insert into option_price (id, kind, version, currency, monthly, valid_from, published_at, published_by)
                    select ?, ?, 1 + count(*), ?, ?, ?::timestamptz + count(*) * interval '1 second', ?, 'test' from option_price
                    """, id, kind, one.currency(), one.amount(), books.clock.instant(), books.clock.instant());
            return books.sql.one(
                    """
                    insert into price_version (id, option_price_id, quantity, version, currency, monthly, hourly, wholesale_monthly,
                                               valid_from, published_at, published_by)
                    select ?, o.id, ?, o.version, o.currency, ?, ?, 0, o.valid_from, ?, 'test' from option_price o where o.id = ?
                    returning id
                    """,
                    row -> row.uuid("id"),
                    UUID.randomUUID(),
                    quantity,
                    all.amount(),
                    Rate.ofMonthly(all).perHour().amount(),
                    books.clock.instant(),
                    id);
        });
    }

    /** A volume of a server. */
    Rented volume(Rented server, UUID price, int quantity, Instant at) {
        return books.in(() -> {
            var id = UUID.randomUUID();
            books.sql.update("""
                    insert into service_option (id, service_id, organization_id, wallet_id, kind, name, quantity, price_version_id, account,
                                                upstream_region, state, ordered_at, activated_at)
                    select ?, s.id, s.organization_id, s.wallet_id, 'VOLUME', 'attic', ?, ?, 'sandbox', 'fra', 'ACTIVE', ?, ?
                      from service s
                     where s.id = ?
                    """, id, quantity, price, at, at, server.service());
            books.charging.activate(id, server.wallet(), price, at);
            return new Rented(id, server.wallet());
        });
    }

    /** Money is given back for a server that was missing. */
    void giveBack(UUID wallet, String amount) {
        books.in(() -> {
            var value = books.money(amount);
            var source = "finding:" + UUID.randomUUID();
            var entry = books.ledger
                    .open(new Ledger.Statement(
                            "CREDIT", source, source + ":1", "the server was missing", Optional.empty()))
                    .orElseThrow();
            var balance = books.sql.one(
                    "update wallet set balance = balance + ?, version = version + 1 where id = ? returning balance",
                    row -> new Money(row.decimal("balance"), value.currency()),
                    value.amount(),
                    wallet);
            books.ledger.transfer(
                    entry,
                    wallet,
                    Optional.of(balance),
                    books.ledger.account(Ledger.AccountKind.REVENUE, value.currency()),
                    Optional.empty(),
                    value);
            return true;
        });
    }

    /** The charges of a wallet, the latest first. */
    List<Wallets.Line> charges(UUID wallet) {
        return books.in(() -> wallets.statement(
                wallet,
                new Wallets.Selection(Wallets.Span.ALL, Optional.of("CHARGE")),
                Long.MAX_VALUE,
                Integer.MAX_VALUE));
    }

    Charge look(Asked asked) {
        return books.in(() -> parts.look(asked));
    }

    List<Part> of(Asked asked) {
        return books.in(() -> parts.rows(asked, Wish.of(ALL)));
    }

    /** What the latest charge was made of. */
    List<Part> ofLatest(UUID wallet) {
        return of(entry(wallet, charges(wallet).get(0).entryId()));
    }

    static Asked entry(UUID wallet, long entry) {
        return new Asked(wallet, Optional.of(entry), Optional.empty());
    }

    static Asked day(UUID wallet, LocalDate day) {
        return new Asked(wallet, Optional.empty(), Optional.of(day));
    }

    Money sum(List<Part> of) {
        return of.stream().map(Part::paid).reduce(books.money("0"), Money::plus);
    }

    DailyAmounts daily(UUID wallet) {
        var organization = organization(wallet);
        return books.in(() -> daily.of(organization, books.money("0").currency()));
    }

    void park(UUID wallet, boolean isParked) {
        books.in(() -> books.sql.update("update wallet set parked = ? where id = ?", isParked ? "test" : null, wallet));
    }
}
