package io.tenantry.billing.charging.simulator;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.charging.BillingFixture.Rented;
import io.tenantry.billing.charging.Rating.Period;
import io.tenantry.tenancy.Row;
import io.tenantry.testing.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A history on a real PostgreSQL, through the product's charging code. */
final class DatabaseReseller {
    /** The auditor's money invariants, as far as they need no ledger of runs. */
    private static final List<String> INVARIANTS = List.of(
            "charges-match-periods",
            "threshold-notified",
            "entry-balances",
            "entry-has-two-postings",
            "hours-of-ended-service",
            "month-cap",
            "one-open-period",
            "open-period-of-running-service",
            "period-amount",
            "period-month",
            "period-of-service",
            "period-rate",
            "period-cap",
            "periods-contiguous",
            "posting-has-entry-and-account",
            "running-balance",
            "wallet-balance-status",
            "wallet-balance",
            "wallet-has-account",
            "wallet-hourly-cost",
            "wallet-version");

    private final BillingFixture billingFixture;
    private final Map<Integer, Plan> plans = new HashMap<>();
    private final Map<Integer, UUID> wallets = new HashMap<>();
    private final Map<Integer, Rented> services = new HashMap<>();

    /** A plan and its price in force. */
    private record Plan(UUID id, int version, UUID price) {}

    /** Totals over the whole ledger; enough to see which act caused an error. */
    record Sums(BigDecimal charged, BigDecimal held, long postings, long events) {}

    /** A rated period as stored in the database. */
    record Line(
            Instant startsAt,
            Instant monthEndsAt,
            Instant chargedUntil,
            int hours,
            BigDecimal hourly,
            BigDecimal surcharge,
            BigDecimal monthCap,
            BigDecimal cap,
            BigDecimal amount,
            boolean open) {

        static Line of(Period period, boolean open) {
            return new Line(
                    period.startsAt(),
                    period.monthEndsAt(),
                    period.chargedUntil(),
                    period.hours(),
                    period.rate().perHour().amount(),
                    period.surcharge().amount(),
                    period.monthCap().amount(),
                    period.cap().amount(),
                    period.amount().amount(),
                    open);
        }

        private static Line of(Row row) {
            return new Line(
                    row.instant("starts_at"),
                    row.instant("month_ends_at"),
                    row.instant("charged_until"),
                    row.whole("hours"),
                    row.decimal("hourly"),
                    row.decimal("surcharge"),
                    row.decimal("month_cap"),
                    row.decimal("cap"),
                    row.decimal("amount"),
                    row.flag("open"));
        }
    }

    DatabaseReseller(String slug, History history, Scale scale) {
        billingFixture = new BillingFixture(
                slug, PureReseller.USD.getCurrencyCode(), history.zone().getId());
        billingFixture.clock.stopAt(scale.from());
        for (var wallet = 0; wallet < scale.wallets(); wallet++) {
            wallets.put(wallet, billingFixture.wallet("0"));
        }
    }

    void live(BillingAction billingAction) {
        billingFixture.clock.stopAt(billingAction.at());
        if (billingAction instanceof BillingAction.Publish publish) {
            plans.compute(publish.plan(), (number, known) -> next(known, publish.monthly()));
        } else if (billingAction instanceof BillingAction.Order order) {
            services.put(order.service(), billingFixture.rent(wallet(order.wallet()), price(order.plan()), order.at()));
        } else if (billingAction instanceof BillingAction.Change change) {
            billingFixture.change(rented(change.service()), price(change.plan()), change.at());
        } else if (billingAction instanceof BillingAction.End end) {
            billingFixture.end(rented(end.service()), end.at());
        } else if (billingAction instanceof BillingAction.Move move) {
            if (move.amount().signum() > 0) {
                billingFixture.topUp(wallet(move.wallet()), move.amount().toPlainString());
            } else {
                billingFixture.takeOut(
                        wallet(move.wallet()), move.amount().negate().toPlainString());
            }
        } else if (billingAction instanceof BillingAction.Limit limit) {
            billingFixture.limit(wallet(limit.wallet()), limit.amount());
        } else if (billingAction instanceof BillingAction.Park park) {
            billingFixture.in(() -> billingFixture.sql.update(
                    "update wallet set parked = ? where id = ?",
                    park.parked() ? "simulator" : null,
                    wallet(park.wallet())));
        } else if (billingAction instanceof BillingAction.Run run) {
            billingFixture.charge(run.until());
        }
    }

    private Plan next(@Nullable Plan known, BigDecimal monthly) {
        var id = known == null ? billingFixture.plan() : known.id();
        var version = known == null ? 1 : known.version() + 1;
        return new Plan(id, version, billingFixture.price(id, version, monthly.toPlainString()));
    }

    Sums sums() {
        return billingFixture.in(() -> billingFixture.sql.one(
                """
                select (select coalesce(sum(amount), 0) from rated_period)::numeric(30, 8) charged,
                       (select sum(balance) from wallet)::numeric(30, 8) held,
                       (select sum(version)::bigint from wallet) postings,
                       (select count(*) from wallet_event) events
                """,
                row -> new Sums(row.decimal("charged"), row.decimal("held"), row.big("postings"), row.big("events"))));
    }

    List<Line> periods(int service) {
        return billingFixture.in(() -> billingFixture.sql.query(
                "select * from rated_period where service_id = ? order by id",
                Line::of,
                rented(service).service()));
    }

    BigDecimal balance(int wallet) {
        return billingFixture.balance(wallet(wallet)).amount();
    }

    List<PureReseller.Event> events(int wallet) {
        return billingFixture.in(() -> billingFixture.sql.query(
                "select kind, balance, hourly_cost, at from wallet_event where wallet_id = ? order by id",
                row -> new PureReseller.Event(
                        row.text("kind"),
                        billingFixture.money(row.decimal("balance").toPlainString()),
                        billingFixture.money(row.decimal("hourly_cost").toPlainString()),
                        row.instant("at")),
                wallet(wallet)));
    }

    /** Returns the errors of the ledger, by the tests' own queries and by the auditor's. */
    List<String> faults() {
        var faults = new ArrayList<>(billingFixture.faults());
        try (var connection = Database.administration().getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local search_path to " + billingFixture.tenant.schema());
            for (var invariant : INVARIANTS) {
                try (var results = statement.executeQuery(text(invariant))) {
                    while (results.next()) {
                        faults.add(invariant + ": " + results.getString("detail"));
                    }
                }
            }
            connection.rollback();
            return faults;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String text(String invariant) {
        var name = "/io/tenantry/admin/auditor/" + invariant + ".sql";
        try (var file = Objects.requireNonNull(DatabaseReseller.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private UUID wallet(int number) {
        return Objects.requireNonNull(wallets.get(number));
    }

    private UUID price(int plan) {
        return Objects.requireNonNull(plans.get(plan)).price();
    }

    private Rented rented(int service) {
        return Objects.requireNonNull(services.get(service));
    }
}
